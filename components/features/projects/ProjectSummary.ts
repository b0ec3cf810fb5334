import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

/** A project as the list of an organisation's projects tells it. */
export type ProjectSummary = inferRouterOutputs<AppRouter>["projects"]["list"][number];
