import type { Catalog } from "../../plan/catalog/Catalog.ts";
import type { ReadManyShape, ReadOneShape, ReadShape } from "../../plan/types.ts";
import { as, binary, call, derived, parameter, select, wholeRow } from "../../sql/build.ts";
import type { PrintedStatement } from "../../sql/PrintedStatement.ts";
import { print } from "../../sql/print.ts";
import type { Expression, Select } from "../../sql/Sql.ts";
import { storedType } from "../storedType.ts";
import { listJson, objectColumns } from "./json.ts";
import { allRows, relatedRows } from "./related.ts";
import { Compilation, type Scope } from "./Scope.ts";

/**
 * One statement that answers a read: one row with one column, the finished JSON, or no row when what was asked for is
 * not there.
 */
export function compileRead(catalog: Catalog, shape: ReadShape): PrintedStatement {
  const compilation = new Compilation(catalog);
  return print(shape.kind === "one" ? one(compilation, shape) : many(compilation, shape));
}

function one(compilation: Compilation, { resource, key, selection }: ReadOneShape): Select {
  const { scope, from } = allRows(compilation, resource);
  const columns = objectColumns(compilation, scope, selection);
  const alias = compilation.rowAlias();
  const query = select({ columns, from, where: keyIs(scope, key) });
  return select({ columns: [as("json", call("row_to_json", wholeRow(alias)))], from: [derived(query, alias)] });
}

function many(compilation: Compilation, { resource, within, list }: ReadManyShape): Select {
  if (!within) {
    return select({
      columns: [
        as(
          "json",
          listJson(compilation, () => allRows(compilation, resource), list),
        ),
      ],
    });
  }
  const parent = allRows(compilation, within.resource);
  const rows = () => relatedRows(compilation, parent.scope, within.relationship);
  // The parent's row has to be there, or there is no such list.
  return select({
    columns: [as("json", listJson(compilation, rows, list))],
    from: parent.from,
    where: keyIs(parent.scope, within.key),
  });
}

/** The row whose key the request names. */
export function keyIs(scope: Scope, key: number): Expression {
  const { column, type } = scope.entity.key;
  return binary(scope.column(column), "=", parameter(key, storedType(type)));
}
