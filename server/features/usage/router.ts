import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { projectMemberships } from "#db/schema/projectMemberships.ts";
import { organisationProcedure, router } from "../../trpc/init.ts";
import { entitlementsOf } from "../plans/service.ts";
import { usedOf } from "./meteredUsage.ts";
import { monthOf } from "./months.ts";
import { levels, quotaStates } from "./quota.ts";
import { usageOf } from "./usageOf.ts";

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, "Give a month such as 2026-11.");

export const usageRouter = router({
  /** What was used in a month (UTC) by day, kind and environment. */
  month: organisationProcedure.input(z.object({ month })).query(async ({ ctx, input }) => {
    const usage = await usageOf(ctx.db, ctx.organisation.id, input.month);
    if (ctx.access.role === "owner") return usage;
    const hidden = await ctx.db
      .select({ projectId: projectMemberships.projectId })
      .from(projectMemberships)
      .where(and(eq(projectMemberships.userId, ctx.user.id), eq(projectMemberships.role, "none")));
    const isHidden = new Set(hidden.map(({ projectId }) => projectId));
    const named = usage.places.map((place) =>
      isHidden.has(place.projectId) ? { ...place, project: "A project hidden from you", environment: "" } : place,
    );
    return { ...usage, places: named };
  }),

  /** How far the limits of this month are used up. */
  quota: organisationProcedure.query(async ({ ctx }) => {
    const organisationId = ctx.organisation.id;
    const now = monthOf(new Date());
    const [entitlements, requestsPerMonth, processRunsPerMonth] = await Promise.all([
      entitlementsOf(ctx.db, organisationId),
      usedOf(ctx.db, organisationId, { month: now, limit: "requestsPerMonth" }),
      usedOf(ctx.db, organisationId, { month: now, limit: "processRunsPerMonth" }),
    ]);
    const states = quotaStates(entitlements, { requestsPerMonth, processRunsPerMonth });
    return {
      month: now,
      limits: states.map((state) => ({
        ...state,
        /** From how many on something is held back; null: never. */
        heldFrom: state.bites && state.value !== null ? Math.ceil(state.value * levels.held) : null,
      })),
    };
  }),
});
