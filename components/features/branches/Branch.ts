import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["branches"];

/** A branch as screens show it. */
export type Branch = Outputs["list"][number];
export type Comparison = Outputs["compare"];
export type BranchConflict = Comparison["conflicts"][number];
export type ShownRule = Outputs["rules"]["list"]["rules"][number];
