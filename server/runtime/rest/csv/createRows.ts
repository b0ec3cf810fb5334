import type { Field } from "#lib/plan/catalog/Catalog.ts";
import type { CreateManyShape } from "#lib/plan/types.ts";
import { planReadRows } from "#lib/plan/write/planWrite.ts";
import { readNewRecord } from "#lib/plan/write/readNewRecord.ts";
import { rulesOf } from "#lib/plan/write/rulesOf.ts";
import { fieldValues } from "#lib/plan/write/shapes.ts";
import { requestOf, type WriteContext } from "#lib/plan/write/WriteContext.ts";
import type { Cell } from "./CsvParser.ts";
import { cellInput } from "./cellInput.ts";
import { isPlain, PlainColumns, type PlainRow } from "./plainColumns.ts";
import type { RowWriter } from "./RowWriter.ts";

type Stored = ReadonlyMap<string, string | null>;

/**
 * New records of rows whose columns are for the fields. An empty cell is null; where the field needs a value, it is as if
 * the row had no such column.
 */
export function createRows(fields: readonly Field[], context: WriteContext): RowWriter<unknown> {
  return isPlain(fields, context) ? plainRows(fields, context) : ruledRows(fields, context);
}

/** Rows as every other list of new records is read. */
function ruledRows(fields: readonly Field[], context: WriteContext): RowWriter<Stored> {
  const read = recordReader(fields, context);
  const request = requestOf(context);
  const given = fields.map(({ name }) => name).sort();
  return {
    read(cells) {
      const { values, errors, told } = read(cells);
      return errors.length > 0 ? { refusals: told() } : values;
    },
    plans(rows) {
      const { shape, ...rest } = planReadRows(rows, { context, request, given });
      return [{ ...rest, shape: { ...(shape as CreateManyShape), answers: "count" } }];
    },
    created: (rows) => rows.length,
  };
}

function recordReader(fields: readonly Field[], context: WriteContext) {
  const { catalog, entity } = context;
  const parts = { catalog, entity, rules: rulesOf(catalog, entity, "create"), prefix: "", request: requestOf(context) };
  return (cells: readonly Cell[]) => {
    const input: Record<string, unknown> = {};
    fields.forEach((field, index) => {
      const value = cellInput(field.type, cells[index] ?? null);
      if (value !== null || !isLeftOut(field)) input[field.name] = value;
    });
    return readNewRecord(input, parts);
  };
}

/** Whether a row without a value for the field gets its default. */
function isLeftOut({ required, attribute }: Field): boolean {
  return required && attribute?.default !== undefined;
}

/** Rows of plain records. Those that are refused are read again by all the rules. */
function plainRows(fields: readonly Field[], context: WriteContext): RowWriter<PlainRow> {
  const slow = recordReader(fields, context);
  const { now } = requestOf(context);
  const columns = new PlainColumns(fields, context, { fills: true });
  const names = fields.map(({ name }) => name);
  const shape: CreateManyShape = {
    kind: "createMany",
    given: names.toSorted(),
    resource: context.entity.name,
    fields: names,
    rows: 0,
    layout: "columns",
    shared: fieldValues(
      columns.constants.map(([name]) => name),
      names.length,
    ),
    answers: "count",
    selection: [],
  };
  return {
    read: (cells) => columns.read(cells) ?? { refusals: slow(cells).told() },
    plans: (rows) => [{ shape, parameters: columns.parameters(rows), now }],
    created: (rows) => rows.length,
  };
}
