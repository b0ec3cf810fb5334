import { z } from "zod";
import { projectProcedure, router } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { findEnvironment } from "../environments/service.ts";
import { requireFeature } from "../plans/service.ts";
import {
  approve,
  appUrl,
  contract,
  contractPlan,
  createApiKey,
  createTesterKey,
  deploymentChanges,
  environmentStates,
  getDeployment,
  hold,
  keepStrategy,
  listApiKeys,
  listDeployments,
  liveModel,
  liveRoles,
  previewDeployment,
  previewRollback,
  promote,
  reject,
  requestDeployment,
  revokeApiKey,
  rollBackCandidate,
  rollback,
  rotateEncryption,
  shownRollout,
  strategySchema,
} from "./service.ts";

/** A project's procedure about one of its environments: `ctx.environment`. */
const environmentProcedure = projectProcedure
  .input(z.object({ environment: z.string().max(80).default("production") }))
  .use(async ({ ctx, input, next }) => {
    const environment = await findEnvironment(ctx.db, ctx.project.id, input.environment);
    ctx.audit({ target: `environment ${environment.name} of project ${ctx.project.slug}` });
    return next({ ctx: { environment } });
  });

/** Why, in the words of whoever decides. */
const reason = z.string().trim().max(500).default("");

const release = z.int().min(1).max(2_147_483_647);

/** Whoever decides about a roll-out that is under way: `ctx.decision`. */
const rolloutProcedure = environmentProcedure
  .input(z.object({ rollout: z.uuid(), reason }))
  .use(({ ctx, input, next }) => {
    ctx.audit({ after: { rollout: input.rollout, ...(input.reason && { reason: input.reason }) } });
    return next({ ctx: { decision: { userId: ctx.user.id, reason: input.reason || null } } });
  });

/** Lets releases go on that wait for approval, or not. */
const approvalProcedure = environmentProcedure.input(z.object({ id: z.uuid(), reason })).use(({ ctx, input, next }) => {
  ctx.audit({ after: { deployment: input.id, ...(input.reason && { reason: input.reason }) } });
  return next({ ctx: { decision: { id: input.id, userId: ctx.user.id, reason: input.reason || null } } });
});

export const deploymentsRouter = router({
  /** All of a project, side by side, with what serves and what is on its way. */
  environments: projectProcedure.query(({ ctx }) => environmentStates(ctx.db, ctx.project.id)),

  /** `url` is the app's address; `release` the number of the one that serves, null when none does. */
  environment: environmentProcedure.query(({ ctx }) => {
    const { name, branch, label, release, strategy } = ctx.environment;
    return { name, branch, label, release, strategy, url: appUrl(ctx.environment) };
  }),

  /** How releases are brought here when nothing else is asked for; null at once. */
  setStrategy: environmentProcedure
    .input(z.object({ strategy: strategySchema.nullable() }))
    .mutation(async ({ ctx, input }) => {
      if (input.strategy !== null) await requireFeature(ctx.db, ctx.organisation.id, "canary");
      await keepStrategy(ctx.db, ctx.environment.id, input.strategy);
      ctx.audit({ before: { strategy: ctx.environment.strategy }, after: { strategy: input.strategy } });
      return { strategy: input.strategy };
    }),

  /** Newest first. */
  list: environmentProcedure.query(({ ctx }) => listDeployments(ctx.db, ctx.environment)),

  /** With its steps and tests, for progress while it runs. */
  get: environmentProcedure
    .input(z.object({ id: z.uuid() }))
    .query(({ ctx, input }) => getDeployment(ctx.db, ctx.environment.id, input.id)),

  /** What a deployment changes, in sentences. */
  changes: environmentProcedure
    .input(z.object({ id: z.uuid() }))
    .query(({ ctx, input }) => deploymentChanges(ctx.db, ctx.environment, input.id)),

  /**
   * Deploys a commit, the newest where none is named. One that is under way already is answered. Without `strategy` it
   * goes as the environment has it.
   */
  request: environmentProcedure
    .input(
      z.object({
        commit: z.string().max(64).optional(),
        strategy: strategySchema.nullable().optional(),
        trigger: z.enum(["hand", "cli"]).default("hand"),
      }),
    )
    .mutation(async ({ ctx, input: { commit, strategy, trigger } }) => {
      if (strategy) await requireFeature(ctx.db, ctx.organisation.id, "canary");
      const { id, release, state } = await requestDeployment({
        projectId: ctx.project.id,
        environment: ctx.environment.name,
        userId: ctx.user.id,
        trigger,
        ...(commit !== undefined && { commit }),
        ...(strategy !== undefined && { strategy }),
      });
      ctx.audit({
        before: { release: ctx.environment.release },
        after: {
          deployment: id,
          release,
          trigger,
          ...(commit !== undefined && { commit }),
          ...(strategy && { strategy }),
        },
      });
      return { id, release, state };
    }),

  /** Lets a deployment go on that waits for it. */
  approve: approvalProcedure.mutation(async ({ ctx }) => {
    await approve(ctx.environment.id, ctx.decision);
    return { id: ctx.decision.id };
  }),

  /** Ends a deployment that waits for approval. */
  reject: approvalProcedure.mutation(async ({ ctx }) => {
    await reject(ctx.environment.id, ctx.decision);
    return { id: ctx.decision.id };
  }),

  /** What going back to a release would change, and what stands in the way. */
  previewRollback: environmentProcedure
    .input(z.object({ release }))
    .query(({ ctx, input }) => previewRollback(ctx.db, ctx.environment, input.release)),

  /** Lets a release serve again that has served before, at once. No row changes. */
  rollback: environmentProcedure.input(z.object({ release, reason })).mutation(async ({ ctx, input }) => {
    const request = { release: input.release, userId: ctx.user.id, reason: input.reason || null };
    const { id, commit } = await rollback(ctx.db, ctx.environment, request);
    const { release: to, reason: why } = input;
    ctx.audit({
      before: { release: ctx.environment.release },
      after: { release: to, commit, ...(why && { reason: why }) },
    });
    return { id, release: input.release, commit };
  }),

  rollout: router({
    /** Of a deployment, with the figures of both releases; null when it has none. */
    get: environmentProcedure
      .input(z.object({ id: z.uuid() }))
      .query(({ ctx, input }) => shownRollout(ctx.db, ctx.environment.id, input.id)),

    /** Gives the release that is tried all requests, now. */
    promote: rolloutProcedure.mutation(async ({ ctx, input }) => {
      const { release } = await promote(ctx.environment.id, input.rollout, ctx.decision);
      return { release };
    }),

    /** Takes the release that is tried off all requests, now. */
    rollBack: rolloutProcedure.mutation(async ({ ctx, input }) => {
      const { release } = await rollBackCandidate(ctx.environment.id, input.rollout, ctx.decision);
      return { release };
    }),

    /** A canary stays at its share until somebody decides. */
    hold: rolloutProcedure.mutation(async ({ ctx, input }) => {
      await hold(ctx.environment.id, input.rollout);
      return { id: input.rollout };
    }),
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
      ctx.audit({ before: { retired: input.name, givesUp: input.givesUp } });
      return await contract(ctx.db, ctx.environment, { ...input, userId: ctx.user.id });
    }),

  /** A new key for the encrypted attributes; what is there is sealed anew. Answers how many values were. */
  rotateEncryption: environmentProcedure.mutation(async ({ ctx }) => {
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
      .mutation(({ ctx, input: { name, roles, actAs } }) => {
        ctx.audit({ after: { key: name, roles, actAs } });
        return createApiKey(ctx.environment.id, { name, roles, actAs });
      }),

    /**
     * For the policy tester: a key that may act as anybody for a quarter of an hour, the address to send it to, and the
     * release and model that answer there, null while none does. `apiKey` is given this once.
     */
    tester: environmentProcedure.mutation(async ({ ctx }) => {
      const { apiKey, expiresAt } = await createTesterKey(ctx.environment.id);
      ctx.audit({ after: { mayActAsAnybody: true, expiresAt } });
      const { name, release } = ctx.environment;
      const model = await liveModel(ctx.db, ctx.environment);
      return { apiKey, expiresAt, url: appUrl(ctx.environment), environment: name, release, model };
    }),

    revoke: environmentProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
      const key = (await listApiKeys(ctx.db, ctx.environment.id)).find(({ id }) => id === input.id);
      await revokeApiKey(ctx.environment.id, input.id);
      ctx.audit({ before: { key: key?.name, roles: key?.roles, id: input.id } });
      return { id: input.id };
    }),
  }),
});
