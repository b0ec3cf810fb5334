import { fingerprint } from "../../sql/ddl/fingerprint.ts";
import type { Column, ColumnMark, Table } from "../../sql/ddl/Schema.ts";
import { fillColumn, fillEmpty, markColumn } from "../../sql/ddl/statements.ts";
import type { Place } from "./columnRules.ts";
import { step } from "./planItems.ts";
import type { PlanItem } from "./SchemaPlan.ts";

/** Each row gets an id of its own. */
export function fillWithUuids(table: Table, label: string, column: Column): readonly PlanItem[] {
  if (column.nullable) return [];
  return [
    step({
      kind: "fillColumn",
      sentence: `Gives every row without ${label} a new one.`,
      sql: fillEmpty(table.name, column.name, "uuidv7()"),
      cost: "writes the table",
      inBatches: true,
      table: table.name,
      path: column.path ?? [],
    }),
  ];
}

/** The rows of a derived column get their values anew when what derives them has changed, or was away. */
export function filling({ table, label }: Place, found: Column, column: Column): readonly PlanItem[] {
  // While it was retired nothing kept it right.
  const isRight = found.mark?.filled !== undefined && found.mark.retired === undefined;
  if (column.fill === undefined || (isRight && found.mark?.filled === fingerprint(column.fill))) return [];
  return fillSteps(table, label, column);
}

/** Fills a column in batches and then notes that it is full; interrupted before that it is filled again. */
export function fillSteps(table: Table, label: string, { fill, ...column }: Column): readonly PlanItem[] {
  if (fill === undefined) return [];
  const at = { table: table.name, path: column.path ?? [] };
  const { of, form } = column;
  const mark: ColumnMark = {
    ...(of !== undefined && { of }),
    ...(form !== undefined && { form }),
    filled: fingerprint(fill),
  };
  return [
    step({
      kind: "fillColumn",
      sentence: `Fills ${label} in every row.`,
      sql: fillColumn(table.name, column.name, fill),
      cost: "writes the table",
      inBatches: true,
      closing: markColumn(table.name, column.name, mark),
      ...at,
    }),
  ];
}
