import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import type { Entity, Field } from "#lib/plan/catalog/Catalog.ts";
import { readInput } from "#lib/plan/write/readInput.ts";
import { rulesOf } from "#lib/plan/write/rulesOf.ts";
import { tenantValue } from "#lib/plan/write/tenantValue.ts";
import type { WriteContext } from "#lib/plan/write/WriteContext.ts";
import type { Cell } from "./CsvParser.ts";

/** The fields that the columns of a table are for; refuses all that is wrong with the names at once. */
export function readHeader(cells: readonly Cell[], line: number, context: WriteContext): readonly Field[] {
  const { catalog, entity, actor } = context;
  const names = cells.map((cell) => cell?.trim() ?? "");
  const errors: FieldError[] = [];
  const refuse = (field: string, rule: string, message: string) => errors.push({ field, rule, message, line });
  const known = new Set<string>();
  for (const name of names) {
    if (name === "") refuse("", "required", "Give every column the name of a field.");
    else if (known.has(name)) refuse(name, "repeated", "Give this column once.");
    known.add(name);
  }
  known.delete("");
  const links = [...known].filter((name) => isLinks(entity, name));
  for (const name of links) {
    refuse(name, "readOnly", "Links can be set when records are created one by one, or by an update.");
    known.delete(name);
  }
  const rules = rulesOf(catalog, entity, "create");
  const supplied = actor && tenantValue(entity, actor)?.field;
  const probe = Object.fromEntries([...known].map((name) => [name, null]));
  for (const error of readInput(probe, { catalog, entity, action: "create", prefix: "", rules, supplied }).errors) {
    if (error.rule !== "required") errors.push({ ...error, line });
    else if (!known.has(error.field)) refuse(error.field, "required", "Give this column: every record needs a value.");
  }
  if (errors.length > 0) {
    const code = errors.some(({ rule }) => rule === "unknown") ? "unknown_field" : "invalid_input";
    throw new AppError(code, "The first line has to name the fields that the columns are for.", { fields: errors });
  }
  return names.flatMap((name) => entity.fields.get(name) ?? []);
}

function isLinks({ relationships }: Entity, name: string): boolean {
  return relationships.get(name)?.kind === "manyToMany";
}
