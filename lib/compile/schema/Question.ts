import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { NumericLimits, ValueLimits } from "../../sql/ddl/Schema.ts";
import { tableName } from "../../sql/ddl/statements.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";

/** A value of a row as SQL over the columns of its table, which need not be there as a column yet. */
export type ValueSql = string;

/** What a plan has to know of the rows that are there: how many there are of a kind, and the first few of them. */
export type Question =
  /** Rows. */
  | { readonly kind: "rows"; readonly table: string }
  /** Rows without a value there. */
  | { readonly kind: "nulls"; readonly table: string; readonly value: ValueSql; readonly examples: Examples }
  /** Rows with a value there. */
  | { readonly kind: "values"; readonly table: string; readonly value: ValueSql; readonly examples: Examples }
  /** Values (or groups of values) that more than one row holds. */
  | {
      readonly kind: "duplicates";
      readonly table: string;
      readonly values: readonly ValueSql[];
      /** Only among the rows of which this holds. */
      readonly where?: string;
      readonly examples: Examples;
    }
  /** Rows that point to a row that is not there. */
  | {
      readonly kind: "orphans";
      readonly table: string;
      readonly column: string;
      readonly target: { readonly table: string; readonly column: string };
    }
  /** Rows that hold another value than these. */
  | {
      readonly kind: "strangers";
      readonly table: string;
      readonly value: ValueSql;
      readonly choices: readonly string[];
      readonly examples: Examples;
    }
  /** Numbers with more digits than the limits allow. */
  | {
      readonly kind: "misfits";
      readonly table: string;
      readonly value: ValueSql;
      readonly limits: NumericLimits;
      readonly examples: Examples;
    }
  /** Values outside the limits. */
  | {
      readonly kind: "outside";
      readonly table: string;
      readonly value: ValueSql;
      readonly limits: ValueLimits;
      readonly examples: Examples;
    }
  /** Values of `from` that have become none in `value`. */
  | {
      readonly kind: "unconvertible";
      readonly table: string;
      readonly from: ValueSql;
      readonly value: ValueSql;
      readonly examples: Examples;
    }
  /** Counts nothing: the answer's count is the largest number, 0 when there is none. */
  | { readonly kind: "largest"; readonly table: string; readonly column: string };

/** What of a row a sentence may show: the value in question, or (of secret or missing ones) the columns of its key, or none. */
export type Examples = "values" | { readonly key: readonly string[] };

export interface Answer {
  readonly count: bigint;
  /** At most `mostExamples`, shortened. */
  readonly examples: readonly string[];
}

export type Ask = (question: Question) => Answer;

/** Answers by `questionKey`. */
export type Answers = ReadonlyMap<string, Answer>;

export const nothingFound: Answer = { count: 0n, examples: [] };

const mostExamples = 3;
const longestExample = 40;

export function questionKey(question: Question): string {
  return JSON.stringify(question);
}

/** One row: `count` as text, and `examples`, a JSON array of texts. */
export function questionSql(question: Question): string {
  if (question.kind === "largest") {
    const largest = `SELECT coalesce(max(${quoteIdentifier(question.column)}), 0) FROM ${tableName(question.table)}`;
    return `SELECT (${largest})::text AS count, '[]'::json AS examples`;
  }
  const shown = `CASE WHEN char_length(example) > ${longestExample} THEN left(example, ${longestExample}) || '…' ELSE example END`;
  // Counted and shown in one pass, without keeping what was found.
  return (
    `SELECT count(*)::text AS count, coalesce(json_agg(${shown}) FILTER (WHERE place <= ${mostExamples} AND example IS NOT NULL), '[]') AS examples ` +
    `FROM (SELECT example, row_number() OVER () AS place FROM (${foundSql(question)}) AS found) AS numbered`
  );
}

/** One row with `example` for each thing that the question is about. */
function foundSql(question: Exclude<Question, { kind: "largest" }>): string {
  const table = tableName(question.table);
  const rows = (example: string, where: string) => `SELECT ${example} AS example FROM ${table} WHERE ${where}`;
  switch (question.kind) {
    case "rows":
      return `SELECT NULL::text AS example FROM ${table}`;
    case "nulls":
      return rows(exampleOf(question), `${question.value} IS NULL`);
    case "values":
      return rows(exampleOf(question), `${question.value} IS NOT NULL`);
    case "duplicates": {
      const { values, where, examples } = question;
      const held = [...values.map((value) => `(${value}) IS NOT NULL`), ...(where ? [`(${where})`] : [])].join(" AND ");
      const example =
        examples === "values"
          ? `concat_ws(' + ', ${values.map((value) => `(${value})::text`).join(", ")})`
          : "NULL::text";
      return `SELECT ${example} AS example FROM ${table} WHERE ${held} GROUP BY ${values.join(", ")} HAVING count(*) > 1 ORDER BY 1`;
    }
    case "orphans": {
      const column = `source.${quoteIdentifier(question.column)}`;
      const found = `SELECT FROM ${tableName(question.target.table)} AS target WHERE target.${quoteIdentifier(question.target.column)} = ${column}`;
      return `SELECT ${column}::text AS example FROM ${table} AS source WHERE ${column} IS NOT NULL AND NOT EXISTS (${found})`;
    }
    case "strangers": {
      const others = question.choices.map((choice) => ` AND ${question.value} <> ${quoteLiteral(choice)}`);
      return rows(exampleOf(question), `${question.value} IS NOT NULL${others.join("")}`);
    }
    case "misfits": {
      const { precision, scale } = question.limits;
      const { value } = question;
      return rows(
        exampleOf(question),
        `NOT (${value} = round(${value}, ${scale}) AND abs(${value}) < 10::numeric ^ ${precision - scale})`,
      );
    }
    case "outside":
      return rows(exampleOf(question), `NOT (${withinLimits(question.value, question.limits)})`);
    case "unconvertible":
      return rows(
        exampleOf({ ...question, value: question.from }),
        `${question.from} IS NOT NULL AND ${question.value} IS NULL`,
      );
  }
}

function exampleOf({ value, examples }: { readonly value: ValueSql; readonly examples: Examples }): string {
  if (examples === "values") return `(${value})::text`;
  if (examples.key.length === 0) return "NULL::text";
  return `concat_ws(' + ', ${examples.key.map((column) => `${quoteIdentifier(column)}::text`).join(", ")})`;
}

function withinLimits(value: ValueSql, limits: ValueLimits): string {
  const { type, min, max, minLength, maxLength } = limits;
  return [
    ...(min === undefined ? [] : [`${value} >= ${quoteLiteral(min)}::${type}`]),
    ...(max === undefined ? [] : [`${value} <= ${quoteLiteral(max)}::${type}`]),
    ...(minLength === undefined ? [] : [`char_length(${value}) >= ${minLength}`]),
    ...(maxLength === undefined ? [] : [`char_length(${value}) <= ${maxLength}`]),
  ].join(" AND ");
}
