import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

export type Overview = inferRouterOutputs<AppRouter>["telemetry"]["overview"];
export type OverviewEnvironment = Overview["environments"][number];
export type Figures = inferRouterOutputs<AppRouter>["telemetry"]["figures"];
export type SlowRequest = Figures["slowest"][number];
export type LogEntry = inferRouterOutputs<AppRouter>["telemetry"]["logs"]["entries"][number];

export const ranges = ["1h", "24h", "7d"] as const;
export type RangeName = (typeof ranges)[number];

export const rangeTexts: Readonly<Record<RangeName, string>> = {
  "1h": "last hour",
  "24h": "last 24 hours",
  "7d": "last 7 days",
};
