import type { ManyToMany } from "../../model/types.ts";
import { referenceOf, relationshipNamed } from "../../plan/catalog/Catalog.ts";
import { rulesOf } from "../../plan/write/rulesOf.ts";
import { and, binary, column, table } from "../../sql/build.ts";
import type { Expression, FromItem } from "../../sql/Sql.ts";
import { type Compilation, type Scope, TableScope } from "./Scope.ts";
import { allowed, joiningValue, type RowOptions, visibleRows } from "./visibility.ts";

/** Rows of a table, as far as a relationship or the whole table goes. */
export interface Rows {
  readonly scope: TableScope;
  /** The scope's own table comes last, where its joins can follow it. */
  readonly from: readonly FromItem[];
  readonly where: Expression | null;
}

export function allRows(compilation: Compilation, resource: string, options: RowOptions = {}): Rows {
  const scope = new TableScope(compilation, compilation.entity(resource));
  const { where } = rulesOf(compilation.catalog, scope.entity, options.action ?? "read");
  const chosen = allowed(compilation, scope, where);
  return { scope, from: [tableOf(scope)], where: and([visibleRows(compilation, scope, options), chosen]) };
}

/** The records that a relationship leads to from the record whose columns are in scope, as far as they are visible. */
export function relatedRows(compilation: Compilation, source: Scope, name: string): Rows {
  const relationship = relationshipNamed(source.entity, name);
  const scope = new TableScope(compilation, compilation.entity(relationship.target));
  // Of a belongsTo the field says it that holds the key.
  const ruled = relationship.kind === "belongsTo" ? null : compilation.access.fieldRead(source.entity.name, name);
  const visible = and([visibleRows(compilation, scope), allowed(compilation, source, ruled)]);
  const sourceKey = () => source.column(source.entity.key.column);
  const targetKey = scope.column(scope.entity.key.column);
  switch (relationship.kind) {
    case "belongsTo": {
      const reference = joiningValue(compilation, source, referenceOf(source.entity, relationship));
      return { scope, from: [tableOf(scope)], where: and([binary(targetKey, "=", reference), visible]) };
    }
    case "hasOne":
    case "hasMany": {
      const via = relationshipNamed(scope.entity, relationship.via);
      if (via.kind !== "belongsTo") throw new Error(`${name} must mirror a belongsTo.`);
      const reference = joiningValue(compilation, scope, referenceOf(scope.entity, via));
      return { scope, from: [tableOf(scope)], where: and([binary(reference, "=", sourceKey()), visible]) };
    }
    case "manyToMany": {
      const join = compilation.tableAlias();
      const { linked, value } = linkRows(compilation, relationship, join);
      const toSource = binary(value(relationship.sourceColumn), "=", sourceKey());
      const toTarget = binary(value(relationship.targetColumn), "=", targetKey);
      const where = and([toSource, toTarget, linked, visible]);
      return { scope, from: [table(relationship.table, join), tableOf(scope)], where };
    }
  }
}

interface LinkRows {
  /** Which links are there for whoever asks. */
  readonly linked: Expression | null;
  /** What they see in a column of a link. */
  readonly value: (stored: string) => Expression;
}

/** Links that are records of their own are hidden as records are. */
function linkRows(compilation: Compilation, { through }: ManyToMany, alias: string): LinkRows {
  if (!through) return { linked: null, value: (stored) => column(alias, stored) };
  const entity = compilation.entity(through);
  const link: Scope = {
    entity,
    column: (stored) => column(alias, stored),
    value: (field) => joiningValue(compilation, link, field),
  };
  const value = (stored: string) => {
    const field = [...entity.fields.values()].find((candidate) => candidate.column === stored);
    return field ? link.value(field) : column(alias, stored);
  };
  return { linked: visibleRows(compilation, { entity, alias }), value };
}

function tableOf({ entity, alias }: TableScope): FromItem {
  return table(entity.resource.table, alias);
}
