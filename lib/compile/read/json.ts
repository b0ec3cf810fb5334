import { fieldNamed } from "../../plan/catalog/Catalog.ts";
import type {
  Constant,
  EdgeMember,
  ListMember,
  ListShape,
  OrderTerm,
  Selection,
  SelectionMember,
} from "../../plan/types.ts";
import {
  aggregate,
  and,
  as,
  call,
  cast,
  column,
  constant,
  derived,
  scalar,
  select,
  text,
  wholeRow,
} from "../../sql/build.ts";
import type { Expression, FromItem, OrderBy, Select, SelectColumn } from "../../sql/Sql.ts";
import { conditionOn } from "./condition.ts";
import { jsonValue } from "./jsonValue.ts";
import { beyond, cursorOf, type Term } from "./keyset.ts";
import { looksAhead, PageFacts } from "./PageFacts.ts";
import { PageScope } from "./PageScope.ts";
import { type Rows, relatedRows } from "./related.ts";
import type { Compilation, Scope } from "./Scope.ts";

/** The columns of a row that `row_to_json` prints as the object a selection asks for. */
export function objectColumns(compilation: Compilation, scope: Scope, selection: Selection): readonly SelectColumn[] {
  return selection.map((member) => memberColumn(compilation, scope, member));
}

function memberColumn(compilation: Compilation, scope: Scope, member: SelectionMember): SelectColumn {
  switch (member.kind) {
    case "field": {
      const field = fieldNamed(scope.entity, member.field);
      return as(member.as, jsonValue(field, scope.column(field.column)));
    }
    case "one": {
      const { scope: inner, from, where } = relatedRows(compilation, scope, member.relationship);
      const columns = objectColumns(compilation, inner, member.selection);
      return as(member.as, rowJson(compilation, select({ columns, from, where })));
    }
    case "many": {
      const rows = () => relatedRows(compilation, scope, member.relationship);
      return as(member.as, listJson(compilation, rows, member.list));
    }
    case "constant":
      return constantColumn(member);
  }
}

/** The one row of a query as a JSON object, or null when there is none. */
export function rowJson(compilation: Compilation, query: Select): Expression {
  const alias = compilation.rowAlias();
  return scalar(select({ columns: [as("json", call("row_to_json", wholeRow(alias)))], from: [derived(query, alias)] }));
}

function constantColumn({ as: name, value }: Constant): SelectColumn {
  return as(name, typeof value === "string" ? cast(text(value), "text") : constant(value));
}

/** A list of rows as JSON: a bare array, or an object of its parts. `rows` gives them afresh for each use. */
export function listJson(compilation: Compilation, rows: () => Rows, list: ListShape): Expression {
  return list.output.kind === "array" && !list.page.fromEnd
    ? arrayJson(compilation, { rows: rows(), list, selection: list.output.selection })
    : pageJson(compilation, rows, list);
}

interface ArrayRequest {
  readonly rows: Rows;
  readonly list: ListShape;
  readonly selection: Selection;
}

function arrayJson(compilation: Compilation, { rows, list, selection }: ArrayRequest): Expression {
  const cut = cutOut(compilation, rows, list);
  const alias = compilation.rowAlias();
  const columns = objectColumns(compilation, rows.scope, selection);
  const items = derived(select({ ...cut.query, columns, limit: list.page.size }), alias);
  return scalar(select({ columns: [as("json", arrayOf(wholeRow(alias)))], from: [items] }));
}

/** A list whose parts are made of the same numbered rows. */
function pageJson(compilation: Compilation, freshRows: () => Rows, list: ListShape): Expression {
  const rows = freshRows();
  const { terms, query } = cutOut(compilation, rows, list);
  const page = new PageScope(compilation, rows.scope);
  const sums = compilation.tableAlias();
  const ahead = looksAhead(list);
  const { size, fromEnd } = list.page;
  const filter: Expression | null = ahead
    ? { kind: "binary", operator: "<=", left: page.number, right: constant(size) }
    : null;
  const orderBy: readonly OrderBy[] = fromEnd ? [{ expression: page.number, descending: true }] : [];
  const outer = terms.map((term) => ({ ...term, expression: page.export(term.expression) }));
  const cursor = cursorOf(rows.scope.entity.name, list.order, outer);
  const facts = new PageFacts(list, { page, cursor, alias: sums });
  const laterals: FromItem[] = [];
  const arrays: SelectColumn[] = [];

  const array = (columns: readonly SelectColumn[]): Expression => {
    const alias = compilation.rowAlias();
    laterals.push(derived(select({ columns }), alias, true));
    const name = `list${arrays.length + 1}`;
    arrays.push(as(name, arrayOf(wholeRow(alias), { filter, orderBy })));
    return column(sums, name);
  };
  const object = (selection: Selection) => objectColumns(compilation, page, selection);
  const edge = (member: EdgeMember): SelectColumn => {
    if (member.kind === "constant") return constantColumn(member);
    if (member.kind === "cursor") return as(member.as, cursor);
    return as(member.as, rowJson(compilation, select({ columns: object(member.selection) })));
  };
  const part = (member: ListMember): SelectColumn => {
    switch (member.kind) {
      case "items":
        return as(member.as, array(object(member.selection)));
      case "edges":
        return as(member.as, array(member.members.map(edge)));
      case "page": {
        const columns = member.members.map((entry) =>
          entry.kind === "constant" ? constantColumn(entry) : as(entry.as, facts.of(entry.kind)),
        );
        return as(member.as, rowJson(compilation, select({ columns })));
      }
      case "count":
        return as(member.as, countOf(compilation, freshRows(), list));
      case "constant":
        return constantColumn(member);
    }
  };

  const columns = list.output.kind === "array" ? [] : list.output.members.map(part);
  const items = list.output.kind === "array" ? array(object(list.output.selection)) : null;
  const totals = [...arrays, ...facts.sums];
  const from: FromItem[] = [];
  if (totals.length > 0) {
    const numbered = page.from(compilation, { ...query, limit: ahead ? size + 1 : size });
    from.push(derived(select({ columns: totals, from: [numbered, ...laterals] }), sums));
  }
  return items
    ? scalar(select({ columns: [as("json", items)], from }))
    : rowJson(compilation, select({ columns, from }));
}

interface Cut {
  readonly terms: readonly Term[];
  readonly query: Omit<Select, "kind" | "columns">;
}

/** The rows of a list between its bounds and in its order, without a limit yet. */
function cutOut(compilation: Compilation, rows: Rows, { where, order, page }: ListShape): Cut {
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
  const { field, expression } = scope.at(path);
  return { field, expression, descending, nullable: path.length > 1 || !field.required };
}

function countOf(compilation: Compilation, { scope, from, where }: Rows, list: ListShape): Expression {
  const condition = list.where ? conditionOn(compilation, scope, list.where) : null;
  const columns = [as("count", aggregate("count", null))];
  return scalar(select({ columns, from, joins: scope.joins, where: and([where, condition]) }));
}

/** The values of all rows as one JSON array. */
export function arrayOf(item: Expression, options: Parameters<typeof aggregate>[2] = {}): Expression {
  return call("coalesce", aggregate("json_agg", item, options), cast(text("[]"), "json"));
}
