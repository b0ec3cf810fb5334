import type { FieldError } from "#lib/errors/AppError.ts";
import type { WritePlan } from "#lib/plan/types.ts";
import type { Cell } from "./CsvParser.ts";

/** Makes plans of the rows of a table. */
export interface RowWriter<Row> {
  /** The row's values, or all that is wrong with them. */
  read(cells: readonly Cell[]): Row | Refused;
  /** What writes some rows, each plan only once the one before is done. */
  plans(rows: readonly Row[]): readonly WritePlan[];
  /**
   * How many records the plans have created, by what they answered; the others are changed ones. Throws AppError where
   * they have left some out.
   */
  created(rows: readonly Row[], answers: readonly (Uint8Array | null)[]): number;
}

export interface Refused {
  readonly refusals: readonly FieldError[];
}

export function isRefused(row: unknown): row is Refused {
  return typeof row === "object" && row !== null && "refusals" in row;
}
