import { and, eq } from "drizzle-orm";
import { projectMemberships } from "#db/schema/projectMemberships.ts";
import { organisationProcedure, router } from "../../trpc/init.ts";
import { planStanding } from "./planStanding.ts";

export const plansRouter = router({
  /** The plan, what of its limits is used, and in which projects. */
  get: organisationProcedure.query(async ({ ctx }) => {
    const hidden = await ctx.db
      .select({ projectId: projectMemberships.projectId })
      .from(projectMemberships)
      .where(and(eq(projectMemberships.userId, ctx.user.id), eq(projectMemberships.role, "none")));
    const isHidden = new Set(ctx.access.role === "owner" ? [] : hidden.map(({ projectId }) => projectId));
    const standing = await planStanding(ctx.db, ctx.organisation.id);
    // Whoever does not see a project does not learn its name here; how many there are counts for all.
    return {
      ...standing,
      projects: standing.projects.map((project) =>
        isHidden.has(project.id) ? { ...project, name: "A project hidden from you", slug: null } : project,
      ),
    };
  }),
});
