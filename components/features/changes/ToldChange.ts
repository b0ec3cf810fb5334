import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

/** A difference between two versions, for people. */
export type ToldChange = inferRouterOutputs<AppRouter>["repository"]["changes"]["changes"][number];
