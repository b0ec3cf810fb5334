import type { Column, ModelPath, Table } from "../../sql/ddl/Schema.ts";
import type { Answer, Examples } from "./Question.ts";
import type { PlanItem, PlanRefusalCode, SchemaStep } from "./SchemaPlan.ts";

type StepParts = Pick<SchemaStep, "kind" | "sentence" | "sql" | "table"> &
  Partial<Omit<SchemaStep, "kind" | "sentence" | "sql" | "table">>;

/** An instant step before the switch, in a transaction, unless the parts say otherwise. */
export function step(parts: StepParts): { readonly step: SchemaStep } {
  return {
    step: {
      when: "beforeSwitch",
      cost: "instant",
      transactional: true,
      inBatches: false,
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

/** `, such as 'A-7' and 'B-1'`, or nothing where nothing may be shown. */
export function suchAs({ examples }: Answer, shown: Examples): string {
  if (examples.length === 0) return "";
  if (shown === "values") return `, such as ${listed(examples.map((example) => `'${example}'`))}`;
  return ` (${shown.key.join(" + ")} ${listed(examples)})`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** `1 row`, `2 rows`. */
export function counted(count: bigint, one: string, many: string): string {
  return `${count} ${count === 1n ? one : many}`;
}
