import { relationshipNamed } from "../../../plan/catalog/Catalog.ts";
import { and, as, binary, column, constant, exists, select, table } from "../../../sql/build.ts";
import type { Expression } from "../../../sql/Sql.ts";
import { relatedRows } from "../../read/related.ts";
import type { Compilation, Scope, TableScope } from "../../read/Scope.ts";
import type { Walk } from "./readsOf.ts";

/** A row that changed: of a table of records, or of a join table. */
export type ChangedRow =
  | { readonly kind: "record"; readonly scope: Scope }
  | { readonly kind: "link"; readonly alias: string };

/** The records of the scope from which a walk leads to the changed row. */
export function touched(compilation: Compilation, scope: TableScope, walk: Walk, row: ChangedRow): Expression {
  const [step = "", ...rest] = walk;
  if (rest.length === 0) return linked(compilation, scope, step, row);
  const { scope: next, from, where } = relatedRows(compilation, scope, step);
  return exists(
    select({
      columns: [as("found", constant(1))],
      from,
      joins: next.joins,
      where: and([where, touched(compilation, next, rest, row)]),
    }),
  );
}

/** Whether a relationship leads from the record in scope to the changed row; of a link, whether it begins there. */
export function linked(compilation: Compilation, scope: TableScope, name: string, row: ChangedRow): Expression {
  const relationship = relationshipNamed(scope.entity, name);
  const key = scope.column(scope.entity.key.column);
  if (row.kind === "link") {
    if (relationship.kind !== "manyToMany") throw new Error(`${name} has no links.`);
    return binary(key, "=", column(row.alias, relationship.sourceColumn));
  }
  const target = row.scope.entity;
  const targetKey = row.scope.column(target.key.column);
  switch (relationship.kind) {
    case "belongsTo":
      return binary(scope.column(relationship.column), "=", targetKey);
    case "hasOne":
    case "hasMany": {
      const via = relationshipNamed(target, relationship.via);
      if (via.kind !== "belongsTo") throw new Error(`${name} must mirror a belongsTo.`);
      return binary(row.scope.column(via.column), "=", key);
    }
    case "manyToMany": {
      const join = compilation.tableAlias();
      const where = and([
        binary(column(join, relationship.sourceColumn), "=", key),
        binary(column(join, relationship.targetColumn), "=", targetKey),
      ]);
      return exists(select({ columns: [as("found", constant(1))], from: [table(relationship.table, join)], where }));
    }
  }
}
