import type { FieldError } from "../../errors/AppError.ts";
import { fieldNamed } from "../catalog/Catalog.ts";
import { Parameters } from "../Parameters.ts";
import type { WritePlan } from "../types.ts";
import { type NewRecord, readNewRecord } from "./readNewRecord.ts";
import { isObject, notAnObject, refuse } from "./refuse.ts";
import { fieldValues, knownShape } from "./shapes.ts";
import { type Asked, actionPart, addFields, askedOf, valuesOf, type WriteContext } from "./WriteContext.ts";

/** A record to create, or to change where one has the same values in the fields of `by`. */
export function planUpsert(by: readonly string[], input: unknown, context: WriteContext): WritePlan {
  if (!isObject(input)) throw notAnObject("");
  const { catalog, entity } = context;
  const asked = askedOf(input, context, "create");
  const record = readNewRecord(asked.rest, { catalog, entity, rules: asked.rules, request: asked.request, prefix: "" });
  const missing = missingIdentity(by, record);
  if (asked.errors.length + record.errors.length + missing.length > 0) {
    refuse([...asked.errors, ...record.told(), ...missing]);
  }
  return planUpsertOf(record, { context, asked, by });
}

function missingIdentity(by: readonly string[], { values, errors }: NewRecord): readonly FieldError[] {
  const wrong = new Set(errors.map(({ field }) => field));
  return by
    .filter((name) => !wrong.has(name) && (values.get(name) ?? null) === null)
    .map((field) => ({ field, rule: "required", message: "Give a value by which the record is found." }));
}

interface UpsertParts {
  readonly context: WriteContext;
  readonly asked: Asked;
  readonly by: readonly string[];
}

export function planUpsertOf(record: NewRecord, { context, asked, by }: UpsertParts): WritePlan {
  const { entity, selection } = context;
  const links = record.links.map(({ relationship }) => relationship);
  const nested = record.nested.map(({ relationship }) => relationship.name);
  refuse(
    [...links, ...nested].map((field) => ({
      field,
      rule: "readOnly",
      message: "Change this when the record is there: by an update of it.",
    })),
  );
  const parameters = context.parameters ?? new Parameters();
  const first = parameters.values.length;
  const fields = addFields(entity, record.values, parameters);
  const set = fieldValues(fields, first);
  const ruled = asked.rules.set.map(({ field }) => field);
  const change = fields.filter((name) => {
    const field = fieldNamed(entity, name);
    const isTaken = name in asked.rest || ruled.includes(name);
    const stays = by.includes(name) || field === entity.key || name === entity.resource.states?.attribute;
    return isTaken && !stays && field.attribute?.writable !== "writeOnce";
  });
  const given = Object.keys(asked.rest).sort();
  const name = `upsert ${by.join()} ${context.action ?? ""} ${entity.name} ${first} ${fields.join()} ${change.join()} ${given.join()}`;
  const shape = knownShape(selection, name, () => {
    return { kind: "upsert", ...actionPart(context), given, resource: entity.name, by, set, change, selection };
  });
  return { shape, parameters: parameters.values, ...valuesOf(asked) };
}
