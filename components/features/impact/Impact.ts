import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["impact"];

/** What one model in the place of another means. */
export type ModelsImpact = NonNullable<Outputs["ofMerge"]["models"]>;
export type ShownApiChange = ModelsImpact["api"][number];
export type ShownPolicyChange = ModelsImpact["access"]["changes"][number];
export type ShownMatrix = ModelsImpact["access"]["matrices"][number];
