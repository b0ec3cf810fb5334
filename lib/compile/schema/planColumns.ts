import { sameDefault } from "../../sql/ddl/columnDefault.ts";
import type { Column, Retirement, Table } from "../../sql/ddl/Schema.ts";
import { addColumn, addIdentity, dropDefault, dropNotNull, setDefault } from "../../sql/ddl/statements.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";
import { columnsOf, currentOf, storedNameOf } from "./columnGroup.ts";
import { type Place, typeChange, valueRules } from "./columnRules.ts";
import { filling, fillSteps, fillWithUuids } from "./fillColumns.ts";
import { planChangedType } from "./planChangedType.ts";
import { columnLabel, counted, refusal, step, suchAs, tableLabel } from "./planItems.ts";
import { planRetiredColumn, planUsedAgain } from "./planRetired.ts";
import type { Ask } from "./Question.ts";
import type { PlanItem } from "./SchemaPlan.ts";

export interface ColumnContext {
  readonly ask: Ask;
  /** The table as the release that serves has it. */
  readonly live: Table | undefined;
  readonly retirement: Retirement;
}

/** Brings the columns of a table that is there to what the model asks for. */
export function planColumns(actual: Table, desired: Table, context: ColumnContext): readonly PlanItem[] {
  const { ask, live, retirement } = context;
  const there = new Map(actual.columns.map((column) => [column.name, column]));
  const wanted = new Set(desired.columns.map((column) => column.name));
  const replaced = new Set<string>();
  const planned = desired.columns.flatMap((column) => {
    const examples = column.sensitive ? { key: actual.primaryKey.columns } : ("values" as const);
    const place = { table: desired, actual, label: columnLabel(desired, column), ask, live, examples };
    const found = there.get(column.name);
    const others = columnsOf(actual, storedNameOf(column)).filter(({ name }) => name !== column.name);
    const isKey = actual.primaryKey.columns.includes(column.name);
    if (others.length > 0 && column.fill === undefined && !isKey) {
      for (const { name } of others) replaced.add(name);
      const current = currentOf(columnsOf(actual, storedNameOf(column)), live);
      return [...planChangedType(place, column, { found, others, current }), ...planUsedAgain(place, found)];
    }
    if (!found) return newColumn(place, column);
    return [
      ...typeChange(place, found, column),
      ...valueRules(place, column, quoteIdentifier(found.name)),
      ...(isKey ? [] : nullabilityChange(place, found, column)),
      ...defaultChange(place, found, column),
      ...filling(place, found, column),
      ...planUsedAgain(place, found),
    ];
  });
  const retired = actual.columns
    .filter((column) => !wanted.has(column.name))
    .flatMap((column) =>
      planRetiredColumn(actual, desired, { column, retirement, isReplaced: replaced.has(column.name) }),
    );
  return [...planned, ...retired];
}

function newColumn({ table, label, ask }: Place, column: Column): readonly PlanItem[] {
  const { path = [] } = column;
  const at = { table: table.name, path };
  const add = (added: Column) =>
    step({ kind: "addColumn", sentence: `Adds ${label}.`, sql: addColumn(table.name, added), ...at });

  if (column.fill !== undefined) return [add({ ...column, nullable: true }), ...fillSteps(table, label, column)];
  // As part of ADD COLUMN a default that differs from row to row would rewrite the table while nobody can use it.
  if (column.default?.kind === "uuid") {
    return [
      add({ ...column, nullable: true, default: null }),
      newDefault(table, label, column),
      ...fillWithUuids(table, label, column),
    ];
  }
  // All other defaults are one value for all rows, kept once beside the table.
  if (column.nullable || column.default) return [add(column)];

  const rows = ask({ kind: "rows", table: table.name }).count;
  if (rows > 0n) {
    const advice = path[1] === "relationships" ? "Make it optional" : "Give it a default or make it optional";
    const sentence = `${label} is required, but ${tableLabel(table)} already has ${counted(rows, "row", "rows")} without it. ${advice}.`;
    return [refusal("value_missing", path, sentence)];
  }
  // The version that still serves knows nothing of the column and must be able to insert; the new one sees to the value.
  return [add({ ...column, nullable: true })];
}

function nullabilityChange({ table, actual, label, ask }: Place, found: Column, column: Column): readonly PlanItem[] {
  const { path = [] } = column;
  if (found.nullable === column.nullable) return [];
  if (column.nullable) {
    const sentence = `Lets ${label} be empty.`;
    return [
      step({ kind: "dropNotNull", sentence, sql: dropNotNull(table.name, column.name), table: table.name, path }),
    ];
  }
  // Required by the model, not by the column: the runtime refuses empty values, and an older version may still write them.
  const examples = { key: actual.primaryKey.columns };
  const answer = ask({ kind: "nulls", table: table.name, value: quoteIdentifier(column.name), examples });
  const nulls = answer.count;
  if (nulls === 0n) return [];
  if (column.default?.kind === "uuid") return fillWithUuids(table, label, column);
  const sentence = `${label} is required now, but ${counted(nulls, "row has", "rows have")} no value there${suchAs(answer, examples)}. Fill ${nulls === 1n ? "it" : "them"} in or leave it optional.`;
  return [refusal("values_missing", path, sentence)];
}

function defaultChange({ table, label, ask }: Place, found: Column, column: Column): readonly PlanItem[] {
  if (sameDefault(found.default, column.default)) return [];
  const at = { table: table.name, path: column.path ?? [] };
  const drop = dropDefault(table.name, column.name);
  // Rows can be numbered as before by a version that expects it; others bring their numbers.
  if (found.default?.kind === "identity") return [];
  if (column.default?.kind === "identity") {
    const start = ask({ kind: "largest", table: table.name, column: column.name }).count + 1n;
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
