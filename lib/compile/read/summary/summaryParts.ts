import type { Condition, GroupMember, SummaryMember, SummaryOrder, SummaryShape } from "../../../plan/types.ts";
import {
  aggregate,
  and,
  as,
  binary,
  cast,
  column,
  constant,
  derived,
  select,
  wholeRow,
  window,
} from "../../../sql/build.ts";
import type { FromItem, SelectColumn } from "../../../sql/Sql.ts";
import { comparison, conditionOn } from "../condition.ts";
import type { JsonPart } from "../JsonPart.ts";
import type { Rows } from "../related.ts";
import { arrayOf, rowJson } from "../rowJson.ts";
import type { Compilation } from "../Scope.ts";
import { constantColumn, fieldJson } from "../valueJson.ts";
import { GroupedValues } from "./GroupedValues.ts";

export interface SummaryParts {
  readonly parts: readonly JsonPart[];
  readonly from: readonly FromItem[];
}

interface Summarised {
  readonly rows: Rows;
  readonly where: Condition | null;
  readonly summary: SummaryShape;
}

/**
 * A summary of rows: their values, then the groups that these make, then the groups that are shown. Each level is a query
 * of its own, so that what a reader sees of a value can be any expression; PostgreSQL merges them as it likes.
 */
export function summaryParts(compilation: Compilation, { rows, where, summary }: Summarised): SummaryParts {
  const grouped = new GroupedValues(compilation, { rows: rows.scope, summary });
  const totals = compilation.tableAlias();
  const ahead = summary.output.some(({ kind }) => kind === "truncated");
  const numbered = compilation.tableAlias();
  const number = column(numbered, "n");
  const filter = ahead ? binary(number, "<=", constant(summary.size)) : null;
  const laterals: FromItem[] = [];
  const columns: SelectColumn[] = [];
  const total = (part: Exclude<SummaryMember, { kind: "constant" }>) => {
    if (part.kind === "truncated") return binary(aggregate("count", null), ">", constant(summary.size));
    const alias = compilation.rowAlias();
    laterals.push(
      derived(select({ columns: objectOf(compilation, part.members, { grouped, numbered }) }), alias, true),
    );
    return arrayOf(wholeRow(alias), { filter, orderBy: [{ expression: number, descending: false }] });
  };
  const parts = summary.output.map((part): JsonPart => {
    if (part.kind === "constant") return part;
    const name = `total${columns.length + 1}`;
    columns.push(as(name, total(part)));
    const type = part.kind === "truncated" ? "boolean" : "json";
    return { kind: "value", as: part.as, type, expression: column(totals, name) };
  });
  if (columns.length === 0) return { parts, from: [] };
  const inOrder = shownGroups(compilation, grouped, { rows, where, summary, limit: summary.size + (ahead ? 1 : 0) });
  const from = [derived(numberedRows(compilation, inOrder, grouped), numbered), ...laterals];
  return { parts, from: [derived(select({ columns, from }), totals)] };
}

interface Shown {
  readonly grouped: GroupedValues;
  /** Alias of the groups. */
  readonly numbered: string;
}

function objectOf(compilation: Compilation, members: readonly GroupMember[], shown: Shown): readonly SelectColumn[] {
  return members.map((member) => memberColumn(compilation, member, shown));
}

function memberColumn(compilation: Compilation, member: GroupMember, shown: Shown): SelectColumn {
  const { grouped, numbered } = shown;
  const scope = grouped.scope(numbered);
  switch (member.kind) {
    case "key": {
      const value = fieldJson(compilation, scope, { field: grouped.group(member.group), shown: null });
      return as(member.as, member.asText ? cast(value, "text") : value);
    }
    case "measure": {
      const field = grouped.measure(member.measure);
      return as(member.as, fieldJson(compilation, scope, { field, shown: member.parts ?? null }));
    }
    case "object":
      return as(member.as, rowJson(compilation, select({ columns: objectOf(compilation, member.members, shown) })));
    case "constant":
      return constantColumn(member);
  }
}

/** The groups that are let through, in their order. */
function shownGroups(
  compilation: Compilation,
  grouped: GroupedValues,
  { rows, where, summary, limit }: Summarised & { readonly limit: number },
) {
  const condition = where ? conditionOn(compilation, rows.scope, where) : null;
  const values = select({
    columns: grouped.values,
    from: rows.from,
    joins: rows.scope.joins,
    where: and([rows.where, condition]),
  });
  const groups = select({
    columns: grouped.columns,
    from: [derived(values, grouped.alias)],
    groupBy: grouped.keys,
  });
  const alias = compilation.tableAlias();
  const having = summary.having.map(({ measure, operator, parameter }) => {
    const field = grouped.measure(measure);
    return comparison(column(alias, field.column), operator, { field, index: parameter });
  });
  const orderBy = summary.order.map((term) => ({
    expression: column(alias, orderedBy(grouped, term)),
    descending: term.descending,
  }));
  const columns = grouped.columns.map(({ as: name }) => as(name, column(alias, name)));
  return select({ columns, from: [derived(groups, alias)], where: and(having), orderBy, limit });
}

function orderedBy(grouped: GroupedValues, term: SummaryOrder): string {
  return (term.kind === "group" ? grouped.group(term.group) : grouped.measure(term.measure)).column;
}

function numberedRows(compilation: Compilation, rows: ReturnType<typeof select>, grouped: GroupedValues) {
  const alias = compilation.tableAlias();
  const columns = grouped.columns.map(({ as: name }) => as(name, column(alias, name)));
  return select({ columns: [...columns, as("n", window("row_number"))], from: [derived(rows, alias)] });
}
