import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

export type RetiredPart = inferRouterOutputs<AppRouter>["deployments"]["contractPlan"][number];

/** `12 values`, or `1 row` of a whole table. */
export function counted({ kind, count }: Pick<RetiredPart, "kind" | "count">): string {
  const one = kind === "table" ? "row" : "value";
  return `${count.toLocaleString("en")} ${count === 1 ? one : `${one}s`}`;
}
