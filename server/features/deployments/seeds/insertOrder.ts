import type { Field } from "#lib/plan/catalog/Catalog.ts";
import type { SeedTable } from "./SeedTables.ts";

export interface OrderedTable {
  readonly table: SeedTable;
  /** Foreign keys to set once all tables are filled, because they lead to a table that comes later. */
  readonly later: readonly string[];
}

/** Tables after those that they point to. Where tables point to each other in a cycle, an optional link is set later. */
export function insertOrder(tables: readonly SeedTable[]): readonly OrderedTable[] {
  const waiting = new Set(tables);
  const order: OrderedTable[] = [];
  while (waiting.size > 0) {
    const open = new Set([...waiting].map(({ entity }) => entity.name));
    const next =
      find(waiting, (table) => blockers(table, open).length === 0) ??
      find(waiting, (table) => blockers(table, open).every((field) => !field.required));
    if (!next) throw new Error("A verified model has no cycle of required relationships.");
    order.push({ table: next, later: blockers(next, open).map(({ name }) => name) });
    waiting.delete(next);
  }
  return order;
}

/** Foreign keys to other tables that are not filled yet. */
function blockers({ entity }: SeedTable, open: ReadonlySet<string>): readonly Field[] {
  return [...entity.fields.values()].filter(
    ({ reference }) => reference && reference.target !== entity.name && open.has(reference.target),
  );
}

function find(tables: ReadonlySet<SeedTable>, test: (table: SeedTable) => boolean): SeedTable | undefined {
  return [...tables].find(test);
}
