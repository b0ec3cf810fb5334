import { AppError } from "../../errors/AppError.ts";
import type { RequestContext } from "../access/contextValues.ts";
import type { Entity } from "../catalog/Catalog.ts";
import { Parameters } from "../Parameters.ts";
import { maxRows } from "../read/limits.ts";
import type { LinkChange, UpdateShape, WritePlan } from "../types.ts";
import { isRefusal, readText } from "../values/readValue.ts";
import { GivenRecord } from "./GivenRecord.ts";
import { NestedPlans } from "./NestedPlans.ts";
import { namesIn, type ReadRows, readRows, rowsJson } from "./newRows.ts";
import { planUpsertOf } from "./planUpsert.ts";
import { type Input, readInput } from "./readInput.ts";
import { checkKnown, readNewRecord } from "./readNewRecord.ts";
import { isObject, notAnObject, refuse } from "./refuse.ts";
import { fieldValues, knownShape } from "./shapes.ts";
import {
  type Asked,
  actionPart,
  addFields,
  askedOf,
  valuesOf,
  versionPart,
  type WriteContext,
} from "./WriteContext.ts";

/** A record to create from an object of field names; refuses everything that is wrong with it at once. */
export function planCreate(input: unknown, context: WriteContext): WritePlan {
  if (!isObject(input)) throw notAnObject("");
  const { catalog, entity, selection } = context;
  const asked = askedOf(input, context, "create");
  const { rules, request } = asked;
  const record = readNewRecord(asked.rest, { catalog, entity, rules, request, prefix: "", nests: true });
  const nested = new NestedPlans(context, request);
  for (const part of record.nested) nested.read(part);
  if (asked.errors.length + record.errors.length + nested.errors.length > 0) {
    refuse([...asked.errors, ...record.told(), ...nested.told()]);
  }
  if (rules.upsert) return planUpsertOf(record, { context, asked, by: rules.upsert });
  const parameters = context.parameters ?? new Parameters();
  const first = parameters.values.length;
  const fields = addFields(entity, record.values, parameters);
  const links = addLinks(record.links, parameters).filter(({ mode }) => mode !== "remove");
  const children = nested.finish(parameters);
  const given = [...Object.keys(asked.rest), ...children.references.map(({ field }) => field)].sort();
  const own = fieldValues(fields, first);
  const set = [...own, ...children.references];
  const name = `create ${context.action ?? ""} ${entity.name} ${first} ${set.map(({ field, parameter }) => `${field} ${parameter}`).join()} ${linkNames(links)} ${given.join()}`;
  const shape = knownShape(selection, name, () => {
    return { kind: "create", ...actionPart(context), given, resource: entity.name, set, links, selection };
  });
  return { shape, parameters: parameters.values, ...valuesOf(asked), ...children.plans };
}

/** Many records to create at once. */
export function planCreateMany(inputs: readonly unknown[], context: WriteContext): WritePlan {
  if (inputs.length === 0 || inputs.length > maxRows) {
    throw new AppError("invalid_request", `Send between 1 and ${maxRows} objects in a list.`);
  }
  const { rows, errors, told, request } = readRows(inputs, context);
  if (errors.length > 0) refuse(told());
  return planReadRows(rows, { context, request, given: namesIn(inputs) });
}

export interface RowsParts {
  readonly context: WriteContext;
  readonly request: RequestContext;
  /** What the caller gave some row a value for. */
  readonly given: readonly string[];
}

/** Many records to create, of which all is known and nothing is wrong. */
export function planReadRows(rows: ReadRows["rows"], { context, request, given }: RowsParts): WritePlan {
  const { entity, selection } = context;
  const { fields, json } = rowsJson(rows, context, request);
  const parameters = context.parameters ?? new Parameters();
  const at = parameters.add(json);
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

/** Changes of one record; a key that no record can have is simply not found. */
export function planUpdate(key: string, input: unknown, context: WriteContext): WritePlan {
  const { entity, selection } = context;
  const { asked, read } = readChange(input, context);
  const parameters = context.parameters ?? new Parameters();
  const at = parameters.add(key);
  const fields = addFields(entity, read.values, parameters);
  const links = addLinks(read.links, parameters);
  const version = versionPart(context, parameters);
  const asWhat = `${context.action ?? ""} ${version.version ?? ""}`;
  const name = `update ${asWhat} ${entity.name} ${at} ${fields.join()} ${linkNames(links)}`;
  const shape = knownShape(selection, name, () => {
    const set = fieldValues(fields, at + 1);
    const given = [...fields, ...links.map(({ relationship }) => relationship)];
    return {
      kind: "update",
      ...actionPart(context),
      ...version,
      given,
      resource: entity.name,
      key: at,
      set,
      links,
      selection,
    };
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
  const errors = [...asked.errors, ...read.errors];
  // What can be checked here, the statement checks as well, with all that depends on the record.
  if (errors.length === 0) return { asked, read };
  const given = new GivenRecord({ model: catalog.model, entity, request, arguments: rules.arguments });
  for (const [name, text] of read.values) given.know(name, text);
  const wrong = new Set(read.errors.map(({ field }) => field.split(".")[0]));
  const checks = checkKnown(given, rules, "").filter(({ field }) => !wrong.has(field));
  refuse([...errors, ...checks]);
  return { asked, read };
}

export function planDestroy(key: string, context: WriteContext, input: unknown = {}): WritePlan {
  const { entity, selection, parameters = new Parameters() } = context;
  const { asked } = readChange(input, { ...context, action: context.action ?? "destroy" });
  const at = parameters.add(key);
  const version = versionPart(context, parameters);
  const shape = {
    kind: "destroy",
    ...actionPart(context),
    ...version,
    resource: entity.name,
    key: at,
    selection,
  } as const;
  return { shape, parameters: parameters.values, ...valuesOf(asked) };
}

/** The stored text of a key from a URL or an identifier; null when no record can have it. */
export function readKey(entity: Entity, text: string): string | null {
  const result = readText(entity.key.type, text);
  return isRefusal(result) ? null : result.text;
}

/** With the places of their keys, which depend on what else was given. */
function linkNames(links: UpdateShape["links"]): string {
  return links.map(({ relationship, mode, keys }) => `${mode} ${relationship} ${keys}`).join();
}

function addLinks(links: Input["links"], parameters: Parameters): readonly LinkChange[] {
  return links.map(({ relationship, mode, keys }) => ({ relationship, mode, keys: parameters.add(keys) }));
}
