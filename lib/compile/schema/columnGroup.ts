import type { Column, Table } from "../../sql/ddl/Schema.ts";

/**
 * The columns of a table that hold, or held, one attribute: more than one once its type has changed. They share the
 * stored name that the model knows.
 */
export function columnsOf(table: Table, storedName: string): readonly Column[] {
  return table.columns.filter((column) => storedNameOf(column) === storedName);
}

export function storedNameOf(column: Column): string {
  return column.of ?? column.name;
}

/**
 * The one of them whose values count: what the live release reads; else what is not retired, the oldest first; else
 * what was retired last.
 */
export function currentOf(columns: readonly Column[], live: Table | undefined): Column | null {
  const byTime = (one: Column, other: Column) =>
    (one.mark?.retired?.at ?? "") < (other.mark?.retired?.at ?? "") ? 1 : -1;
  return (
    columns.find(({ name }) => live?.columns.some((column) => column.name === name)) ??
    columns.find(({ mark }) => !mark?.retired) ??
    columns.toSorted(byTime)[0] ??
    null
  );
}
