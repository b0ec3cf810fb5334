import type { Catalog } from "../../plan/catalog/Catalog.ts";
import { plainSelection } from "../../plan/read/plainSelection.ts";
import {
  and,
  anyOf,
  as,
  binary,
  caseOf,
  cast,
  column,
  constant,
  isNull,
  parameter,
  select,
  table,
  text,
} from "../../sql/build.ts";
import type { PrintedStatement } from "../../sql/PrintedStatement.ts";
import { print } from "../../sql/print.ts";
import type { Expression, FromItem } from "../../sql/Sql.ts";
import { compilationOf } from "../expression/compilationOf.ts";
import { changesTable } from "../schema/changeFeedNames.ts";
import { objectColumns } from "./json.ts";
import { rowJson } from "./rowJson.ts";
import { type Compilation, TableScope } from "./Scope.ts";

const known = new WeakMap<Catalog, Map<string, PrintedStatement>>();

/**
 * The plain fields of the records of events of one resource, before and after, as texts of JSON: one row `id, before,
 * after` for each. Its values are the first and the last transaction and the numbers of the events. Rows are kept as they
 * were stored, so that they show under the names of today.
 */
export function eventRecords(catalog: Catalog, resource: string): PrintedStatement {
  const statements = known.get(catalog) ?? new Map<string, PrintedStatement>();
  known.set(catalog, statements);
  let statement = statements.get(resource);
  if (!statement) {
    statement = compiled(catalog, resource);
    statements.set(resource, statement);
  }
  return statement;
}

function compiled(catalog: Catalog, resource: string): PrintedStatement {
  const compilation = compilationOf(catalog);
  const change = compilation.tableAlias();
  const of = (name: string) => column(change, name);
  const sides = ["before", "after"].map((side) => ({ side, ...recordOf(compilation, resource, of(side)) }));
  return print(
    select({
      columns: [as("id", cast(of("id"), "text")), ...sides.map(({ side, record }) => as(side, cast(record, "text")))],
      from: [table(changesTable, change), ...sides.map(({ from }) => from)],
      where: and([
        binary(of("txid"), ">=", parameter(0, "bigint")),
        binary(of("txid"), "<=", parameter(1, "bigint")),
        anyOf(of("id"), parameter(2, "bigint[]", "list")),
        binary(of("resource"), "=", text(compilation.entity(resource).resource.table)),
      ]),
    }),
  );
}

function recordOf(
  compilation: Compilation,
  resource: string,
  state: Expression,
): { readonly record: Expression; readonly from: FromItem } {
  const entity = compilation.entity(resource);
  const scope = new TableScope(compilation, entity);
  const selection = plainSelection(compilation.catalog.model, entity);
  const row = rowJson(compilation, select({ columns: objectColumns(compilation, scope, selection) }));
  return {
    record: caseOf([{ when: isNull(state), value: constant(null) }], row),
    from: { kind: "populated", table: entity.resource.table, source: state, alias: scope.alias },
  };
}
