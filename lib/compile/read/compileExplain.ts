import type { Expression as Checked } from "../../expression/Expression.ts";
import type { Catalog, Entity } from "../../plan/catalog/Catalog.ts";
import type { FieldValue } from "../../plan/types.ts";
import { as, cast, column, constant, derived, parameter, select, table } from "../../sql/build.ts";
import type { PrintedStatement } from "../../sql/PrintedStatement.ts";
import { print } from "../../sql/print.ts";
import type { FromItem } from "../../sql/Sql.ts";
import { compilationOf } from "../expression/compilationOf.ts";
import { storedType } from "../storedType.ts";
import { keyIs } from "./compileRead.ts";
import type { Scope } from "./Scope.ts";

/** The record that conditions are asked of: one that is there, or what a new one would be made of. */
export type ExplainedRow =
  | { readonly kind: "record"; readonly key: number }
  | { readonly kind: "new"; readonly set: readonly FieldValue[] };

export interface Explained {
  readonly entity: Entity;
  readonly row: ExplainedRow;
  readonly conditions: readonly Checked[];
}

/** One row with one column for each condition, as the app itself sees the record; no row when there is no such record. */
export function compileExplain(catalog: Catalog, { entity, row, conditions }: Explained): PrintedStatement {
  const compilation = compilationOf(catalog);
  const alias = compilation.tableAlias();
  const scope: Scope = {
    entity,
    column: (name) => column(alias, name),
    value: (field) => column(alias, field.column),
  };
  const columns = conditions.map((condition, index) =>
    as(`c${index}`, cast(compilation.sqlOf(scope, condition), "text")),
  );
  const from = row.kind === "record" ? table(entity.resource.table, alias) : newRow(entity, row.set, alias);
  const where = row.kind === "record" ? keyIs(scope, row.key) : null;
  return print(select({ columns: [as("found", constant(1)), ...columns], from: [from], where }));
}

function newRow(entity: Entity, set: readonly FieldValue[], alias: string): FromItem {
  const given = new Map(set.map((value) => [value.field, value.parameter]));
  const columns = [...entity.fields.values()].map((field) => {
    const index = given.get(field.name);
    const type = storedType(field.type);
    return as(field.column, index === undefined ? cast(constant(null), type) : parameter(index, type));
  });
  return derived(select({ columns }), alias);
}
