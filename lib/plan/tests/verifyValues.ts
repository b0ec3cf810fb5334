import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { ownsLinks } from "../../model/relationships/ownsLinks.ts";
import { isRowReference } from "../../model/tests/rowReference.ts";
import type { TestValue } from "../../model/testTypes.ts";
import type { Action, Argument, JsonValue, Relationship } from "../../model/types.ts";
import { nameHint } from "../../model/verify/nameHint.ts";
import type { Finding } from "../../model/verify/Rule.ts";
import { type Entity, entityNamed, type Field, type ReadableField, readableFields } from "../catalog/Catalog.ts";
import type { Limited } from "../values/checkLimits.ts";
import { parseExactJson } from "../values/exactJson.ts";
import { readAttribute } from "../values/readAttribute.ts";
import type { TestScope } from "./TestScope.ts";

type Values = Readonly<Record<string, TestValue>>;
type Path = readonly string[];

interface At {
  readonly scope: TestScope;
  readonly path: Path;
}

/** What a given record says: fields that are stored, with values that they can hold. */
export function verifyGivenValues(values: Values, entity: Entity, { scope, path }: At): readonly Finding[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const at = { scope, path: [...path, name] };
    const relationship = entity.relationships.get(name);
    if (relationship?.kind === "belongsTo") return verifyReference(relationship, value, at);
    if (relationship && ownsLinks(relationship)) return verifyLinks(relationship, value, at);
    const field = entity.fields.get(name);
    if (relationship) {
      const message = `Give the records of ${relationship.target} themselves; each names its ${entity.name}.`;
      return [{ code: "unknown_field", path: at.path, message }];
    }
    if (!field) {
      if (entity.computed.has(name)) return [workedOut(name, at.path)];
      return [unknownField(entity, name, { names: givenNames(entity), path: at.path })];
    }
    if (isDerived(entity, field)) return [workedOut(name, at.path)];
    if (field.type.kind === "file") {
      return [{ code: "wrong_type", path: at.path, message: "The content of a file cannot be given. Leave it out." }];
    }
    return field.reference ? verifyReference(field.reference, value, at) : verifyValue(field, value, at);
  });
}

interface Acting {
  readonly entity: Entity;
  readonly action: Action;
}

/** What an action is given: what there is to give. Values may be wrong where that is what is refused. */
export function verifyInput(
  input: Values,
  { entity, action }: Acting,
  { isRefused, ...at }: At & { readonly isRefused: boolean },
): readonly Finding[] {
  const declared = new Map((action.arguments ?? []).map((argument) => [argument.name, argument]));
  if (action.type === "read" || action.type === "destroy") {
    return Object.entries(input).flatMap(([name, value]) => {
      const argument = declared.get(name);
      const path = [...at.path, name];
      if (argument)
        return isRefused ? references(value, { ...at, path }) : verifyValue(argument, value, { ...at, path });
      const hint = nameHint(name, [...declared.keys()], "Leave it out.");
      const message = `\`${action.name}\` of \`${entity.name}\` has no argument \`${name}\`. ${hint}`;
      return [{ code: "unknown_argument", path, message }];
    });
  }
  return verifyChange(input, entity, { ...at, isRefused, declared });
}

interface Changing extends At {
  readonly isRefused: boolean;
  readonly declared: ReadonlyMap<string, Argument>;
}

function verifyChange(input: Values, entity: Entity, { declared, isRefused, ...at }: Changing): readonly Finding[] {
  return Object.entries(input).flatMap(([name, value]): readonly Finding[] => {
    const here = { ...at, path: [...at.path, name] };
    const typed = (field: Limited) => (isRefused ? references(value, here) : verifyValue(field, value, here));
    const argument = declared.get(name);
    if (argument) return typed(argument);
    const relationship = entity.relationships.get(name);
    if (relationship) return verifyRelated(relationship, value, { ...here, isRefused });
    const field = entity.fields.get(name);
    if (!field && !entity.computed.has(name)) {
      const names = [...inputNames(entity), ...declared.keys()];
      return [unknownField(entity, name, { names, path: here.path })];
    }
    if (!field) return references(value, here);
    return field.reference && !isRefused
      ? verifyReference(field.reference, value, here)
      : typed(field.attribute ?? field);
  });
}

/** A record that comes with another, or those that it leads to. */
function verifyRelated(
  relationship: Relationship,
  value: TestValue,
  { isRefused, ...at }: At & { readonly isRefused: boolean },
): readonly Finding[] {
  const target = entityNamed(at.scope.catalog, relationship.target);
  const nested = (one: TestValue, path: Path) =>
    isObject(one)
      ? verifyChange(one, target, { scope: at.scope, path, isRefused, declared: new Map() })
      : references(one, { ...at, path });
  if (relationship.kind === "manyToMany")
    return isRefused || isObject(value) ? references(value, at) : verifyLinks(relationship, value, at);
  if (relationship.kind === "belongsTo" && !isObject(value)) {
    return isRefused ? references(value, at) : verifyReference(relationship, value, at);
  }
  return isList(value) ? value.flatMap((one) => nested(one, at.path)) : nested(value, at.path);
}

/** What is expected of a record: anything that it shows. */
export function verifyRecord(record: Values, entity: Entity, { scope, path }: At): readonly Finding[] {
  const fields = new Map(readableFields(entity).map((field) => [field.name, field]));
  return Object.entries(record).flatMap(([name, value]) => {
    const at = { scope, path: [...path, name] };
    const relationship = entity.relationships.get(name);
    if (relationship?.kind === "belongsTo" || relationship?.kind === "hasOne")
      return verifyReference(relationship, value, at);
    if (relationship) return verifyLinks(relationship, value, at);
    const field = fields.get(name);
    if (!field) {
      const names = [...fields.keys(), ...entity.relationships.keys()];
      return [unknownField(entity, name, { names, path: at.path })];
    }
    const reference = "reference" in field ? field.reference : null;
    return reference ? verifyReference(reference, value, at) : verifyValue(shownType(field), value, at);
  });
}

/** Without limits: what is expected may be any value of the type. */
function shownType({ type }: ReadableField): Limited {
  return { type };
}

function verifyReference(
  { target }: Pick<Relationship, "target">,
  value: TestValue,
  { scope, path }: At,
): readonly Finding[] {
  if (value === null) return [];
  if (!isRowReference(value))
    return verifyValue({ type: entityNamed(scope.catalog, target).key.type }, value, { scope, path });
  const resource = scope.given.get(value.row);
  if (resource === undefined) return [unknownReference(value.row, { scope, path })];
  if (resource === target) return [];
  const message = `\`${value.row}\` is a ${resource}, and a ${target} belongs here.`;
  return [{ code: "wrong_resource", path, message }];
}

function verifyLinks(relationship: Relationship, value: TestValue, at: At): readonly Finding[] {
  if (isList(value)) return value.flatMap((one) => verifyReference(relationship, one, at));
  const message = `Give a list of records of ${relationship.target}: \`[ref("...")]\`.`;
  return [{ code: "wrong_type", path: at.path, message }];
}

function verifyValue(field: Limited | Field, value: TestValue, { scope, path }: At): readonly Finding[] {
  if (value === null) return [];
  if (isRowReference(value)) return verifyKey(field, value.row, { scope, path });
  const inner = references(value, { scope, path });
  if (inner.length > 0) return inner;
  const limited = "attribute" in field && field.attribute ? field.attribute : field;
  const reading = readAttribute(limited, parseExactJson(JSON.stringify(value)), scope.catalog.model);
  if ("text" in reading) return [];
  return reading.refusals.slice(0, 1).map(({ place, message }) => {
    const where = place === "" ? "" : `\`${place}\`: `;
    return { code: "wrong_type", path, message: `${where}${message}` };
  });
}

const keyKinds = ["uuid", "integer", "bigint", "text"];

/** A key in a field that is no belongsTo. */
function verifyKey({ type }: Pick<Limited, "type">, row: string, { scope, path }: At): readonly Finding[] {
  const resource = scope.given.get(row);
  if (resource === undefined) return [unknownReference(row, { scope, path })];
  const key = scope.catalog.entities.get(resource)?.key.type.kind;
  if (key === undefined || key === type.kind || !keyKinds.includes(key)) return [];
  const message = `The key of \`${row}\` is of the type ${key}, and what stands here is of the type ${type.kind}.`;
  return [{ code: "wrong_type", path, message }];
}

/** Records that a value speaks of, wherever in it. */
function references(value: TestValue, at: At): readonly Finding[] {
  if (isRowReference(value)) return at.scope.given.has(value.row) ? [] : [unknownReference(value.row, at)];
  if (isList(value)) return value.flatMap((one) => references(one, at));
  return isObject(value) ? Object.values(value).flatMap((one) => references(one, at)) : [];
}

function unknownReference(row: string, { scope, path }: At): Finding {
  const hint = nameHint(row, [...scope.given.keys()], "A record can be spoken of after it is given.");
  return { code: "unknown_row", path, message: `\`${row}\` is not given before. ${hint}` };
}

function unknownField(
  entity: Entity,
  name: string,
  { names, path }: { readonly names: readonly string[]; readonly path: Path },
): Finding {
  const hint = nameHint(name, names, "Leave it out.");
  return { code: "unknown_field", path, message: `\`${entity.name}\` has no field \`${name}\`. ${hint}` };
}

function workedOut(name: string, path: Path): Finding {
  return { code: "unknown_field", path, message: `\`${name}\` is worked out from other values. Give those instead.` };
}

/** Kept by the database from other values. */
function isDerived({ resource }: Entity, { name }: Field): boolean {
  const { calculations = [], aggregates = [] } = resource;
  return [...calculations, ...aggregates].some((computed) => computed.name === name);
}

function givenNames(entity: Entity): readonly string[] {
  const belongsTo = [...entity.relationships.values()].filter(({ kind }) => kind === "belongsTo");
  const fields = [...entity.fields.values()].filter((field) => !isDerived(entity, field) && !field.reference);
  return [...fields, ...belongsTo].map(({ name }) => name);
}

function inputNames(entity: Entity): readonly string[] {
  const keys = [...entity.relationships.values()].flatMap((one) =>
    one.kind === "belongsTo" ? [foreignKeyField(one)] : [],
  );
  return [...entity.fields.keys(), ...entity.relationships.keys()].filter((name) => !keys.includes(name));
}

function isObject(value: TestValue): value is { readonly [name: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isRowReference(value);
}

function isList(value: TestValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
