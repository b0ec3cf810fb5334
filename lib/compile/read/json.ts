import { readableNamed } from "../../plan/catalog/Catalog.ts";
import type { EdgeMember, ListMember, ListShape, Selection, SelectionMember, SummaryShape } from "../../plan/types.ts";
import { as, binary, cast, column, constant, derived, scalar, select, text, wholeRow } from "../../sql/build.ts";
import type { Expression, FromItem, SelectColumn } from "../../sql/Sql.ts";
import { countOf, cutOut } from "./cutOut.ts";
import type { JsonPart } from "./JsonPart.ts";
import { cursorOf } from "./keyset.ts";
import { looksAhead, PageFacts } from "./PageFacts.ts";
import { PageScope } from "./PageScope.ts";
import { type Rows, relatedRows } from "./related.ts";
import { arrayOf, rowJson } from "./rowJson.ts";
import type { Compilation, Scope } from "./Scope.ts";
import { summaryParts } from "./summary/summaryParts.ts";
import { constantColumn, fieldJson } from "./valueJson.ts";

/** The columns of a row that `row_to_json` prints as the object a selection asks for. */
export function objectColumns(compilation: Compilation, scope: Scope, selection: Selection): readonly SelectColumn[] {
  return selection.map((member) => memberColumn(compilation, scope, member));
}

function memberColumn(compilation: Compilation, scope: Scope, member: SelectionMember): SelectColumn {
  switch (member.kind) {
    case "field": {
      const field = readableNamed(scope.entity, member.field);
      const value = fieldJson(compilation, scope, { field, shown: member.parts ?? null });
      const shown = member.asText ? cast(value, "text") : value;
      return as(member.as, member.prefix === undefined ? shown : binary(text(member.prefix), "||", shown));
    }
    case "one": {
      const { scope: inner, from, where } = relatedRows(compilation, scope, member.relationship);
      const columns = objectColumns(compilation, inner, member.selection);
      return as(member.as, rowJson(compilation, select({ columns, from, joins: inner.joins, where })));
    }
    case "many": {
      const rows = () => relatedRows(compilation, scope, member.relationship);
      return as(member.as, listJson(compilation, rows, member.list));
    }
    case "constant":
      return constantColumn(member);
  }
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

/** A list in an object of its parts, or an array that was read from its end. */
function pageJson(compilation: Compilation, rows: () => Rows, list: ListShape): Expression {
  const { parts, from } = pageParts(compilation, rows, list);
  const [only] = parts;
  return list.output.kind === "array" && only?.kind === "value"
    ? scalar(select({ columns: [as("json", only.expression)], from }))
    : rowJson(compilation, select({ columns: parts.map((part) => partColumn(compilation, part)), from }));
}

interface ListSummary {
  readonly list: ListShape;
  readonly summary: SummaryShape;
}

/** What all rows of a list come to, whatever its page. */
function summaryJson(compilation: Compilation, rows: Rows, { list, summary }: ListSummary): Expression {
  const { parts, from } = summaryParts(compilation, { rows, where: list.where, summary });
  return rowJson(compilation, select({ columns: parts.map((part) => partColumn(compilation, part)), from }));
}

function partColumn(compilation: Compilation, part: JsonPart): SelectColumn {
  switch (part.kind) {
    case "value":
      return as(part.as, part.expression);
    case "object": {
      const columns = part.parts.map((inner) => partColumn(compilation, inner));
      return as(part.as, rowJson(compilation, select({ columns })));
    }
    case "constant":
      return constantColumn(part);
  }
}

export interface PageParts {
  /** Of an array there is one. */
  readonly parts: readonly JsonPart[];
  readonly from: readonly FromItem[];
}

/** A list whose parts are made of the same numbered rows. */
export function pageParts(compilation: Compilation, freshRows: () => Rows, list: ListShape): PageParts {
  const rows = freshRows();
  const { terms, query } = cutOut(compilation, rows, list);
  const page = new PageScope(compilation, rows.scope);
  const sums = compilation.tableAlias();
  const ahead = looksAhead(list);
  const { size, fromEnd } = list.page;
  const filter = ahead ? binary(page.number, "<=", constant(size)) : null;
  const orderBy = fromEnd ? [{ expression: page.number, descending: true }] : [];
  const outer = terms.map((term) => ({ ...term, expression: page.export(term.expression) }));
  const cursor = cursorOf(rows.scope.entity.name, list.order, outer);
  const facts = new PageFacts(list, { page, cursor, alias: sums });
  const laterals: FromItem[] = [];
  const arrays: SelectColumn[] = [];

  const array = (name: string, columns: readonly SelectColumn[]): JsonPart => {
    const alias = compilation.rowAlias();
    laterals.push(derived(select({ columns }), alias, true));
    const sum = `list${arrays.length + 1}`;
    arrays.push(as(sum, arrayOf(wholeRow(alias), { filter, orderBy })));
    return { kind: "value", as: name, type: "json", expression: column(sums, sum) };
  };
  const edge = (member: EdgeMember): SelectColumn => {
    if (member.kind === "constant") return constantColumn(member);
    if (member.kind === "cursor") return as(member.as, cursor);
    const columns = objectColumns(compilation, page, member.selection);
    return as(member.as, rowJson(compilation, select({ columns })));
  };
  const part = (member: ListMember): JsonPart => {
    switch (member.kind) {
      case "items":
        return array(member.as, objectColumns(compilation, page, member.selection));
      case "edges":
        return array(member.as, member.members.map(edge));
      case "page":
        return {
          kind: "object",
          as: member.as,
          parts: member.members.map((fact) => (fact.kind === "constant" ? fact : facts.part(fact.kind, fact.as))),
        };
      case "count":
        return { kind: "value", as: member.as, type: "number", expression: countOf(compilation, freshRows(), list) };
      case "summary":
        return {
          kind: "value",
          as: member.as,
          type: "json",
          expression: summaryJson(compilation, freshRows(), { list, ...member }),
        };
      case "constant":
        return member;
    }
  };

  const { output } = list;
  const parts =
    output.kind === "array"
      ? [array("json", objectColumns(compilation, page, output.selection))]
      : output.members.map(part);
  const totals = [...arrays, ...facts.sums];
  if (totals.length === 0) return { parts, from: [] };
  const numbered = page.from(compilation, { ...query, limit: ahead ? size + 1 : size });
  return { parts, from: [derived(select({ columns: totals, from: [numbered, ...laterals] }), sums)] };
}
