import { sameJson } from "../../model/merge/sameJson.ts";
import { kebabCase } from "../../model/naming/kebabCase.ts";
import type { HookStart, Process } from "../../model/processTypes.ts";
import type { ApiChange, ApiOperation } from "./ApiChange.ts";
import type { ApiPair } from "./ApiPair.ts";
import { valueChanges } from "./valueChanges.ts";

type ProcessChange = Pick<ApiChange, "severity" | "field" | "sentence">;

/** What became of the processes that callers start, and of the hooks that others send to. */
export function processChanges(pair: ApiPair): readonly ApiChange[] {
  const {
    before: { processes: before = [] },
    after: { processes: after = [] },
  } = pair;
  return [
    ...before.filter(isCalled).flatMap((process) => {
      const operations = [operation("processes", process.name)];
      const now = after.find(({ name }) => name === process.name);
      const about = { kind: "processChanged", resource: null, action: process.name, operations } as const;
      if (!now || !isCalled(now)) {
        const sentence = `The process ${process.name} can no longer be called`;
        return [{ ...about, severity: "breaking", field: null, sentence } as const];
      }
      return inputChanges(pair, process, now).map((change) => ({ ...about, ...change }));
    }),
    ...hookChanges(before, after),
  ];
}

function operation(protocol: "processes" | "hooks", name: string): ApiOperation {
  return { protocol, name: `POST /${protocol}/${kebabCase(name)}`, resource: name, action: null };
}

const isCalled = ({ starts = [] }: Process) => starts.some(({ kind }) => kind === "call");

function inputChanges(pair: ApiPair, before: Process, after: Process): readonly ProcessChange[] {
  const now = new Map((after.input ?? []).map((argument) => [argument.name, argument]));
  const old = new Map((before.input ?? []).map((argument) => [argument.name, argument]));
  const isNeeded = (argument: { readonly required: boolean; readonly default?: unknown }) =>
    argument.required && argument.default === undefined;
  const changes: ProcessChange[] = [];
  for (const [field, argument] of old) {
    const called = `${field} of the process ${before.name}`;
    const other = now.get(field);
    if (!other) {
      changes.push({ severity: "breaking", field, sentence: `The process ${before.name} no longer takes ${field}` });
      continue;
    }
    const use = { called, given: true, answered: false, valueObjectNow: pair.valueObjectNow };
    for (const { severity, sentence } of valueChanges(argument, other, use))
      changes.push({ severity, field, sentence });
    if ((!argument.required && other.required) || (!isNeeded(argument) && isNeeded(other))) {
      changes.push({ severity: "breaking", field, sentence: `The process ${before.name} now needs ${field}` });
    }
  }
  for (const [field, argument] of now) {
    if (old.has(field)) continue;
    const [severity, verb] = isNeeded(argument) ? (["breaking", "needs"] as const) : (["compatible", "takes"] as const);
    changes.push({ severity, field, sentence: `The process ${before.name} now ${verb} ${field} too` });
  }
  return changes;
}

function hookChanges(before: readonly Process[], after: readonly Process[]): readonly ApiChange[] {
  const now = new Map(after.flatMap(hooksOf).map((hook) => [hook.name, hook]));
  return before.flatMap(hooksOf).flatMap((hook): readonly ApiChange[] => {
    const operations = [operation("hooks", hook.name)];
    const base = {
      kind: "processChanged",
      severity: "breaking",
      resource: null,
      action: hook.name,
      field: null,
    } as const;
    const other = now.get(hook.name);
    if (!other)
      return [{ ...base, operations, sentence: `The hook ${hook.name} is gone; what is sent to it is refused` }];
    if (sameJson(hook.signature, other.signature)) return [];
    return [{ ...base, operations, sentence: `The hook ${hook.name} is now signed another way` }];
  });
}

const hooksOf = ({ starts = [] }: Process): readonly HookStart[] => starts.filter((start) => start.kind === "hook");
