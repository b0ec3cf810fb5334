import { z } from "zod";
import { projectProcedure, router } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { findEnvironment } from "../environments/service.ts";
import {
  appUrl,
  createApiKey,
  getDeployment,
  listApiKeys,
  listDeployments,
  previewDeployment,
  requestDeployment,
  revokeApiKey,
} from "./service.ts";

/** A project's procedure about one of its environments: `ctx.environment`. */
const environmentProcedure = projectProcedure
  .input(z.object({ environment: z.string().max(80).default("production") }))
  .use(async ({ ctx, input, next }) =>
    next({ ctx: { environment: await findEnvironment(ctx.db, ctx.project.id, input.environment) } }),
  );

export const deploymentsRouter = router({
  /** `url` is the app's address; `release` the number of the one that serves, null when none does. */
  environment: environmentProcedure.query(({ ctx }) => {
    const { name, branch, label, release } = ctx.environment;
    return { name, branch, label, release, url: appUrl(ctx.environment) };
  }),

  /** Newest first. */
  list: environmentProcedure.query(({ ctx }) => listDeployments(ctx.db, ctx.environment.id)),

  /** With its steps, for progress while it runs. */
  get: environmentProcedure
    .input(z.object({ id: z.uuid() }))
    .query(({ ctx, input }) => getDeployment(ctx.db, ctx.environment.id, input.id)),

  /** Deploys the newest commit. */
  request: environmentProcedure.mutation(async ({ ctx }) => {
    const environment = ctx.environment.name;
    const { id, release } = await requestDeployment({ projectId: ctx.project.id, environment, userId: ctx.user.id });
    return { id, release };
  }),

  /** What a deploy would change now. */
  preview: environmentProcedure.query(({ ctx }) => previewDeployment(ctx.db, ctx.environment)),

  keys: router({
    list: environmentProcedure.query(({ ctx }) => listApiKeys(ctx.db, ctx.environment.id)),

    /** `apiKey` is shown this once. */
    create: environmentProcedure
      .input(z.object({ name: line(80) }))
      .mutation(({ ctx, input }) => createApiKey(ctx.environment.id, input.name)),

    revoke: environmentProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
      await revokeApiKey(ctx.environment.id, input.id);
      return { id: input.id };
    }),
  }),
});
