import { AppError } from "#lib/errors/AppError.ts";
import type { Field } from "#lib/plan/catalog/Catalog.ts";
import type { WritePlan } from "#lib/plan/types.ts";
import { planUpsert } from "#lib/plan/write/planUpsert.ts";
import { splitUpsert } from "#lib/plan/write/splitUpsert.ts";
import type { WriteContext } from "#lib/plan/write/WriteContext.ts";
import { cellInput } from "./cellInput.ts";
import type { RowWriter } from "./RowWriter.ts";

/** Rows that create a record or change the one with the same values in the fields of `by`. An empty cell is null. */
export function upsertRows(
  fields: readonly Field[],
  by: readonly string[],
  context: WriteContext,
): RowWriter<{ readonly plan: WritePlan }> {
  return {
    read(cells) {
      const input = Object.fromEntries(
        fields.map((field, index) => [field.name, cellInput(field.type, cells[index] ?? null)]),
      );
      try {
        return { plan: planUpsert(by, input, context) };
      } catch (error) {
        if (error instanceof AppError && error.fields.length > 0) return { refusals: error.fields };
        throw error;
      }
    },
    plans: (rows) => rows.map(({ plan }) => plan),
    created: (_, answers) => answers.filter((answer) => answer && splitUpsert(answer).created).length,
  };
}
