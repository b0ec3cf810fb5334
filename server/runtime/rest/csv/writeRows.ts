import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import type { Actor } from "#lib/plan/types.ts";
import type { BulkChange } from "../../bulk/Bulk.ts";
import type { ImportReport } from "./ImportReport.ts";
import type { RowWriter } from "./RowWriter.ts";

export interface SourceRow<Row> {
  readonly row: Row;
  readonly line: number;
}

export interface Writing<Row> {
  readonly writer: RowWriter<Row>;
  readonly change: BulkChange;
  readonly actor: Actor;
  readonly report: ImportReport;
}

/**
 * Writes rows together. Where that is refused, those that are to blame are told of and the others are written: by the
 * places that the refusal names, else by writing half of them at a time.
 */
export async function writeRows<Row>(rows: readonly SourceRow<Row>[], writing: Writing<Row>): Promise<void> {
  const { report } = writing;
  if (rows.length === 0 || report.isFull) return;
  const error = await attempt(rows, writing);
  if (!error) return;
  const [first] = rows;
  if (first && rows.length === 1) {
    report.fail(first.line, error.code, ownErrors(error));
    return;
  }
  const placed = errorsByPlace(error);
  if (placed) {
    for (const [place, errors] of placed) report.fail(rows[place]?.line ?? 0, error.code, errors);
    return writeRows(
      rows.filter((_, place) => !placed.has(place)),
      writing,
    );
  }
  const half = Math.ceil(rows.length / 2);
  await writeRows(rows.slice(0, half), writing);
  await writeRows(rows.slice(half), writing);
}

/** Null where all was written; what is no matter of the rows is thrown on. */
async function attempt<Row>(rows: readonly SourceRow<Row>[], writing: Writing<Row>): Promise<AppError | null> {
  const { writer, change, actor, report } = writing;
  const own = rows.map(({ row }) => row);
  try {
    const created = await change.attempt(async () => {
      // They go off together and are done in turn. What follows a refusal is refused too, and has to be waited for.
      const settled = await Promise.allSettled(writer.plans(own).map((plan) => change.run(actor, plan)));
      const answers = settled.map((one) => {
        if (one.status === "rejected") throw one.reason;
        return one.value;
      });
      return writer.created(own, answers);
    });
    report.created += created;
    report.updated += rows.length - created;
    return null;
  } catch (error) {
    if (error instanceof AppError && isOfRows(error)) return error;
    throw error;
  }
}

/** What another row might not meet with. */
function isOfRows({ code }: AppError): boolean {
  switch (code) {
    case "invalid_input":
    case "conflict":
    case "forbidden":
    case "forbidden_field":
    case "illegal_transition":
    case "invalid_request":
      return true;
    default:
      return false;
  }
}

const placeAtStart = /^(\d+)(?:\.|$)/;

/** The errors of each row, without its place; null where some do not say which row they are about. */
function errorsByPlace({ fields }: AppError): ReadonlyMap<number, readonly FieldError[]> | null {
  const placed = new Map<number, FieldError[]>();
  for (const error of fields) {
    const match = placeAtStart.exec(error.field);
    if (!match) return null;
    const place = Number(match[1]);
    placed.set(place, [...(placed.get(place) ?? []), { ...error, field: error.field.slice(match[0].length) }]);
  }
  return placed.size > 0 ? placed : null;
}

/** Of one row alone. */
function ownErrors(error: AppError): readonly FieldError[] {
  if (error.fields.length === 0) return [{ field: "", rule: error.code, message: error.message }];
  return error.fields.map((each) => ({ ...each, field: each.field.replace(placeAtStart, "") }));
}
