import type { Related } from "../../expression/Expression.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { aggregate, and, as, call, cast, constant, exists, isNotNull, not, scalar, select } from "../../sql/build.ts";
import type { Expression, FromItem, OrderBy, Select } from "../../sql/Sql.ts";
import { relatedRows } from "../read/related.ts";
import type { Scope, TableScope } from "../read/Scope.ts";
import { inOrder } from "./comparisons.ts";
import { ofRecord } from "./recordSql.ts";
import { type Sight, withRecord } from "./Sight.ts";
import type { SqlOf } from "./SqlOf.ts";
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
  const one = (expression: Expression) => scalar(query([as("value", expression)], condition));
  switch (related.function) {
    case "sum":
      return one(sumOf(type, value));
    case "avg":
      return one(aggregate("avg", cast(value, "numeric")));
    case "min":
    case "max": {
      const ordered = inOrder(type.kind, value);
      if (hasExtremes(type)) return one(aggregate(related.function, ordered));
      const orderBy = [{ expression: ordered, descending: related.function === "max" }];
      return scalar(query([as("value", value)], and([condition, isNotNull(value)]), { orderBy, limit: 1 }));
    }
    case "first": {
      const orderBy = orderOf({ sight: inner, related, scope }, sqlOf);
      return scalar(query([as("value", value)], condition, { orderBy, limit: 1 }));
    }
    case "list": {
      const orderBy = orderOf({ sight: inner, related, scope }, sqlOf);
      return one(
        aggregate(isJsonValue(type) ? "jsonb_agg" : "array_agg", value, { filter: isNotNull(value), orderBy }),
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
  const total = aggregate("sum", value);
  return type.kind === "integer" ? within(cast(total, "numeric"), bits64, "bigint") : total;
}

/** For what PostgreSQL has no `min` and `max`. */
function hasExtremes({ kind }: ValueType): boolean {
  return kind !== "boolean" && kind !== "uuid";
}

function isJsonValue({ kind }: ValueType): boolean {
  return kind === "json" || kind === "object" || kind === "list";
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
