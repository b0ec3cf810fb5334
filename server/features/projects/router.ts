import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { organisationProcedure, projectProcedure, router } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { projectsSeenBy } from "../organisations/service.ts";
import { deleteProject } from "../removal/service.ts";
import { createProject } from "./createProject.ts";
import { createProjectInput } from "./createProjectInput.ts";
import { projectSummaries } from "./projectSummaries.ts";
import { renameProject } from "./service.ts";

export const projectsRouter = router({
  /** Those that whoever asks sees, last changed first. */
  list: organisationProcedure.query(async ({ ctx }) => {
    const organisationId = ctx.organisation.id;
    const seen = await projectsSeenBy(ctx.db, { organisationId, userId: ctx.user.id, general: ctx.access.role });
    const slugs = new Set(seen.map(({ slug }) => slug));
    return (await projectSummaries(ctx.db, organisationId)).filter(({ slug }) => slugs.has(slug));
  }),

  get: projectProcedure.query(async ({ ctx }) => {
    const [summary] = await projectSummaries(ctx.db, ctx.organisation.id, ctx.project.id);
    if (!summary) throw new AppError("not_found", "The project has just been deleted.");
    const { role, permissions, closed } = ctx.access;
    return { ...summary, role, permissions, closed };
  }),

  /** `{slug, name, state}`; one from a database is `preparing` until its import is done. */
  create: organisationProcedure.input(createProjectInput).mutation(async ({ ctx, input }) => {
    const project = await createProject(ctx.db, { organisationId: ctx.organisation.id, user: ctx.user, input });
    const { id: projectId, slug, name, origin } = project;
    ctx.audit({ target: `project ${slug}`, projectId, after: { name, origin } });
    return { slug, name, state: project.state };
  }),

  /** The slug stays, so that addresses and clones go on working. */
  rename: projectProcedure.input(z.object({ name: line(80) })).mutation(async ({ ctx, input }) => {
    await renameProject(ctx.db, ctx.project.id, input.name);
    ctx.audit({ before: { name: ctx.project.name }, after: { name: input.name } });
    return { slug: ctx.project.slug, name: input.name };
  }),

  /** With all its rows, for good; `confirm` is the project's name as the person typed it. */
  delete: projectProcedure.input(z.object({ confirm: z.string() })).mutation(async ({ ctx, input }) => {
    if (input.confirm.trim() !== ctx.project.name) {
      const message = `Type the project's name, ${ctx.project.name}, to delete it.`;
      throw new AppError("invalid_input", message, { fields: [{ field: "confirm", rule: "equal", message }] });
    }
    await deleteProject(ctx.db, ctx.project);
    ctx.audit({ before: { name: ctx.project.name } });
    return { slug: ctx.project.slug };
  }),
});
