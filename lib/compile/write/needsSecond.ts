import type { Access } from "../../plan/access/Access.ts";
import { actionOf } from "../../plan/access/actionOf.ts";
import { type Catalog, type Entity, entityNamed } from "../../plan/catalog/Catalog.ts";
import type { Selection, WriteShape } from "../../plan/types.ts";
import { rulesOf } from "../../plan/write/rulesOf.ts";
import { dependsOnChange } from "./changeChecks.ts";
import { changedTables } from "./changedTables.ts";
import { reads } from "./visits.ts";

/**
 * Whether a change takes a second statement in the same transaction: one statement sees the database as it was before,
 * so that neither related records that it may have changed can be shown by it, nor what depends on them be checked.
 */
export function needsSecond(catalog: Catalog, shape: WriteShape, access: Access): boolean {
  let known = answers.get(shape);
  if (!known) {
    known = new WeakMap();
    answers.set(shape, known);
  }
  const answer = known.get(access) ?? workOut(catalog, shape, access);
  known.set(access, answer);
  return answer;
}

/** The same shapes come again and again; a shape is of one catalog. */
const answers = new WeakMap<WriteShape, WeakMap<Access, boolean>>();

function workOut(catalog: Catalog, shape: WriteShape, access: Access): boolean {
  switch (shape.kind) {
    case "create":
    case "update":
    case "upsert":
      return (
        showsRelated(entityNamed(catalog, shape.resource), shape.selection) ||
        seenByChange(catalog, shape, access) ||
        checksMore(catalog, shape, access)
      );
    case "createMany":
      return seenByChange(catalog, shape, access) || checksMore(catalog, shape, access);
    case "updateMany":
      return checksMore(catalog, shape, access);
    case "destroy":
    case "destroyMany":
    case "recheck":
      return false;
  }
}

/** Computed fields may be worked out of related records. */
function showsRelated({ computed }: Entity, selection: Selection): boolean {
  return selection.some((member) => {
    if (member.kind === "field") return computed.has(member.field);
    return member.kind === "one" || member.kind === "many";
  });
}

type ShownShape = Extract<WriteShape, { readonly kind: "create" | "createMany" | "update" | "upsert" }>;

/** Whether what may be seen of the changed record depends on more than its row of what the statement changes. */
function seenByChange(catalog: Catalog, shape: ShownShape, access: Access): boolean {
  const entity = entityNamed(catalog, shape.resource);
  const changed = { catalog, entity, tables: changedTables(entity, shape) };
  const fields = shape.selection.flatMap((member) => (member.kind === "field" ? [member.field] : []));
  const conditions = [access.rows(entity.name, "read"), ...fields.map((name) => access.fieldRead(entity.name, name))];
  return conditions.some((condition) => condition !== null && reads(condition, changed));
}

function checksMore(catalog: Catalog, shape: WriteShape, access: Access): boolean {
  const entity = entityNamed(catalog, shape.resource);
  const changed = { catalog, entity, tables: changedTables(entity, shape), given: shape.given ?? [] };
  const names = shape.kind === "upsert" ? [actionOf(shape), "update"] : [actionOf(shape)];
  return names.some((name) => dependsOnChange(rulesOf(catalog, entity, name), access, changed));
}

/** Whether a second statement would have anything to check. */
export function checksResult(catalog: Catalog, shape: WriteShape, access: Access): boolean {
  const entity = entityNamed(catalog, shape.resource);
  const { name, validations, require, type } = rulesOf(catalog, entity, actionOf(shape));
  const isAsked = validations.length > 0 || (type === "create" && require.length > 0);
  const restricted = (shape.given ?? []).some((field) => access.fieldWrite(entity.name, field) !== null);
  return isAsked || access.result(entity.name, name) !== null || (type === "create" && restricted);
}
