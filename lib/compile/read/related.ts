import { relationshipNamed } from "../../plan/catalog/Catalog.ts";
import type { DeletedRecords } from "../../plan/types.ts";
import { and, binary, column, table } from "../../sql/build.ts";
import type { Expression, FromItem } from "../../sql/Sql.ts";
import { isPresent } from "./isPresent.ts";
import { type Compilation, type Scope, TableScope } from "./Scope.ts";

/** Rows of a table, as far as a relationship or the whole table goes. */
export interface Rows {
  readonly scope: TableScope;
  /** The scope's own table comes last, where its joins can follow it. */
  readonly from: readonly FromItem[];
  readonly where: Expression | null;
}

export function allRows(compilation: Compilation, resource: string, deleted?: DeletedRecords): Rows {
  const scope = new TableScope(compilation, compilation.entity(resource));
  return { scope, from: [tableOf(scope)], where: isPresent(scope.entity, scope.alias, deleted) };
}

/** The records that a relationship leads to from the record whose columns are in scope. */
export function relatedRows(compilation: Compilation, source: Scope, name: string): Rows {
  const relationship = relationshipNamed(source.entity, name);
  const scope = new TableScope(compilation, compilation.entity(relationship.target));
  const sourceKey = () => source.column(source.entity.key.column);
  const targetKey = scope.column(scope.entity.key.column);
  const present = isPresent(scope.entity, scope.alias);
  switch (relationship.kind) {
    case "belongsTo":
      return {
        scope,
        from: [tableOf(scope)],
        where: and([binary(targetKey, "=", source.column(relationship.column)), present]),
      };
    case "hasOne":
    case "hasMany": {
      const via = relationshipNamed(scope.entity, relationship.via);
      if (via.kind !== "belongsTo") throw new Error(`${name} must mirror a belongsTo.`);
      const toSource = binary(scope.column(via.column), "=", sourceKey());
      return { scope, from: [tableOf(scope)], where: and([toSource, present]) };
    }
    case "manyToMany": {
      const join = compilation.tableAlias();
      const toSource = binary(column(join, relationship.sourceColumn), "=", sourceKey());
      const toTarget = binary(column(join, relationship.targetColumn), "=", targetKey);
      const linked = relationship.through ? isPresent(compilation.entity(relationship.through), join) : null;
      const where = and([toSource, toTarget, linked, present]);
      return { scope, from: [table(relationship.table, join), tableOf(scope)], where };
    }
  }
}

function tableOf({ entity, alias }: TableScope): FromItem {
  return table(entity.resource.table, alias);
}
