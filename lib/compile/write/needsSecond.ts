import type { Access } from "../../plan/access/Access.ts";
import { actionOf } from "../../plan/access/actionOf.ts";
import { type Catalog, type Entity, entityNamed } from "../../plan/catalog/Catalog.ts";
import type { Selection, WriteShape } from "../../plan/types.ts";
import { rulesOf } from "../../plan/write/rulesOf.ts";
import { dependsOnChange } from "./changeChecks.ts";
import { changedTables } from "./changedTables.ts";

/**
 * Whether a change takes a second statement in the same transaction: one statement sees the database as it was before,
 * so that neither related records that it may have changed can be shown by it, nor what depends on them be checked.
 */
export function needsSecond(catalog: Catalog, shape: WriteShape, access: Access): boolean {
  switch (shape.kind) {
    case "create":
    case "update":
    case "upsert":
      return showsRelated(entityNamed(catalog, shape.resource), shape.selection) || checksMore(catalog, shape, access);
    case "createMany":
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
