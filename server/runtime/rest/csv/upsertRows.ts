import { AppError } from "#lib/errors/AppError.ts";
import type { Field } from "#lib/plan/catalog/Catalog.ts";
import type { UpsertShape, WritePlan } from "#lib/plan/types.ts";
import { planUpsert } from "#lib/plan/write/planUpsert.ts";
import { fieldValues } from "#lib/plan/write/shapes.ts";
import { splitUpsert } from "#lib/plan/write/splitUpsert.ts";
import { requestOf, type WriteContext } from "#lib/plan/write/WriteContext.ts";
import type { Cell } from "./CsvParser.ts";
import { cellInput } from "./cellInput.ts";
import { isPlain, PlainColumns, type PlainRow } from "./plainColumns.ts";
import type { Refused, RowWriter } from "./RowWriter.ts";

/** Rows that create a record or change the one with the same values in the fields of `by`. An empty cell is null. */
export function upsertRows(fields: readonly Field[], by: readonly string[], context: WriteContext): RowWriter<unknown> {
  const planOf = (cells: readonly Cell[]): WritePlan => {
    const inputs = fields.map((field, index) => [field.name, cellInput(field.type, cells[index] ?? null)]);
    return planUpsert(by, Object.fromEntries(inputs), context);
  };
  return isPlain(fields, context) ? plainRows(fields, { by, context, planOf }) : ruledRows(planOf);
}

type PlanOf = (cells: readonly Cell[]) => WritePlan;

/** Each row by itself, as every other upsert. */
function ruledRows(planOf: PlanOf): RowWriter<{ readonly plan: WritePlan }> {
  return {
    read: (cells) => orRefused(() => ({ plan: planOf(cells) })),
    plans: (rows) => rows.map(({ plan }) => plan),
    created: (_, answers) => answers.filter((answer) => answer && splitUpsert(answer).created).length,
  };
}

interface Upserting {
  readonly by: readonly string[];
  readonly context: WriteContext;
  readonly planOf: PlanOf;
}

interface Row {
  readonly values: PlainRow;
  readonly cells: readonly Cell[];
}

/** Rows of plain records together; what is refused is tried again in parts, and a single row as every other upsert. */
function plainRows(fields: readonly Field[], { by, context, planOf }: Upserting): RowWriter<Row> {
  const { entity } = context;
  const { now } = requestOf(context);
  const columns = new PlainColumns(fields, context, { fills: false });
  const names = fields.map(({ name }) => name);
  const identity = by.map((name) => names.indexOf(name));
  const state = entity.resource.states?.attribute;
  const shape: UpsertShape = {
    kind: "upsert",
    given: names.toSorted(),
    resource: entity.name,
    by,
    set: fieldValues(names, 0),
    change: fields
      .filter(({ name, attribute }) => {
        const stays = by.includes(name) || name === entity.key.name || name === state;
        return !stays && attribute?.writable !== "writeOnce";
      })
      .map(({ name }) => name),
    layout: "columns",
    shared: fieldValues(
      columns.constants.map(([name]) => name),
      names.length,
    ),
    selection: [],
  };
  return {
    read(cells) {
      const values = columns.read(cells);
      if (values && identity.every((index) => (values[index] ?? null) !== null)) return { values, cells };
      return orRefused(() => {
        planOf(cells);
        throw new Error("A row was refused that can be planned.");
      });
    },
    plans(rows) {
      const [first] = rows;
      if (first && rows.length === 1) return [planOf(first.cells)];
      return [{ shape, parameters: columns.parameters(rows.map(({ values }) => values)), now }];
    },
    created(rows, [answer]) {
      if (!answer) throw new Error("An upsert answered nothing.");
      if (rows.length === 1) return splitUpsert(answer).created ? 1 : 0;
      const { written, created } = JSON.parse(Buffer.from(answer).toString("utf8")) as Written;
      if (written < rows.length) throw new AppError("conflict", "Some of these records may not be changed.");
      return created;
    },
  };
}

interface Written {
  readonly written: number;
  readonly created: number;
}

function orRefused<Result>(read: () => Result): Result | Refused {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && error.fields.length > 0) return { refusals: error.fields };
    throw error;
  }
}
