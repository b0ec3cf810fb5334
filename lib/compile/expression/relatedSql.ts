import type { Related } from "../../expression/Expression.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import {
  aggregate,
  and,
  as,
  call,
  cast,
  column,
  constant,
  derived,
  exists,
  isNotNull,
  not,
  scalar,
  select,
} from "../../sql/build.ts";
import type { Expression, FromItem, OrderBy, Select, SelectColumn } from "../../sql/Sql.ts";
import { relatedRows } from "../read/related.ts";
import type { Scope, TableScope } from "../read/Scope.ts";
import { inOrder } from "./inOrder.ts";
import { durationOf, microseconds } from "./moments.ts";
import { ofRecord } from "./recordSql.ts";
import { type Sight, withRecord } from "./Sight.ts";
import type { SqlOf } from "./SqlOf.ts";
import { isJson } from "./sqlType.ts";
import { bits64, within } from "./within.ts";

/** A quantifier or an aggregate over the records that a path leads to, as a subquery of its own. */
export function relatedSql(sight: Sight, related: Related, sqlOf: SqlOf): Expression {
  // Where the record is missing at which the path starts, there are no rows; no need to look for it first.
  const [first, ...toOne] = related.from.relationships;
  if (first === undefined)
    return ofRecord(sight, related.from, (scope) => overPath(sight, { related, scope, path: related.path }, sqlOf));
  const path = [first, ...toOne, ...related.path];
  return ofRecord(sight, { root: related.from.root, relationships: [] }, (scope) =>
    overPath(sight, { related, scope, path }, sqlOf),
  );
}

interface Way {
  readonly related: Related;
  readonly scope: Scope;
  readonly path: readonly string[];
}

function overPath(sight: Sight, way: Way, sqlOf: SqlOf): Expression {
  const { related } = way;
  const { scope, from, where } = rowsOf(sight, way);
  const inner = withRecord(sight, related.variable, scope);
  const condition = related.where && sqlOf(inner, related.where);
  const query = (columns: Select["columns"], further: Expression | null, rest: Partial<Select> = {}) =>
    select({ columns, from, joins: scope.joins, where: and([where, further]), ...rest });
  const some = [as("found", constant(1))];
  switch (related.function) {
    case "exists":
      return exists(query(some, condition));
    case "all":
      return not(exists(query(some, condition && not(call("coalesce", condition, constant(false))))));
    case "count":
      return scalar(query([as("value", aggregate("count", null))], condition));
  }
  if (!related.value) throw new Error(`${related.function} lacks a value.`);
  const value = sqlOf(inner, related.value);
  const { type } = related.value;
  // An aggregate of nothing but columns from outside would be one of the query outside.
  const alias = sight.compilation.rowAlias();
  const given = column(alias, "value");
  const one = (total: Expression, further: readonly SelectColumn[] = []) => {
    const from = [derived(query([as("value", value), ...further], condition), alias)];
    return scalar(select({ columns: [as("value", total)], from }));
  };
  switch (related.function) {
    case "sum":
      return one(sumOf(type, given));
    case "avg":
      return one(averageOf(type, given));
    case "min":
    case "max": {
      if (hasExtremes(type)) return one(aggregate(related.function, inOrder(type.kind, given)));
      const orderBy = [{ expression: value, descending: related.function === "max" }];
      return scalar(query([as("value", value)], and([condition, isNotNull(value)]), { orderBy, limit: 1 }));
    }
    case "first": {
      const orderBy = orderOf({ sight: inner, related, scope }, sqlOf);
      return scalar(query([as("value", value)], condition, { orderBy, limit: 1 }));
    }
    case "list": {
      const terms = orderOf({ sight: inner, related, scope }, sqlOf);
      const orderBy = terms.map(({ descending }, index) => ({
        expression: column(alias, `o${index + 1}`),
        descending,
      }));
      const name = isJson(type) ? "jsonb_agg" : "array_agg";
      const total = aggregate(name, given, { filter: isNotNull(given), orderBy });
      return one(
        total,
        terms.map(({ expression }, index) => as(`o${index + 1}`, expression)),
      );
    }
  }
}

interface Rows {
  readonly scope: TableScope;
  readonly from: readonly FromItem[];
  readonly where: Expression | null;
}

/** All the tables on the way; of the last one the joins come with the query. */
function rowsOf({ compilation }: Sight, { scope, path }: Way): Rows {
  let at: Scope = scope;
  let rows: Rows | null = null;
  for (const name of path) {
    const next = relatedRows(compilation, at, name);
    rows = rows ? { ...next, from: [...withJoins(rows), ...next.from], where: and([rows.where, next.where]) } : next;
    at = next.scope;
  }
  if (!rows) throw new Error("A quantifier needs a path.");
  return rows;
}

function withJoins({ from, scope }: Rows): readonly FromItem[] {
  const last = from.at(-1);
  return last?.kind === "table" ? [...from.slice(0, -1), { ...last, joins: scope.joins }] : from;
}

/** The sum of integers can leave 64 bits, whatever they take one by one. */
function sumOf(type: ValueType, value: Expression): Expression {
  if (type.kind === "duration") return durationOf(aggregate("sum", microseconds(value)));
  const total = aggregate("sum", value);
  return type.kind === "integer" ? within(cast(total, "numeric"), bits64, "bigint") : total;
}

function averageOf(type: ValueType, value: Expression): Expression {
  return type.kind === "duration"
    ? durationOf(aggregate("avg", microseconds(value)))
    : aggregate("avg", cast(value, "numeric"));
}

/** For what PostgreSQL has no `min` and `max`. */
function hasExtremes({ kind }: ValueType): boolean {
  return kind !== "boolean" && kind !== "uuid";
}

function orderOf(
  { sight, related, scope }: { readonly sight: Sight; readonly related: Related; readonly scope: TableScope },
  sqlOf: SqlOf,
): readonly OrderBy[] {
  const terms = related.order.map(({ value, descending }) => ({
    expression: inOrder(value.type.kind, sqlOf(sight, value)),
    descending,
  }));
  return [...terms, { expression: scope.column(scope.entity.key.column), descending: false }];
}
