import type { RowColumn } from "#lib/plan/read/columnsOf.ts";
import type { RowTexts } from "../../bulk/Bulk.ts";
import { escapeFormula, mayHoldFormula } from "./formulas.ts";

/** How the values of one column are written. */
export interface PrintedColumn {
  /** Nothing in them ever needs quotes. */
  readonly plain: boolean;
  readonly escapes: boolean;
}

const plainKinds = new Set([
  "integer",
  "bigint",
  "decimal",
  "boolean",
  "date",
  "time",
  "timestamp",
  "duration",
  "uuid",
  "money",
]);

export function printedColumn({ field: { type } }: RowColumn, escapes: boolean): PrintedColumn {
  return { plain: plainKinds.has(type.kind), escapes: escapes && mayHoldFormula(type) };
}

export function printHeader(columns: readonly RowColumn[]): Buffer {
  return Buffer.from(`${columns.map(({ path }) => path.join(".")).join()}\r\n`);
}

const special = /[",\r\n]/;

/** Null is nothing at all, an empty text a pair of quotes. Texts are handled as one character per byte. */
export function printRows(rows: readonly RowTexts[], columns: readonly PrintedColumn[]): Buffer {
  let text = "";
  for (const row of rows) {
    for (let index = 0; index < columns.length; index++) {
      if (index > 0) text += ",";
      const cell = row[index];
      const column = columns[index];
      if (!cell || !column) continue;
      const plain = cell.toString("latin1");
      text += column.plain ? plain : quoted(column.escapes ? escapeFormula(plain) : plain);
    }
    text += "\r\n";
  }
  return Buffer.from(text, "latin1");
}

function quoted(text: string): string {
  if (text === "") return '""';
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
