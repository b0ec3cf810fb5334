import { AppError, type FieldError } from "../../errors/AppError.ts";
import type { RequestContext } from "../access/contextValues.ts";
import { fieldNamed } from "../catalog/Catalog.ts";
import { literalDefault, momentaryDefault } from "./defaults.ts";
import { readNewRecord } from "./readNewRecord.ts";
import { isObject, notAnObject } from "./refuse.ts";
import { rulesOf } from "./rulesOf.ts";
import { requestOf, type WriteContext } from "./WriteContext.ts";

export interface ReadRows {
  readonly rows: readonly ReadonlyMap<string, string | null>[];
  readonly errors: readonly FieldError[];
  /** See `NewRecord`. */
  readonly told: () => readonly FieldError[];
  readonly request: RequestContext;
}

/** The records of a list. `prefix` stands in front of their places in errors; `spared` is a field given elsewhere. */
export function readRows(
  inputs: readonly unknown[],
  context: WriteContext,
  { prefix = "", spared = null }: { readonly prefix?: string; readonly spared?: string | null } = {},
): ReadRows {
  const { catalog, entity } = context;
  const rules = rulesOf(catalog, entity, context.action ?? "create");
  const request = requestOf(context);
  const errors: FieldError[] = [];
  const told: (() => readonly FieldError[])[] = [];
  const rows = inputs.map((input, index) => {
    if (!isObject(input)) throw notAnObject(`${prefix}${index}`);
    const record = readNewRecord(input, { catalog, entity, rules, request, prefix: `${prefix}${index}.`, spared });
    errors.push(...record.errors);
    told.push(record.told);
    for (const { relationship } of record.links) {
      const message = "Links can be set when records are created one by one, or by an update.";
      const error = { field: `${prefix}${index}.${relationship}`, rule: "readOnly", message };
      errors.push(error);
      told.push(() => [error]);
    }
    return record.values;
  });
  return { rows, errors, told: () => told.flatMap((one) => one()), request };
}

/** The fields that some row sets, and the rows as the statement takes them. */
export function rowsJson(
  rows: ReadRows["rows"],
  context: WriteContext,
  { now }: RequestContext,
): { readonly fields: readonly string[]; readonly json: string } {
  const { catalog, entity } = context;
  const given = new Set(rows.flatMap((row) => [...row.keys()]));
  const named = [...entity.fields.keys()].filter((name) => given.has(name));
  const fields = named.length > 0 ? named : [harmlessField(context)];
  const valueIn = (row: ReadonlyMap<string, string | null>, name: string): string | null => {
    const value = row.get(name);
    if (value !== undefined) return value;
    const field = fieldNamed(entity, name);
    return literalDefault(field, catalog.model) ?? momentaryDefault(field, now);
  };
  const texts = rows.map((row) => Object.fromEntries(fields.map((name) => [name, valueIn(row, name)])));
  return { fields, json: JSON.stringify(texts) };
}

/** A field that says nothing of a record when it is written as its default: rows need one column at least. */
function harmlessField({ catalog, entity }: WriteContext): string {
  for (const field of entity.fields.values()) {
    if (literalDefault(field, catalog.model) != null) return field.name;
    const isGiven = field.type.kind === "sequence" || field.attribute?.default !== undefined;
    if (!field.required && !isGiven) return field.name;
  }
  throw new AppError("invalid_request", "Give the objects of a list a value at least, or create them one by one.");
}

/** Names that some object of a list gives a value. */
export function namesIn(inputs: readonly unknown[]): readonly string[] {
  return [...new Set(inputs.flatMap((input) => (isObject(input) ? Object.keys(input) : [])))].sort();
}
