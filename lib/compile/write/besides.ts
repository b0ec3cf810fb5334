import { restoreAction } from "../../model/actions/actionsOf.ts";
import type { Entity } from "../../plan/catalog/Catalog.ts";
import { and, binary, call, column, constant } from "../../sql/build.ts";
import type { Expression, Update } from "../../sql/Sql.ts";
import { allowed, visibleRows } from "../read/visibility.ts";
import { rowScope } from "./rowScope.ts";
import type { Write } from "./Write.ts";

/**
 * What every update of a resource sets besides what it was asked to set. `alias` is that of the row as it was. Values of
 * the same column that an action sets itself come before these.
 */
export function setBesides({ resource }: Entity, alias: string): Update["set"] {
  const { timestamps, versioned } = resource.features ?? {};
  return [
    ...(timestamps ? [{ column: timestamps.updatedColumn, value: call("now") }] : []),
    ...(versioned
      ? [{ column: versioned.column, value: binary(column(alias, versioned.column), "+", constant(1)) }]
      : []),
  ];
}

/**
 * What must be true of a record, besides its key, for an action to find it; null where nothing must. Nobody changes what
 * they cannot see.
 */
export function demandedBesides(
  { compilation, entity, rules, alias: own }: Write,
  { alias = own, action = rules.name }: { readonly alias?: string; readonly action?: string } = {},
): Expression | null {
  const rows = compilation.access.rows(entity.name, action);
  const scope = rowScope(compilation, entity, alias);
  const deleted = action === restoreAction.name ? "only" : "hidden";
  return and([visibleRows(compilation, { entity, alias }, { deleted }), allowed(compilation, scope, rows)]);
}
