import {
  createFunction,
  createTrigger,
  dropFunction,
  dropTrigger,
  functionPrint,
  triggerPrint,
} from "../../sql/ddl/programs.ts";
import type { Schema, SchemaFunction, Table, Trigger } from "../../sql/ddl/Schema.ts";
import { step, tableLabel } from "./planItems.ts";
import type { PlanItem } from "./SchemaPlan.ts";

/**
 * The functions of the whole schema. What changed is replaced before the switch; what the model has no longer goes
 * after it, when no version that serves counts on it.
 */
export function planFunctions(actual: Schema, desired: Schema): readonly PlanItem[] {
  const { changed, gone } = compare(actual.functions ?? [], desired.functions ?? [], functionPrint);
  const live = new Set(desired.tables.map(({ name }) => name));
  // What a retired table still calls stays with it.
  const unused = gone.filter(({ found }) => found?.tables.every((table) => live.has(table)) ?? true);
  return [
    ...changed.map((made) => {
      const sentence = made.sentence ?? `Prepares ${made.path ? made.path.at(-1) : made.name} in the database.`;
      return step({ kind: "createFunction", sentence, sql: createFunction(made), table: "", path: made.path ?? [] });
    }),
    ...unused.map(({ name }) => {
      const sentence = `Clears away the function ${name}.`;
      return step({ kind: "dropFunction", when: "afterSwitch", sentence, sql: dropFunction(name), table: "" });
    }),
  ];
}

/** The triggers of one table; `actual` is null for one that is about to be made. */
export function planTriggers(actual: Table | null, desired: Table): readonly PlanItem[] {
  const { changed, gone } = compare(actual?.triggers ?? [], desired.triggers ?? [], triggerPrint);
  const at = { table: desired.name, path: desired.path ?? [] };
  return [
    ...changed.map((made) => {
      const sentence = made.sentence ?? `Keeps ${tableLabel(desired)} up to date by ${made.name}.`;
      return step({ kind: "createTrigger", sentence, sql: createTrigger(desired.name, made), ...at });
    }),
    ...gone.map(({ name }) => {
      const sentence = `Ends ${name} of ${tableLabel(desired)}.`;
      return step({ kind: "dropTrigger", when: "afterSwitch", sentence, sql: dropTrigger(desired.name, name), ...at });
    }),
  ];
}

function compare<Part extends SchemaFunction | Trigger>(
  actual: readonly Part[],
  desired: readonly Part[],
  printOf: (part: Part) => string,
): { readonly changed: readonly Part[]; readonly gone: readonly Part[] } {
  // What a database holds tells its fingerprint in place of its text.
  const there = new Map(actual.map((part) => [part.name, printOf(part)]));
  const wanted = new Set(desired.map(({ name }) => name));
  return {
    changed: desired.filter((part) => there.get(part.name) !== printOf(part)),
    gone: actual.filter(({ name }) => !wanted.has(name)),
  };
}
