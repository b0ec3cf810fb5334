import { AppError, type FieldError } from "../../errors/AppError.ts";
import { anonymousActor } from "../access/actors.ts";
import type { RequestContext } from "../access/contextValues.ts";
import { type Catalog, type Entity, fieldNamed } from "../catalog/Catalog.ts";
import { Parameters } from "../Parameters.ts";
import { maxRows } from "../read/limits.ts";
import type { Actor, LinkChange, NestedCreates, Selection, UpdateShape, WritePlan } from "../types.ts";
import { isRefusal, readText } from "../values/readValue.ts";
import type { ActionRules } from "./ActionRules.ts";
import { literalDefault, momentaryDefault } from "./defaults.ts";
import { GivenRecord } from "./GivenRecord.ts";
import { NestedPlans } from "./NestedPlans.ts";
import { type ArgumentInput, readArguments } from "./readArguments.ts";
import { type Input, readInput } from "./readInput.ts";
import { checkKnown, type NewRecord, readNewRecord } from "./readNewRecord.ts";
import { isObject, notAnObject, refuse } from "./refuse.ts";
import { rulesOf } from "./rulesOf.ts";
import { fieldValues, knownShape } from "./shapes.ts";

export interface WriteContext {
  readonly catalog: Catalog;
  readonly entity: Entity;
  /** What the answer shows. */
  readonly selection: Selection;
  /** Already holds the values that the selection refers to, where it has any. */
  readonly parameters?: Parameters;
  /** Who asks; what defaults and checks may know of. */
  readonly actor?: Actor;
  /** Name of the action; absent means the standard one. */
  readonly action?: string;
}

/** A record to create from an object of field names; refuses everything that is wrong with it at once. */
export function planCreate(input: unknown, context: WriteContext): WritePlan {
  if (!isObject(input)) throw notAnObject("");
  const { catalog, entity, selection } = context;
  const asked = askedOf(input, context, "create");
  const { rules, request } = asked;
  const record = readNewRecord(asked.rest, { catalog, entity, rules, request, prefix: "", nests: true });
  const nested = new NestedPlans(context, request);
  for (const part of record.nested) nested.read(part);
  refuse([...asked.errors, ...record.errors, ...nested.errors]);
  if (rules.upsert) return planUpsertOf(record, { context, asked, by: rules.upsert });
  const parameters = context.parameters ?? new Parameters();
  const first = parameters.values.length;
  const fields = addFields(entity, record.values, parameters);
  const links = addLinks(record.links, parameters).filter(({ mode }) => mode !== "remove");
  const children = nested.finish(parameters);
  const given = [...Object.keys(asked.rest), ...children.references.map(({ field }) => field)].sort();
  const own = fieldValues(fields, first);
  const set = [...own, ...children.references];
  const name = `create ${context.action ?? ""} ${entity.name} ${first} ${set.map(({ field }) => field).join()} ${linkNames(links)} ${given.join()}`;
  const shape = knownShape(selection, name, () => {
    return { kind: "create", ...actionPart(context), given, resource: entity.name, set, links, selection };
  });
  return { shape, parameters: parameters.values, ...valuesOf(asked), ...children.plans };
}

/** Many records to create at once. */
export function planCreateMany(inputs: readonly unknown[], context: WriteContext): WritePlan {
  const { entity, selection } = context;
  if (inputs.length === 0 || inputs.length > maxRows) {
    throw new AppError("invalid_request", `Send between 1 and ${maxRows} objects in a list.`);
  }
  const { rows, errors, request } = readRows(inputs, context);
  refuse(errors);
  const { fields, json } = rowsJson(rows, context, request);
  const parameters = context.parameters ?? new Parameters();
  const at = parameters.add(json);
  const given = [...new Set(inputs.flatMap((input) => (isObject(input) ? Object.keys(input) : [])))].sort();
  const shape = {
    kind: "createMany",
    ...actionPart(context),
    given,
    resource: entity.name,
    fields,
    rows: at,
    selection,
  } as const;
  return { shape, parameters: parameters.values, now: request.now };
}

export interface ReadRows {
  readonly rows: readonly ReadonlyMap<string, string | null>[];
  readonly errors: readonly FieldError[];
  readonly request: RequestContext;
}

/** The records of a list; `prefix` stands in front of their places in errors. */
export function readRows(inputs: readonly unknown[], context: WriteContext, prefix = ""): ReadRows {
  const { catalog, entity } = context;
  const rules = rulesOf(catalog, entity, context.action ?? "create");
  const request = requestOf(context);
  const errors: FieldError[] = [];
  const rows = inputs.map((input, index) => {
    if (!isObject(input)) throw notAnObject(`${prefix}${index}`);
    const record = readNewRecord(input, { catalog, entity, rules, request, prefix: `${prefix}${index}.` });
    errors.push(...record.errors);
    for (const { relationship } of record.links) {
      const message = "Links can be set when records are created one by one, or by an update.";
      errors.push({ field: `${prefix}${index}.${relationship}`, rule: "readOnly", message });
    }
    return record.values;
  });
  return { rows, errors, request };
}

/** The fields that some row sets, and the rows as the statement takes them. */
export function rowsJson(
  rows: ReadRows["rows"],
  context: WriteContext,
  { now }: RequestContext,
): { readonly fields: readonly string[]; readonly json: string } {
  const { catalog, entity } = context;
  const given = new Set(rows.flatMap((row) => [...row.keys()]));
  const fields = [...entity.fields.keys()].filter((name) => given.has(name));
  const valueIn = (row: ReadonlyMap<string, string | null>, name: string): string | null => {
    const value = row.get(name);
    if (value !== undefined) return value;
    const field = fieldNamed(entity, name);
    return literalDefault(field, catalog.model) ?? momentaryDefault(field, now);
  };
  const texts = rows.map((row) => Object.fromEntries(fields.map((name) => [name, valueIn(row, name)])));
  return { fields, json: JSON.stringify(texts) };
}

/** Changes of one record; a key that no record can have is simply not found. */
export function planUpdate(key: string, input: unknown, context: WriteContext): WritePlan {
  const { entity, selection } = context;
  const { asked, read } = readChange(input, context);
  const parameters = context.parameters ?? new Parameters();
  const at = parameters.add(key);
  const fields = addFields(entity, read.values, parameters);
  const links = addLinks(read.links, parameters);
  const name = `update ${context.action ?? ""} ${entity.name} ${at} ${fields.join()} ${linkNames(links)}`;
  const shape = knownShape(selection, name, () => {
    const set = fieldValues(fields, at + 1);
    const given = [...fields, ...links.map(({ relationship }) => relationship)];
    return { kind: "update", ...actionPart(context), given, resource: entity.name, key: at, set, links, selection };
  });
  return { shape, parameters: parameters.values, ...valuesOf(asked) };
}

/** What a change of one record or of many takes from its caller; refuses all that is wrong with it. */
export function readChange(input: unknown, context: WriteContext): { readonly asked: Asked; readonly read: Input } {
  if (!isObject(input)) throw notAnObject("");
  const { catalog, entity } = context;
  const asked = askedOf(input, context, "update");
  const { rules, request } = asked;
  const read = readInput(asked.rest, { catalog, entity, action: "update", prefix: "", rules });
  const given = new GivenRecord({ model: catalog.model, entity, request, arguments: rules.arguments });
  for (const [name, text] of read.values) given.know(name, text);
  const wrong = new Set(read.errors.map(({ field }) => field.split(".")[0]));
  const checks = checkKnown(given, rules, "").filter(({ field }) => !wrong.has(field));
  refuse([...asked.errors, ...read.errors, ...checks]);
  return { asked, read };
}

export function planDestroy(key: string, context: WriteContext, input: unknown = {}): WritePlan {
  const { entity, selection, parameters = new Parameters() } = context;
  const { asked } = readChange(input, { ...context, action: context.action ?? "destroy" });
  const at = parameters.add(key);
  const shape = { kind: "destroy", ...actionPart(context), resource: entity.name, key: at, selection } as const;
  return { shape, parameters: parameters.values, ...valuesOf(asked) };
}

/** A record to create, or to change where one has the same values in the fields of `by`. */
export function planUpsert(by: readonly string[], input: unknown, context: WriteContext): WritePlan {
  if (!isObject(input)) throw notAnObject("");
  const { catalog, entity } = context;
  const asked = askedOf(input, context, "create");
  const record = readNewRecord(asked.rest, { catalog, entity, rules: asked.rules, request: asked.request, prefix: "" });
  refuse([...asked.errors, ...record.errors, ...missingIdentity(by, record)]);
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

function planUpsertOf(record: NewRecord, { context, asked, by }: UpsertParts): WritePlan {
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

/** The stored text of a key from a URL or an identifier; null when no record can have it. */
export function readKey(entity: Entity, text: string): string | null {
  const result = readText(entity.key.type, text);
  return isRefusal(result) ? null : result.text;
}

export interface Asked extends ArgumentInput {
  readonly rules: ActionRules;
  readonly request: RequestContext;
}

function askedOf(input: Readonly<Record<string, unknown>>, context: WriteContext, standard: string): Asked {
  const { catalog, entity } = context;
  const rules = rulesOf(catalog, entity, context.action ?? standard);
  const request = requestOf(context);
  const read = readArguments(input, rules, { model: catalog.model, now: request.now });
  return { ...read, rules, request: { ...request, arguments: read.values } };
}

export function requestOf({ actor = anonymousActor }: WriteContext): RequestContext {
  return { actor, now: new Date().toISOString() };
}

/** What of the request stays with the plan: its moment and arguments. */
export function valuesOf({ rules, values, request }: Asked): Pick<WritePlan, "arguments" | "now"> {
  return { now: request.now, ...(rules.arguments.length > 0 && { arguments: values }) };
}

export function actionPart({ action }: WriteContext): { readonly action?: string } {
  return action === undefined ? {} : { action };
}

/** Adds the values of fields in the order of the model; answers the names of those that have one. */
export function addFields(
  entity: Entity,
  values: ReadonlyMap<string, string | null>,
  parameters: Parameters,
): readonly string[] {
  const fields: string[] = [];
  for (const name of entity.fields.keys()) {
    const value = values.get(name);
    if (value === undefined) continue;
    fields.push(name);
    parameters.add(value);
  }
  return fields;
}

function linkNames(links: UpdateShape["links"]): string {
  return links.map(({ relationship, mode }) => `${mode} ${relationship}`).join();
}

function addLinks(links: Input["links"], parameters: Parameters): readonly LinkChange[] {
  return links.map(({ relationship, mode, keys }) => ({ relationship, mode, keys: parameters.add(keys) }));
}
