import type { Expression as Checked, FieldValue } from "../../expression/Expression.ts";
import type { AttributeType } from "../../model/types.ts";
import { fullAccess } from "../../plan/access/Access.ts";
import {
  type ComputedField,
  type Field,
  isComputed,
  type ReadableField,
  readableNamed,
  relationshipNamed,
} from "../../plan/catalog/Catalog.ts";
import { caseOf, constant, isNotNull } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Scope } from "../read/Scope.ts";
import { ifSeen, seenComputed } from "../read/visibility.ts";
import { bitsOf } from "./bits.ts";
import { memberSql } from "./memberSql.ts";
import { ofRecord } from "./recordSql.ts";
import { recordNamed, type Sight } from "./Sight.ts";
import type { SqlOf } from "./SqlOf.ts";
import { storedToSql } from "./storedToSql.ts";

/** A field of a record in sight, or a member of the value that it holds. */
export function fieldSql(sight: Sight, value: FieldValue, sqlOf: SqlOf): Expression {
  const { compilation } = sight;
  const { members } = value;
  const field = fieldOf(sight, value);
  const { type } = field;
  if (isComputed(field) && members.length === 0) {
    return ifThere(sight, value, (scope) => computedIn(sight, { scope, field }, sqlOf));
  }
  const stored = storedOf(sight, value);
  return members.length > 0
    ? memberSql(compilation, { type, stored, members })
    : storedToSql(compilation, type, stored);
}

/** The field as it is stored, or would be. */
function storedOf(sight: Sight, value: FieldValue): Expression {
  const field = fieldOf(sight, value);
  if (isComputed(field)) return ifThere(sight, value, (scope) => seenComputed(sight.compilation, scope, field));
  const path = keyInReference(sight, value);
  if (path) return ofRecord(sight, path, (scope) => valueIn(sight, scope, path.field));
  return ofRecord(sight, value.record, (scope) => valueIn(sight, scope, field));
}

/** Of a record that is not there nothing is worked out, not even a count of 0. */
function ifThere(sight: Sight, { record }: FieldValue, use: (scope: Scope) => Expression): Expression {
  if (record.relationships.length === 0) return ofRecord(sight, record, use);
  return ofRecord(sight, record, (scope) => {
    const when = isNotNull(scope.column(scope.entity.key.column));
    return caseOf([{ when, value: use(scope) }], constant(null));
  });
}

function valueIn({ compilation }: Sight, scope: Scope, field: Field): Expression {
  return compilation.access === fullAccess ? scope.column(field.column) : scope.value(field);
}

interface ComputedIn {
  readonly scope: Scope;
  readonly field: ComputedField;
}

/** The tree of a computed field in the place of its name, about its own record. */
function computedIn({ compilation }: Sight, { scope, field }: ComputedIn, sqlOf: SqlOf): Expression {
  const inner = { compilation, records: new Map([["record", scope]]), variables: new Map() };
  return ifSeen(compilation, { scope, field }, () => sqlOf(inner, field.expression()));
}

/** The key of a related record stands in the reference to it already, unless the record may be hidden. */
function keyInReference(
  { compilation, records }: Sight,
  { record, field }: FieldValue,
): { readonly root: string; readonly relationships: readonly string[]; readonly field: Field } | null {
  const last = record.relationships.at(-1);
  const root = records.get(record.root);
  if (field !== "id" || last === undefined || !root) return null;
  const before = record.relationships.slice(0, -1);
  let { entity } = root;
  for (const hop of before) entity = compilation.entity(relationshipNamed(entity, hop).target);
  const relationship = relationshipNamed(entity, last);
  const { resource } = compilation.entity(relationship.target);
  if (relationship.kind !== "belongsTo" || resource.features?.softDelete) return null;
  const { access } = compilation;
  if (access.rows(resource.name, "read") || access.fieldRead(resource.name, "id")) return null;
  const reference = [...entity.fields.values()].find((candidate) => candidate.reference === relationship);
  return reference ? { root: record.root, relationships: before, field: reference } : null;
}

function fieldOf(sight: Sight, { record, field }: FieldValue): ReadableField {
  return readableNamed(sight.compilation.entity(record.resource || recordNamed(sight, record.root).entity.name), field);
}

/** How many bits an integer field can take. */
export function fieldBits(sight: Sight, value: FieldValue): number {
  if (value.members.length > 0) return 64;
  const field = fieldOf(sight, value);
  if (isComputed(field)) return bitsOf(field.expression(), (inner) => fieldBits(sight, inner));
  return field.type.kind === "integer" ? 32 : 64;
}

interface StoredChoice {
  readonly stored: Expression;
  /** What is stored for the name of an option; null for none. */
  storedOf(name: string): string | null;
}

/** A field that holds a choice, as it is stored; null for everything else. */
export function storedChoice(sight: Sight, expression: Checked): StoredChoice | null {
  if (expression.kind !== "field" || expression.members.length > 0) return null;
  const field = fieldOf(sight, expression);
  const { type } = field;
  if (type.kind !== "choice" || isComputed(field)) return null;
  return { stored: storedOf(sight, expression), storedOf: (name) => storedName(type, name) };
}

function storedName({ options }: Extract<AttributeType, { kind: "choice" }>, name: string): string | null {
  return options.find((option) => option.name === name)?.stored ?? null;
}
