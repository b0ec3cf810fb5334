import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { projectProcedure, router } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { findEnvironment } from "../environments/service.ts";
import {
  appUrl,
  contract,
  contractPlan,
  createApiKey,
  createTesterKey,
  getDeployment,
  listApiKeys,
  listDeployments,
  liveModel,
  liveRoles,
  previewDeployment,
  requestDeployment,
  revokeApiKey,
  rotateEncryption,
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

  /** What the environment keeps although its release has it no longer, with the SQL that would delete it. */
  contractPlan: environmentProcedure.query(({ ctx }) => contractPlan(ctx.db, ctx.environment)),

  /** Deletes a retired part with all its values, for good; `confirm` is its name as the person typed it. */
  contract: environmentProcedure
    .input(
      z.object({ name: z.string().max(200), confirm: z.string().max(200), givesUp: z.int().nullable().default(null) }),
    )
    .mutation(async ({ ctx, input }) => {
      if (ctx.membership.role !== "owner") throw new AppError("forbidden", "Ask an owner to delete retired parts.");
      return await contract(ctx.db, ctx.environment, input);
    }),

  /** A new key for the encrypted attributes; what is there is sealed anew. Answers how many values were. */
  rotateEncryption: environmentProcedure.mutation(async ({ ctx }) => {
    if (ctx.membership.role !== "owner") throw new AppError("forbidden", "Ask an owner to change the encryption key.");
    return { values: await rotateEncryption(ctx.environment.id) };
  }),

  keys: router({
    list: environmentProcedure.query(({ ctx }) => listApiKeys(ctx.db, ctx.environment.id)),

    /** Names of the roles that a key can have: those of the app as it is live. */
    roles: environmentProcedure.query(({ ctx }) => liveRoles(ctx.db, ctx.environment)),

    /** `apiKey` is shown this once. Without `roles` it may do everything. */
    create: environmentProcedure
      .input(
        z.object({
          name: line(80),
          roles: z.array(z.string().max(100)).max(100).nullable().default(null),
          actAs: z.boolean().default(false),
        }),
      )
      .mutation(({ ctx, input: { name, roles, actAs } }) => createApiKey(ctx.environment.id, { name, roles, actAs })),

    /**
     * For the policy tester: a key that may act as anybody for a quarter of an hour, the address to send it to, and the
     * release and model that answer there, null while none does. `apiKey` is given this once.
     */
    tester: environmentProcedure.mutation(async ({ ctx }) => {
      const { apiKey, expiresAt } = await createTesterKey(ctx.environment.id);
      const { name, release } = ctx.environment;
      const model = await liveModel(ctx.db, ctx.environment);
      return { apiKey, expiresAt, url: appUrl(ctx.environment), environment: name, release, model };
    }),

    revoke: environmentProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
      await revokeApiKey(ctx.environment.id, input.id);
      return { id: input.id };
    }),
  }),
});
