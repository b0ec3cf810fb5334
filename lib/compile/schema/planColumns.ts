import { sameDefault } from "../../sql/ddl/columnDefault.ts";
import { printColumnType, sameColumnType } from "../../sql/ddl/columnType.ts";
import type { Column, Table } from "../../sql/ddl/Schema.ts";
import {
  addColumn,
  addIdentity,
  dropDefault,
  dropNotNull,
  fillWithUuids,
  setColumnType,
  setDefault,
} from "../../sql/ddl/statements.ts";
import { columnLabel, counted, refusal, step, tableLabel } from "./planItems.ts";
import type { Ask } from "./Question.ts";
import type { PlanItem } from "./SchemaPlan.ts";

const fillBatch = 5000;

/** One column of one table that both the database and the model have. */
interface Place {
  readonly table: Table;
  readonly label: string;
  readonly ask: Ask;
}

/** Brings the columns of a table that is there to what the model asks for. */
export function planColumns(actual: Table, desired: Table, ask: Ask): readonly PlanItem[] {
  const there = new Map(actual.columns.map((column) => [column.name, column]));
  const wanted = new Set(desired.columns.map((column) => column.name));
  return [
    ...desired.columns.flatMap((column) => {
      const place = { table: desired, label: columnLabel(desired, column), ask };
      const found = there.get(column.name);
      if (!found) return newColumn(place, column);
      const key = actual.primaryKey.columns.includes(column.name);
      return [
        ...typeChange(place, found, column),
        ...choiceChange(place, found, column),
        ...(key ? [] : nullabilityChange(place, found, column)),
        ...defaultChange(place, found, column),
      ];
    }),
    ...actual.columns.filter((column) => !wanted.has(column.name)).flatMap((column) => retiredColumn(desired, column)),
  ];
}

function newColumn({ table, label, ask }: Place, column: Column): readonly PlanItem[] {
  const { path = [] } = column;
  const at = { table: table.name, path };
  const add = (added: Column) =>
    step({ kind: "addColumn", sentence: `Adds ${label}.`, sql: addColumn(table.name, added), ...at });

  // As part of ADD COLUMN a default that differs from row to row would rewrite the table while nobody can use it.
  if (column.default?.kind === "uuid") {
    return [
      add({ ...column, nullable: true, default: null }),
      newDefault(table, label, column),
      ...fill(table, label, column),
    ];
  }
  // All other defaults are one value for all rows, kept once beside the table.
  if (column.nullable || column.default) return [add(column)];

  const rows = ask({ kind: "rows", table: table.name });
  if (rows > 0n) {
    const advice = path[1] === "relationships" ? "Make it optional" : "Give it a default or make it optional";
    const sentence = `${label} is required, but ${tableLabel(table)} already has ${counted(rows, "row", "rows")} without it. ${advice}.`;
    return [refusal("value_missing", path, sentence)];
  }
  // The version that still serves knows nothing of the column and must be able to insert; the new one sees to the value.
  return [add({ ...column, nullable: true })];
}

function typeChange({ table, label, ask }: Place, found: Column, column: Column): readonly PlanItem[] {
  if (sameColumnType(found.type, column.type)) return [];
  const { path = [] } = column;
  const at = { table: table.name, path };
  if (found.type.kind === "numeric" && column.type.kind === "numeric") {
    const [from, to] = [found.type.limits, column.type.limits];
    if (from && (!to || (to.scale === from.scale && to.precision > from.precision))) {
      const sentence = `Lets ${label} hold more digits.`;
      return [
        step({ kind: "setColumnType", sentence, sql: setColumnType(table.name, column.name, column.type), ...at }),
      ];
    }
    // Narrower: the column stays as wide as it is and the runtime holds the limits, once what is there keeps them.
    if (to && (!from || to.scale === from.scale)) {
      const misfits = ask({ kind: "misfits", table: table.name, column: column.name, limits: to });
      if (misfits === 0n) return [];
      const sentence = `${counted(misfits, "value", "values")} of ${label} ${misfits === 1n ? "has" : "have"} more digits than ${printColumnType(column.type)} holds. Change them, or keep the old precision and scale.`;
      return [refusal("values_too_long", path, sentence)];
    }
  }
  const sentence = `${label} is stored in the column "${column.name}" of "${table.name}", which holds ${printColumnType(found.type)} and cannot become ${printColumnType(column.type)}. Add a new attribute with a column of its own and copy the values.`;
  return [refusal("type_changed", path, sentence)];
}

/** The options of a choice are the model's alone, so whether one was taken away shows in the rows only. */
function choiceChange({ table, label, ask }: Place, found: Column, column: Column): readonly PlanItem[] {
  if (!column.choices || found.type.kind !== "text") return [];
  const strangers = ask({ kind: "strangers", table: table.name, column: column.name, choices: column.choices });
  if (strangers === 0n) return [];
  const sentence = `${counted(strangers, "row holds", "rows hold")} a value in ${label} that is none of its options. Change ${strangers === 1n ? "it" : "them"} first, or keep the option.`;
  return [refusal("values_unknown", column.path, sentence)];
}

function nullabilityChange({ table, label, ask }: Place, found: Column, column: Column): readonly PlanItem[] {
  const { path = [] } = column;
  if (found.nullable === column.nullable) return [];
  if (column.nullable) {
    const sentence = `Lets ${label} be empty.`;
    return [
      step({ kind: "dropNotNull", sentence, sql: dropNotNull(table.name, column.name), table: table.name, path }),
    ];
  }
  // Required by the model, not by the column: the runtime refuses empty values, and an older version may still write them.
  const nulls = ask({ kind: "nulls", table: table.name, column: column.name });
  if (nulls === 0n) return [];
  if (column.default?.kind === "uuid") return fill(table, label, column);
  const sentence = `${label} is required now, but ${counted(nulls, "row has", "rows have")} no value there. Fill ${nulls === 1n ? "it" : "them"} in or leave it optional.`;
  return [refusal("values_missing", path, sentence)];
}

function defaultChange({ table, label, ask }: Place, found: Column, column: Column): readonly PlanItem[] {
  if (sameDefault(found.default, column.default)) return [];
  const at = { table: table.name, path: column.path ?? [] };
  const drop = dropDefault(table.name, column.name);
  // Rows can be numbered as before by a version that expects it; others bring their numbers.
  if (found.default?.kind === "identity") return [];
  if (column.default?.kind === "identity") {
    const start = ask({ kind: "largest", table: table.name, column: column.name }) + 1n;
    const number = step({
      kind: "addIdentity",
      sentence: `Lets the database number ${label} from ${start}.`,
      sql: addIdentity(table.name, column.name, String(start)),
      ...at,
    });
    if (!found.default) return [number];
    return [step({ kind: "dropDefault", sentence: `Takes the default of ${label} away.`, sql: drop, ...at }), number];
  }
  if (!column.default) {
    // Where a value is required none is ever left to the default, but an older version may count on it.
    if (!column.nullable) return [];
    const sentence = `Takes the default of ${label} away.`;
    return [step({ kind: "dropDefault", when: "afterSwitch", sentence, sql: drop, ...at })];
  }
  return [newDefault(table, label, column, found.default ? "afterSwitch" : "beforeSwitch")];
}

function newDefault(
  table: Table,
  label: string,
  column: Column,
  when: "beforeSwitch" | "afterSwitch" = "beforeSwitch",
): PlanItem {
  if (!column.default || column.default.kind === "identity")
    throw new Error("Only an expression can be set as default.");
  return step({
    kind: "setDefault",
    when,
    sentence: `Sets the default of ${label}.`,
    sql: setDefault(table.name, column, column.default),
    table: table.name,
    path: column.path ?? [],
  });
}

function fill(table: Table, label: string, column: Column): readonly PlanItem[] {
  if (column.nullable) return [];
  return [
    step({
      kind: "fillColumn",
      sentence: `Gives every row without ${label} a new one.`,
      sql: fillWithUuids(table.name, column.name, fillBatch),
      cost: "writes the table",
      transactional: true,
      repeat: true,
      table: table.name,
      path: column.path ?? [],
    }),
  ];
}

/** It keeps its values; the new version, which does not know it, must be able to insert rows without it. */
function retiredColumn(table: Table, column: Column): readonly PlanItem[] {
  const retired: PlanItem = { retired: { table: table.name, column: column.name, type: column.type } };
  if (column.nullable || column.default || table.primaryKey.columns.includes(column.name)) return [retired];
  const sentence = `Keeps the values of "${column.name}", which ${tableLabel(table)} no longer has, and lets new rows come without.`;
  const sql = dropNotNull(table.name, column.name);
  return [retired, step({ kind: "dropNotNull", sentence, sql, table: table.name, path: table.path ?? [] })];
}
