import type { Column, ModelPath, Table } from "../../sql/ddl/Schema.ts";
import type { PlanItem, PlanRefusalCode, SchemaStep } from "./SchemaPlan.ts";

type StepParts = Pick<SchemaStep, "kind" | "sentence" | "sql" | "table"> &
  Partial<Omit<SchemaStep, "kind" | "sentence" | "sql" | "table">>;

/** An instant step before the switch, in a transaction, unless the parts say otherwise. */
export function step(parts: StepParts): PlanItem {
  return {
    step: {
      when: "beforeSwitch",
      cost: "instant",
      transactional: true,
      repeat: false,
      path: [],
      ...parts,
    },
  };
}

export function refusal(code: PlanRefusalCode, path: ModelPath | undefined, sentence: string): PlanItem {
  return { refusal: { code, path: path ?? [], sentence } };
}

/** What people call a table: `Order`, or `Order.tags` for a join table. */
export function tableLabel(table: Table): string {
  const [resource, , name] = table.path ?? [table.name];
  return name === undefined ? (resource ?? table.name) : `${resource}.${name}`;
}

/** What people call a column: `Order.shippingCost`. */
export function columnLabel(table: Table, column: Column): string {
  return `${table.path?.[0] ?? table.name}.${fieldName(column)}`;
}

export function fieldName(column: Column): string {
  const [, part, name] = column.path ?? [];
  return part === "key" ? "id" : (name ?? column.name);
}

/** `1 row`, `2 rows`. */
export function counted(count: bigint, one: string, many: string): string {
  return `${count} ${count === 1n ? one : many}`;
}
