import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;

export type PlanStanding = Outputs["plans"]["get"];
export type Quota = Outputs["usage"]["quota"];
export type QuotaLimit = Quota["limits"][number];
