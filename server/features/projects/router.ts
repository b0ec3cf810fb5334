import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { organisationProcedure, projectProcedure, router } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { projectSummaries } from "./projectSummaries.ts";
import { renameProject } from "./service.ts";

export const projectsRouter = router({
  /** Last changed first. */
  list: organisationProcedure.query(({ ctx }) => projectSummaries(ctx.db, ctx.organisation.id)),

  get: projectProcedure.query(async ({ ctx }) => {
    const [summary] = await projectSummaries(ctx.db, ctx.organisation.id, ctx.project.id);
    if (!summary) throw new AppError("not_found", "The project has just been deleted.");
    return summary;
  }),

  /** The slug stays, so that addresses and clones go on working. */
  rename: projectProcedure.input(z.object({ name: line(80) })).mutation(async ({ ctx, input }) => {
    await renameProject(ctx.db, ctx.project.id, input.name);
    return { slug: ctx.project.slug, name: input.name };
  }),
});
