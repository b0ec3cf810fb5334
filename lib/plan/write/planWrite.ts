import { AppError, type FieldError } from "../../errors/AppError.ts";
import { type Catalog, type Entity, fieldNamed } from "../catalog/Catalog.ts";
import { Parameters } from "../Parameters.ts";
import { maxRows } from "../read/limits.ts";
import type { CreateShape, FieldValue, LinkChange, Selection, UpdateShape, WritePlan } from "../types.ts";
import { isRefusal, readText } from "../values/readValue.ts";
import { literalDefault, momentaryDefault } from "./defaults.ts";
import { type Input, readInput } from "./readInput.ts";

export interface WriteContext {
  readonly catalog: Catalog;
  readonly entity: Entity;
  /** What the answer shows. */
  readonly selection: Selection;
  /** Already holds the values that the selection refers to, where it has any. */
  readonly parameters?: Parameters;
}

/** A record to create from an object of field names; refuses everything that is wrong with it at once. */
export function planCreate(input: unknown, context: WriteContext): WritePlan {
  if (!isObject(input)) throw notAnObject("");
  const { catalog, entity, selection } = context;
  const read = readInput(input, { catalog, entity, action: "create", prefix: "" });
  refuse(read.errors);
  const parameters = context.parameters ?? new Parameters();
  const first = parameters.values.length;
  const fields: string[] = [];
  for (const field of entity.fields.values()) {
    const value = read.values.get(field.name) ?? (read.values.has(field.name) ? null : literalDefault(field, catalog.model));
    if (value === undefined) continue;
    fields.push(field.name);
    parameters.add(value);
  }
  const links = addLinks(read, parameters).filter(({ mode }) => mode !== "remove");
  const shape = known(selection, changeName("create", { entity, first, fields, links }), () => {
    return { kind: "create", resource: entity.name, set: fieldValues(fields, first), links, selection };
  });
  return { shape, parameters: parameters.values };
}

/** Many records to create at once. */
export function planCreateMany(inputs: readonly unknown[], context: WriteContext): WritePlan {
  const { catalog, entity, selection } = context;
  if (inputs.length === 0 || inputs.length > maxRows) {
    throw new AppError("invalid_request", `Send between 1 and ${maxRows} objects in a list.`);
  }
  const errors: FieldError[] = [];
  const rows = inputs.map((input, index) => {
    if (!isObject(input)) throw notAnObject(String(index));
    const read = readInput(input, { catalog, entity, action: "create", prefix: `${index}.` });
    errors.push(...read.errors);
    for (const { relationship } of read.links) {
      const message = "Links can be set when records are created one by one, or by an update.";
      errors.push({ field: `${index}.${relationship}`, rule: "readOnly", message });
    }
    return read.values;
  });
  refuse(errors);
  const fields = fieldsOfRows(context, rows);
  const texts = rows.map((row) => Object.fromEntries(fields.map((name) => [name, valueIn(row, name, context)])));
  const shape = { kind: "createMany", resource: entity.name, fields, rows: 0, selection } as const;
  return { shape, parameters: [JSON.stringify(texts)] };
}

/** Changes of one record; a key that no record can have is simply not found. */
export function planUpdate(key: string, input: unknown, context: WriteContext): WritePlan {
  if (!isObject(input)) throw notAnObject("");
  const { catalog, entity, selection } = context;
  const read = readInput(input, { catalog, entity, action: "update", prefix: "" });
  refuse(read.errors);
  const parameters = context.parameters ?? new Parameters();
  const at = parameters.add(key);
  const fields: string[] = [];
  for (const field of entity.fields.keys()) {
    const value = read.values.get(field);
    if (value === undefined) continue;
    fields.push(field);
    parameters.add(value);
  }
  const links = addLinks(read, parameters);
  const shape = known(selection, changeName("update", { entity, first: at, fields, links }), () => {
    const set = fieldValues(fields, at + 1);
    return { kind: "update", resource: entity.name, key: at, set, links, selection };
  });
  return { shape, parameters: parameters.values };
}

export function planDestroy(key: string, context: WriteContext): WritePlan {
  const { entity, selection, parameters = new Parameters() } = context;
  const shape = { kind: "destroy", resource: entity.name, key: parameters.add(key), selection } as const;
  return { shape, parameters: parameters.values };
}

/** The stored text of a key from a URL or an identifier; null when no record can have it. */
export function readKey(entity: Entity, text: string): string | null {
  const result = readText(entity.key.type, text);
  return isRefusal(result) ? null : result.text;
}

type ChangeShape = CreateShape | UpdateShape;

const shapes = new WeakMap<Selection, Map<string, ChangeShape>>();
const maxShapes = 200;

/** One object for equal shapes with the same selection, so that what is kept by shape is found at once. */
function known(selection: Selection, name: string, make: () => ChangeShape): ChangeShape {
  let byName = shapes.get(selection);
  if (!byName || byName.size > maxShapes) {
    byName = new Map();
    shapes.set(selection, byName);
  }
  const shape = byName.get(name) ?? make();
  byName.set(name, shape);
  return shape;
}

interface ChangeParts {
  readonly entity: Entity;
  /** The number of the first parameter that the change adds; the others follow in the order of fields and links. */
  readonly first: number;
  readonly fields: readonly string[];
  readonly links: readonly LinkChange[];
}

function changeName(kind: ChangeShape["kind"], { entity, first, fields, links }: ChangeParts): string {
  const linked = links.map(({ relationship, mode }) => `${mode} ${relationship}`);
  return `${kind} ${entity.name} ${first} ${fields.join()} ${linked.join()}`;
}

function fieldValues(fields: readonly string[], first: number): readonly FieldValue[] {
  return fields.map((field, index) => ({ field, parameter: first + index }));
}

function addLinks({ links }: Input, parameters: Parameters): readonly LinkChange[] {
  return links.map(({ relationship, mode, keys }) => ({ relationship, mode, keys: parameters.add(keys) }));
}

/** The fields that at least one row gives a value, or that have a literal default. */
function fieldsOfRows(
  { entity, catalog }: WriteContext,
  rows: readonly ReadonlyMap<string, string | null>[],
): readonly string[] {
  const given = new Set(rows.flatMap((row) => [...row.keys()]));
  return [...entity.fields.values()]
    .filter((field) => given.has(field.name) || literalDefault(field, catalog.model) !== undefined)
    .map(({ name }) => name);
}

function valueIn(
  row: ReadonlyMap<string, string | null>,
  name: string,
  { entity, catalog }: WriteContext,
): string | null {
  const value = row.get(name);
  if (value !== undefined) return value;
  const field = fieldNamed(entity, name);
  return literalDefault(field, catalog.model) ?? momentaryDefault(field);
}

function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}

function notAnObject(place: string): AppError {
  const where = place === "" ? "" : ` at ${place}`;
  return new AppError("invalid_request", `Send a JSON object of field names and values${where}.`);
}

function refuse(errors: readonly FieldError[]): void {
  if (errors.length === 0) return;
  if (errors.some(({ rule }) => rule === "unknown")) {
    throw new AppError("unknown_field", "The request names fields that there are not.", { fields: errors });
  }
  throw new AppError("invalid_input", "Some values are not acceptable.", { fields: errors });
}
