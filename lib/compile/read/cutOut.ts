import type { ListShape, OrderTerm } from "../../plan/types.ts";
import { aggregate, and, as, scalar, select } from "../../sql/build.ts";
import type { Expression, Select } from "../../sql/Sql.ts";
import { conditionOn } from "./condition.ts";
import { beyond, type Term } from "./keyset.ts";
import type { Rows } from "./related.ts";
import type { Compilation } from "./Scope.ts";

export interface Cut {
  readonly terms: readonly Term[];
  readonly query: Omit<Select, "kind" | "columns">;
}

/** The rows of a list between its bounds and in its order, without a limit yet. */
export function cutOut(compilation: Compilation, rows: Rows, { where, order, page }: ListShape): Cut {
  const { scope, from } = rows;
  const condition = where ? conditionOn(compilation, scope, where) : null;
  const terms = order.map((term) => termOf(rows, term));
  const bounds = (["after", "before"] as const).map((side) => {
    const cursor = page[side];
    return cursor ? beyond(terms, cursor, side) : null;
  });
  const orderBy = terms.map(({ expression, descending }) => ({
    expression,
    descending: descending !== page.fromEnd,
  }));
  const query = { with: [], from, joins: scope.joins, where: and([rows.where, condition, ...bounds]), orderBy };
  return { terms, query: { ...query, limit: null, lock: false } };
}

function termOf({ scope }: Rows, { path, descending }: OrderTerm): Term {
  return { ...scope.at(path), descending };
}

/** How many rows a list has, whatever its page. */
export function countOf(compilation: Compilation, { scope, from, where }: Rows, list: ListShape): Expression {
  const condition = list.where ? conditionOn(compilation, scope, list.where) : null;
  const columns = [as("count", aggregate("count", null))];
  return scalar(select({ columns, from, joins: scope.joins, where: and([where, condition]) }));
}
