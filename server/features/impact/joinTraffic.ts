import type { ApiChange, ApiOperation } from "#lib/impact/api/ApiChange.ts";
import type { OperationTraffic } from "../telemetry/service.ts";
import type { ChangeTraffic, ImpactApiChange } from "./ImpactChange.ts";

const mostNames = 8;

/** The changes with how often what they concern was called; `traffic` is null where nothing was measured. */
export function joinTraffic(
  changes: readonly ApiChange[],
  traffic: readonly OperationTraffic[] | null,
): readonly ImpactApiChange[] {
  return changes.map(({ operations, ...change }) => {
    const names = [...new Set(operations.map(({ name }) => name))];
    return {
      ...change,
      operations: { names: names.slice(0, mostNames), count: names.length },
      traffic: traffic === null || operations.length === 0 ? null : callsOf(operations, traffic),
    };
  });
}

function callsOf(operations: readonly ApiOperation[], traffic: readonly OperationTraffic[]): ChangeTraffic {
  const wanted = new Set(operations.map(keyOf));
  const found = traffic.filter((one) => wanted.has(keyOf(one)));
  const callers = found.flatMap((one) => one.callers.filter(({ requests }) => requests > 0));
  const keys = callers.filter(({ kind }) => kind === "key");
  return {
    requests: found.reduce((all, one) => all + one.requests, 0),
    // Of a key that is gone there is no name: such count as one.
    keys: new Set(keys.map(({ name }) => name)).size,
    others: callers.some(({ kind }) => kind !== "key"),
  };
}

function keyOf({
  protocol,
  resource,
  action,
}: Pick<ApiOperation, "resource" | "action"> & { readonly protocol: string }) {
  return JSON.stringify([protocol, resource, action]);
}
