import type { SchemaStep } from "./SchemaPlan.ts";

/** All that a step runs, for people. */
export function wholeSql({ sql, closing }: Pick<SchemaStep, "sql" | "closing">): string {
  return closing === undefined ? sql : `${sql};\n${closing}`;
}
