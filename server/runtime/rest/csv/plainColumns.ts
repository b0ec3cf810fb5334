import type { Field } from "#lib/plan/catalog/Catalog.ts";
import { columnLiteral } from "#lib/plan/values/columnLiteral.ts";
import { readAttribute } from "#lib/plan/values/readAttribute.ts";
import { literalDefault, momentaryDefault } from "#lib/plan/write/defaults.ts";
import { rulesOf } from "#lib/plan/write/rulesOf.ts";
import { tenantValue } from "#lib/plan/write/tenantValue.ts";
import { requestOf, type WriteContext } from "#lib/plan/write/WriteContext.ts";
import type { Cell } from "./CsvParser.ts";
import { cellInput } from "./cellInput.ts";

/** Stored texts of a row, in the order of its columns. */
export type PlainRow = readonly (string | null)[];

/**
 * Whether new records are no more than their values and the literals that stand in for those left out: then each column
 * is read by itself and goes to the database as it is.
 */
export function isPlain(fields: readonly Field[], { catalog, entity }: WriteContext): boolean {
  const { set } = rulesOf(catalog, entity, "create");
  const worksOut = [...entity.fields.values()].some(({ attribute }) => attribute?.default?.kind === "expression");
  const state = entity.resource.states?.attribute;
  return set.length === 0 && !worksOut && !fields.some(({ name }) => name === state);
}

/** The columns of plain records. */
export class PlainColumns {
  readonly #readers: readonly CellReader[];
  /** Fields without a column that have the same value in all rows, and those values. */
  readonly constants: readonly (readonly [field: string, text: string | null])[];

  /** `fills`: whether an empty cell of a field that needs a value takes its default. */
  constructor(fields: readonly Field[], context: WriteContext, { fills }: { readonly fills: boolean }) {
    const { entity, catalog } = context;
    const { model } = catalog;
    const { actor, now } = requestOf(context);
    this.#readers = fields.map((field) => cellReader(field, { model, now, fills }));
    const tenant = tenantValue(entity, actor);
    const given = new Set(fields.map(({ name }) => name));
    this.constants = [...entity.fields.values()].flatMap((field): (readonly [string, string | null])[] => {
      if (given.has(field.name)) return [];
      const text = tenant?.field === field.name ? tenant.text : literalDefault(field, model);
      return text === undefined ? [] : [[field.name, text]];
    });
  }

  /** Null where some cell is refused. */
  read(cells: readonly Cell[]): PlainRow | null {
    const values = new Array<string | null>(this.#readers.length);
    for (let index = 0; index < values.length; index++) {
      const text = this.#readers[index]?.(cells[index] ?? null);
      if (text === undefined) return null;
      values[index] = text;
    }
    return values;
  }

  /** One array literal for each column, then the constants. */
  parameters(rows: readonly PlainRow[]): readonly (string | null)[] {
    const columns = this.#readers.map((_, index) => columnLiteral(rows.map((values) => values[index] ?? null)));
    return [...columns, ...this.constants.map(([, text]) => text)];
  }
}

/** The stored text of a cell; undefined where it is refused. */
type CellReader = (cell: Cell) => string | null | undefined;

interface Reading {
  readonly model: WriteContext["catalog"]["model"];
  readonly now: string;
  readonly fills: boolean;
}

function cellReader(field: Field, { model, now, fills }: Reading): CellReader {
  const { type, required } = field;
  const limited = field.attribute ?? field;
  const literal = literalDefault(field, model);
  const missing = () => {
    if (!required) return null;
    if (!fills) return undefined;
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
