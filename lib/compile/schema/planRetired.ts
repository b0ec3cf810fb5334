import type { Column, Retirement, Table } from "../../sql/ddl/Schema.ts";
import { dropNotNull, markColumn, markTable } from "../../sql/ddl/statements.ts";
import type { Place } from "./columnRules.ts";
import { step, tableLabel } from "./planItems.ts";
import type { PlanItem } from "./SchemaPlan.ts";

/** What was retired is in use again once the version that wants it serves. */
export function planUsedAgain({ table, label }: Place, found: Column | undefined): readonly PlanItem[] {
  if (!found?.mark?.retired) return [];
  const { retired: _, ...mark } = found.mark;
  const sentence = `Takes ${label} back with the values that it has.`;
  const sql = markColumn(table.name, found.name, mark);
  return [step({ kind: "markUsed", when: "afterSwitch", sentence, sql, table: table.name, path: table.path ?? [] })];
}

interface RetiredColumn {
  readonly column: Column;
  readonly retirement: Retirement;
  /** Another column of the same attribute has taken its place and is kept in step with it. */
  readonly isReplaced: boolean;
}

/** It keeps its values; the new version, which does not know it, must be able to insert rows without it. */
export function planRetiredColumn(
  actual: Table,
  table: Table,
  { column, retirement, isReplaced }: RetiredColumn,
): readonly PlanItem[] {
  const since = column.mark?.retired ?? null;
  const retired: PlanItem = { retired: { table: table.name, column: column.name, type: column.type, since } };
  const at = { table: table.name, path: table.path ?? [] };
  const noted = step({
    kind: "markRetired",
    when: "afterSwitch",
    sentence: `Marks "${column.name}" of ${tableLabel(table)} as retired; its values stay.`,
    sql: markColumn(table.name, column.name, { ...column.mark, retired: retirement }),
    ...at,
  });
  const items = since ? [retired] : [retired, noted];
  if (isReplaced || column.nullable || column.default || actual.primaryKey.columns.includes(column.name)) return items;
  const sentence = `Keeps the values of "${column.name}", which ${tableLabel(table)} no longer has, and lets new rows come without.`;
  return [...items, step({ kind: "dropNotNull", sentence, sql: dropNotNull(table.name, column.name), ...at })];
}

/** A table that the model has no longer. */
export function markRetiredTable(table: Table, retirement: Retirement): readonly PlanItem[] {
  const retired: PlanItem = { retired: { table: table.name, since: table.retired ?? null } };
  if (table.retired) return [retired];
  const sentence = `Marks the table "${table.name}" as retired; its rows stay.`;
  const sql = markTable(table.name, retirement);
  return [retired, step({ kind: "markRetired", when: "afterSwitch", sentence, sql, table: table.name })];
}

/** A table that the model has again. */
export function markUsedTable(actual: Table, desired: Table): readonly PlanItem[] {
  if (!actual.retired) return [];
  const sentence = `Takes ${tableLabel(desired)} back with the rows that it has.`;
  const at = { table: actual.name, path: desired.path ?? [] };
  return [step({ kind: "markUsed", when: "afterSwitch", sentence, sql: markTable(actual.name, null), ...at })];
}
