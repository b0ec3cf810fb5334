import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

export type MonthUsage = inferRouterOutputs<AppRouter>["usage"]["month"];
