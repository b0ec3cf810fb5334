import { aggregate, as, call, cast, derived, scalar, select, text, wholeRow } from "../../sql/build.ts";
import type { Expression, Select } from "../../sql/Sql.ts";
import type { Compilation } from "./Scope.ts";

/** The one row of a query as a JSON object, or null when there is none. */
export function rowJson(compilation: Pick<Compilation, "rowAlias">, query: Select): Expression {
  const alias = compilation.rowAlias();
  return scalar(select({ columns: [as("json", call("row_to_json", wholeRow(alias)))], from: [derived(query, alias)] }));
}

/** The values of all rows as one JSON array. */
export function arrayOf(item: Expression, options: Parameters<typeof aggregate>[2] = {}): Expression {
  return call("coalesce", aggregate("json_agg", item, options), cast(text("[]"), "json"));
}
