import type { Field } from "#lib/plan/catalog/Catalog.ts";
import type { CreateManyShape, WritePlan } from "#lib/plan/types.ts";
import { columnLiteral } from "#lib/plan/values/columnLiteral.ts";
import { readAttribute } from "#lib/plan/values/readAttribute.ts";
import { literalDefault, momentaryDefault } from "#lib/plan/write/defaults.ts";
import { planReadRows } from "#lib/plan/write/planWrite.ts";
import { readNewRecord } from "#lib/plan/write/readNewRecord.ts";
import { rulesOf } from "#lib/plan/write/rulesOf.ts";
import { tenantValue } from "#lib/plan/write/tenantValue.ts";
import { requestOf, type WriteContext } from "#lib/plan/write/WriteContext.ts";
import type { Cell } from "./CsvParser.ts";
import { cellInput } from "./cellInput.ts";
import type { RowWriter } from "./RowWriter.ts";

type Stored = ReadonlyMap<string, string | null>;

/**
 * New records of rows whose columns are for the fields. An empty cell is null; where the field needs a value, it is as if
 * the row had no such column.
 */
export function createRows(fields: readonly Field[], context: WriteContext): RowWriter<unknown> {
  const { entity } = context;
  const { set } = rulesOf(context.catalog, entity, "create");
  const worksOut = [...entity.fields.values()].some(({ attribute }) => attribute?.default?.kind === "expression");
  const state = entity.resource.states?.attribute;
  const isPlain = set.length === 0 && !worksOut && !fields.some(({ name }) => name === state);
  return isPlain ? plainRows(fields, context) : ruledRows(fields, context);
}

/** Rows as every other list of new records is read. */
export function ruledRows(fields: readonly Field[], context: WriteContext): RowWriter<Stored> {
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

/**
 * The same for records that are no more than their values and the literals that stand in for those left out: then each
 * column is read by itself and goes to the database as it is. Rows that are refused are read again by all the rules.
 */
function plainRows(fields: readonly Field[], context: WriteContext): RowWriter<readonly (string | null)[]> {
  const { catalog, entity } = context;
  const { model } = catalog;
  const slow = recordReader(fields, context);
  const { actor, now } = requestOf(context);
  const readers = fields.map((field) => cellReader(field, { model, now }));
  const tenant = tenantValue(entity, actor);
  const given = new Set(fields.map(({ name }) => name));
  const constants = [...entity.fields.values()].flatMap((field): (readonly [string, string | null])[] => {
    if (given.has(field.name)) return [];
    const text = tenant?.field === field.name ? tenant.text : literalDefault(field, model);
    return text === undefined ? [] : [[field.name, text]];
  });
  const shape: CreateManyShape = {
    kind: "createMany",
    given: [...given].sort(),
    resource: entity.name,
    fields: [...given],
    rows: 0,
    layout: "columns",
    shared: constants.map(([field], index) => ({ field, parameter: fields.length + index })),
    answers: "count",
    selection: [],
  };
  const texts = constants.map(([, text]) => text);
  return {
    read(cells) {
      const values = new Array<string | null>(readers.length);
      for (let index = 0; index < readers.length; index++) {
        const text = readers[index]?.(cells[index] ?? null);
        if (text === undefined) return { refusals: slow(cells).told() };
        values[index] = text;
      }
      return values;
    },
    plans(rows) {
      const columns = readers.map((_, index) => columnLiteral(rows.map((values) => values[index] ?? null)));
      return [{ shape, parameters: [...columns, ...texts], now } satisfies WritePlan];
    },
    created: (rows) => rows.length,
  };
}

interface Reading {
  readonly model: WriteContext["catalog"]["model"];
  readonly now: string;
}

/** The stored text of a cell; undefined where it is refused. */
function cellReader(field: Field, { model, now }: Reading): (cell: Cell) => string | null | undefined {
  const { type, required } = field;
  const limited = field.attribute ?? field;
  const literal = literalDefault(field, model);
  const missing = () => {
    if (!required) return null;
    if (literal !== undefined) return literal ?? undefined;
    return momentaryDefault(field, now) ?? undefined;
  };
  return (cell) => {
    const input = cellInput(type, cell);
    if (input === null) return missing();
    const reading = readAttribute(limited, input, model);
    return "text" in reading ? reading.text : undefined;
  };
}
