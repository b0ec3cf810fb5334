import { relationshipNamed } from "../../plan/catalog/Catalog.ts";
import { binary, column, table } from "../../sql/build.ts";
import type { Expression, FromItem } from "../../sql/Sql.ts";
import { type Compilation, type Scope, TableScope } from "./Scope.ts";

/** Rows of a table, as far as a relationship or the whole table goes. */
export interface Rows {
  readonly scope: TableScope;
  /** The scope's own table comes last, where its joins can follow it. */
  readonly from: readonly FromItem[];
  readonly where: Expression | null;
}

export function allRows(compilation: Compilation, resource: string): Rows {
  const scope = new TableScope(compilation, compilation.entity(resource));
  return { scope, from: [tableOf(scope)], where: null };
}

/** The records that a relationship leads to from the record whose columns are in scope. */
export function relatedRows(compilation: Compilation, source: Scope, name: string): Rows {
  const relationship = relationshipNamed(source.entity, name);
  const scope = new TableScope(compilation, compilation.entity(relationship.target));
  const sourceKey = () => source.column(source.entity.key.column);
  const targetKey = scope.column(scope.entity.key.column);
  switch (relationship.kind) {
    case "belongsTo":
      return { scope, from: [tableOf(scope)], where: binary(targetKey, "=", source.column(relationship.column)) };
    case "hasOne":
    case "hasMany": {
      const via = relationshipNamed(scope.entity, relationship.via);
      if (via.kind !== "belongsTo") throw new Error(`${name} must mirror a belongsTo.`);
      return { scope, from: [tableOf(scope)], where: binary(scope.column(via.column), "=", sourceKey()) };
    }
    case "manyToMany": {
      const join = compilation.tableAlias();
      const toSource = binary(column(join, relationship.sourceColumn), "=", sourceKey());
      const toTarget = binary(column(join, relationship.targetColumn), "=", targetKey);
      const where: Expression = { kind: "and", operands: [toSource, toTarget] };
      return { scope, from: [table(relationship.table, join), tableOf(scope)], where };
    }
  }
}

function tableOf({ entity, alias }: TableScope): FromItem {
  return table(entity.resource.table, alias);
}
