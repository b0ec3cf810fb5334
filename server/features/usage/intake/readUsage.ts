import { type UsageKindName, usageKinds } from "#lib/plans/usageKinds.ts";
import type { Point } from "../../telemetry/service.ts";

/** Under this name runtimes tell what is counted of use; it is not among the figures. */
export const usageMetric = "gantry.usage";

const gauges: Readonly<Record<string, UsageKindName>> = {
  "gantry.database.size": "databaseBytes",
  "gantry.files.size": "fileBytes",
};

/** What one minute of one release in one runtime has come to, or what was stored in it. */
export interface Used {
  readonly environmentId: string;
  readonly kind: UsageKindName;
  readonly at: Date;
  readonly source: string;
  readonly amount: number;
}

/** What the points that runtimes tell say of use; of all others nothing. */
export function readUsage(points: readonly Point[]): readonly Used[] {
  return points.flatMap((point) => {
    const { environmentId, at, name, source, attributes, count, sum } = point;
    const kind = name === usageMetric ? countedKind(attributes["gantry.usage.kind"]) : gauges[name];
    if (kind === undefined) return [];
    const amount = Math.round(name === usageMetric ? count : sum);
    if (!Number.isSafeInteger(amount) || amount <= 0) return [];
    return [{ environmentId, kind, at, source: `${source} ${attributes["gantry.release"] ?? ""}`, amount }];
  });
}

function countedKind(name: unknown): UsageKindName | undefined {
  const kind = typeof name === "string" && Object.hasOwn(usageKinds, name) ? (name as UsageKindName) : undefined;
  return kind !== undefined && usageKinds[kind].how === "sum" ? kind : undefined;
}
