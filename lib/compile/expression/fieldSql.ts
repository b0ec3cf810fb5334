import type { Expression as Checked, FieldValue } from "../../expression/Expression.ts";
import type { AttributeType } from "../../model/types.ts";
import { fullAccess } from "../../plan/access/Access.ts";
import { type Field, fieldNamed, relationshipNamed } from "../../plan/catalog/Catalog.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Scope } from "../read/Scope.ts";
import { memberSql } from "./memberSql.ts";
import { ofRecord } from "./recordSql.ts";
import { recordNamed, type Sight } from "./Sight.ts";
import { storedToSql } from "./storedToSql.ts";

/** A field of a record in sight, or a member of the value that it holds. */
export function fieldSql(sight: Sight, value: FieldValue): Expression {
  const { compilation } = sight;
  const { members } = value;
  const { type } = fieldOf(sight, value);
  const stored = storedOf(sight, value);
  return members.length > 0
    ? memberSql(compilation, { type, stored, members })
    : storedToSql(compilation, type, stored);
}

/** The field as it is stored. */
function storedOf(sight: Sight, value: FieldValue): Expression {
  const path = keyInReference(sight, value);
  if (path) return ofRecord(sight, path, (scope) => valueIn(sight, scope, fieldNamed(scope.entity, path.field)));
  return ofRecord(sight, value.record, (scope) => valueIn(sight, scope, fieldNamed(scope.entity, value.field)));
}

function valueIn({ compilation }: Sight, scope: Scope, field: Field): Expression {
  return compilation.access === fullAccess ? scope.column(field.column) : scope.value(field);
}

/** The key of a related record stands in the reference to it already, unless the record may be hidden. */
function keyInReference(
  { compilation, records }: Sight,
  { record, field }: FieldValue,
): { readonly root: string; readonly relationships: readonly string[]; readonly field: string } | null {
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
  return reference ? { root: record.root, relationships: before, field: reference.name } : null;
}

function fieldOf(sight: Sight, { record, field }: FieldValue): Field {
  return fieldNamed(sight.compilation.entity(record.resource || recordNamed(sight, record.root).entity.name), field);
}

/** How many bits an integer field can take. */
export function fieldBits(sight: Sight, value: FieldValue): number {
  if (value.members.length > 0) return 64;
  return fieldOf(sight, value).type.kind === "integer" ? 32 : 64;
}

interface StoredChoice {
  readonly stored: Expression;
  /** What is stored for the name of an option; null for none. */
  storedOf(name: string): string | null;
}

/** A field that holds a choice, as it is stored; null for everything else. */
export function storedChoice(sight: Sight, expression: Checked): StoredChoice | null {
  if (expression.kind !== "field" || expression.members.length > 0) return null;
  const { type } = fieldOf(sight, expression);
  if (type.kind !== "choice") return null;
  return { stored: storedOf(sight, expression), storedOf: (name) => storedName(type, name) };
}

function storedName({ options }: Extract<AttributeType, { kind: "choice" }>, name: string): string | null {
  return options.find((option) => option.name === name)?.stored ?? null;
}
