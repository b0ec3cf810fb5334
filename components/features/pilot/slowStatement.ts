import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

export type SlowReport = NonNullable<inferRouterOutputs<AppRouter>["slow"]["list"]>;
export type SlowStatement = SlowReport["statements"][number];
export type SlowExplanation = inferRouterOutputs<AppRouter>["slow"]["explain"];
export type Proposal = SlowExplanation["proposals"][number];

/** `120 ms`, `1.4 s` */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** `placedAt, newest first` would be guessing: the fields as the sources write them. */
export function indexText({ index }: Proposal): string {
  return index.fields.map(({ name, descending }) => (descending ? `-${name}` : name)).join(", ");
}

/** `about 50,000 rows` */
export function rowsText(rows: number): string {
  return `about ${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}`;
}
