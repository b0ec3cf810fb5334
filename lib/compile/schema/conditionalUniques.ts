import { typedExpression } from "../../model/expressions/typedExpression.ts";
import type { Model, Resource } from "../../model/types.ts";
import { catalogOf, entityNamed } from "../../plan/catalog/Catalog.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";
import { printExpressionAlone } from "../../sql/print.ts";
import { compilationOf } from "../expression/compilationOf.ts";
import { expressionSql } from "../expression/expressionSql.ts";
import { namedRow } from "./derived/namedRow.ts";
import type { SpecialIndex } from "./specialIndexes.ts";

/** The indexes of groups that are unique only among the records that fulfil a condition; destroyed ones never count. */
export function conditionalUniques(
  model: Model,
  resource: Resource,
  columnOf: (name: string) => string,
): readonly SpecialIndex[] {
  const { conditionalUniques: groups = [], features } = resource;
  if (groups.length === 0) return [];
  const catalog = catalogOf(model);
  const row = namedRow(entityNamed(catalog, resource.name), resource.table);
  const present = features?.softDelete ? [`${quoteIdentifier(features.softDelete.column)} IS NULL`] : [];
  return groups.map(({ fields, when }, at) => {
    const columns = fields.map((name) => ({ name: columnOf(name), descending: false }));
    const tree = typedExpression(model, { resource: resource.name, text: when, expected: { kind: "boolean" } });
    const condition = printExpressionAlone(expressionSql(compilationOf(catalog), row, tree));
    const where = [`(${condition})`, ...present].join(" AND ");
    const names = columns.map(({ name }) => quoteIdentifier(name)).join(", ");
    const path = [resource.name, "conditionalUniques", String(at)];
    return { unique: true, columns, special: `(${names}) WHERE ${where}`, where, path };
  });
}
