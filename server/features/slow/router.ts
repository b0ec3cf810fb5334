import { z } from "zod";
import { projectProcedure, router } from "../../trpc/init.ts";
import { findEnvironment } from "../environments/service.ts";
import { addIndex, explainSlowStatement, slowStatements } from "./service.ts";

/** A project's procedure about one of its environments: `ctx.environment`. */
const environmentProcedure = projectProcedure
  .input(z.object({ environment: z.string().max(80).default("production") }))
  .use(async ({ ctx, input, next }) =>
    next({ ctx: { environment: await findEnvironment(ctx.db, ctx.project.id, input.environment) } }),
  );

const indexInput = z.object({
  resource: z.string().max(200),
  fields: z
    .array(z.object({ name: z.string().max(200), descending: z.boolean() }))
    .min(1)
    .max(8),
});

export const slowRouter = router({
  /** Null while no release serves. Those that took the most time first. */
  list: environmentProcedure.query(({ ctx }) => slowStatements(ctx.environment)),

  /** How PostgreSQL runs one, and the indexes that would serve; runs nothing. */
  explain: environmentProcedure
    .input(z.object({ id: z.string().regex(/^[0-9a-f]{1,64}$/) }))
    .query(({ ctx, input }) => explainSlowStatement(ctx.project.id, ctx.environment, input.id)),

  /** Commits the index to the model; it is there once that is deployed. */
  addIndex: projectProcedure.input(indexInput).mutation(({ ctx, input }) => {
    const { organisation: _, project: __, ...index } = input;
    ctx.audit({ after: index });
    return addIndex(ctx.db, { ...input, project: ctx.project, user: ctx.user });
  }),
});
