import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { NumericLimits } from "../../sql/ddl/Schema.ts";
import { tableName } from "../../sql/ddl/statements.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";

/** What a plan has to know of the rows that are there. Every answer is one whole number. */
export type Question =
  /** How many rows. */
  | { readonly kind: "rows"; readonly table: string }
  /** How many rows hold no value there. */
  | { readonly kind: "nulls"; readonly table: string; readonly column: string }
  /** How many rows hold a value there. */
  | { readonly kind: "values"; readonly table: string; readonly column: string }
  /** How many values (or groups of values) are held by more than one row. */
  | { readonly kind: "duplicates"; readonly table: string; readonly columns: readonly string[] }
  /** How many rows point to a row that is not there. */
  | {
      readonly kind: "orphans";
      readonly table: string;
      readonly column: string;
      readonly target: { readonly table: string; readonly column: string };
    }
  /** How many rows hold another value than these. */
  | { readonly kind: "strangers"; readonly table: string; readonly column: string; readonly choices: readonly string[] }
  /** How many numbers have more digits than the limits allow. */
  | { readonly kind: "misfits"; readonly table: string; readonly column: string; readonly limits: NumericLimits }
  /** The largest number, 0 when there is none. */
  | { readonly kind: "largest"; readonly table: string; readonly column: string };

export type Ask = (question: Question) => bigint;

/** Answers by `questionKey`. */
export type Answers = ReadonlyMap<string, bigint>;

export function questionKey(question: Question): string {
  return JSON.stringify(question);
}

/** One row with one column, `answer`, as text. */
export function questionSql(question: Question): string {
  return `SELECT (${answerSql(question)})::text AS answer`;
}

function answerSql(question: Question): string {
  const table = tableName(question.table);
  switch (question.kind) {
    case "rows":
      return `SELECT count(*) FROM ${table}`;
    case "nulls":
      return `SELECT count(*) FROM ${table} WHERE ${quoteIdentifier(question.column)} IS NULL`;
    case "values":
      return `SELECT count(*) FROM ${table} WHERE ${quoteIdentifier(question.column)} IS NOT NULL`;
    case "duplicates": {
      const columns = question.columns.map(quoteIdentifier);
      const held = columns.map((column) => `${column} IS NOT NULL`).join(" AND ");
      const groups = `SELECT FROM ${table} WHERE ${held} GROUP BY ${columns.join(", ")} HAVING count(*) > 1`;
      return `SELECT count(*) FROM (${groups}) AS repeated`;
    }
    case "orphans": {
      const column = `source.${quoteIdentifier(question.column)}`;
      const found = `SELECT FROM ${tableName(question.target.table)} AS target WHERE target.${quoteIdentifier(question.target.column)} = ${column}`;
      return `SELECT count(*) FROM ${table} AS source WHERE ${column} IS NOT NULL AND NOT EXISTS (${found})`;
    }
    case "strangers": {
      const others = question.choices.map(
        (choice) => ` AND ${quoteIdentifier(question.column)} <> ${quoteLiteral(choice)}`,
      );
      return `SELECT count(*) FROM ${table} WHERE ${quoteIdentifier(question.column)} IS NOT NULL${others.join("")}`;
    }
    case "misfits": {
      const column = quoteIdentifier(question.column);
      const { precision, scale } = question.limits;
      const fits = `${column} = round(${column}, ${scale}) AND abs(${column}) < 10::numeric ^ ${precision - scale}`;
      return `SELECT count(*) FROM ${table} WHERE NOT (${fits})`;
    }
    case "largest":
      return `SELECT coalesce(max(${quoteIdentifier(question.column)}), 0) FROM ${table}`;
  }
}
