import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

type Audit = inferRouterOutputs<AppRouter>["audit"];

export type AuditEntry = Audit["list"]["entries"][number];
export type AuditFacets = Audit["facets"];
export type AuditStream = NonNullable<Audit["stream"]["get"]>;
