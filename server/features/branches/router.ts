import { z } from "zod";
import { slug } from "../../slugs/slug.ts";
import { projectProcedure, router } from "../../trpc/init.ts";
import { summary } from "../model/service.ts";
import { rulesOf, rulesSchema, saveRules } from "../rules/service.ts";
import { compareBranches, requireTwo } from "./compare.ts";
import {
  branchesOf,
  createLasting,
  deployBranch,
  endBranch,
  environmentsOf,
  mergeBranches,
  removeByHand,
  startBranch,
} from "./service.ts";

const branch = z.string().min(1, "Fill this in.").max(200);
const commit = z.string().regex(/^[0-9a-f]{40}$/, "Give a commit by its whole name.");
/** By the keys of conflicts: whose version is taken. */
const resolutions = z.record(z.string().max(2000), z.enum(["from", "into"])).default({});

export const branchesRouter = router({
  list: projectProcedure.query(({ ctx }) => branchesOf(ctx.db, ctx.project.id)),

  /** Begins where `from` stands. */
  create: projectProcedure
    .input(z.object({ name: z.string().trim().min(1, "Fill this in.").max(200), from: branch.default("main") }))
    .mutation(async ({ ctx, input }) => {
      const change = { ...input, projectId: ctx.project.id, userId: ctx.user.id };
      const head = summary(await startBranch(ctx.db, change));
      ctx.audit({ target: branchOf(ctx.project, input.name), after: { from: input.from, commit: head.commit } });
      return { name: input.name, head };
    }),

  /** With its preview and all rows in it. `at` is where it was seen to stand. */
  delete: projectProcedure.input(z.object({ name: branch, at: commit })).mutation(async ({ ctx, input }) => {
    await endBranch(ctx.db, { ...input, projectId: ctx.project.id, userId: ctx.user.id });
    ctx.audit({ target: branchOf(ctx.project, input.name), before: { commit: input.at } });
    return { name: input.name };
  }),

  /** What a merge of `from` into `into` would bring and meet, with the decisions that were made so far. */
  compare: projectProcedure
    .input(z.object({ from: branch, into: branch.default("main"), resolutions }))
    .query(({ ctx, input }) => {
      requireTwo(input);
      return compareBranches(ctx.project.id, input, input.resolutions);
    }),

  /** `commits` are those that `compare` answered. Answers the conflicts, and changes nothing, while some are undecided. */
  merge: projectProcedure
    .input(
      z.object({
        from: branch,
        into: branch.default("main"),
        commits: z.object({ from: commit, into: commit }),
        resolutions,
        message: z.string().trim().max(2000).optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const merged = await mergeBranches(ctx.db, { ...input, projectId: ctx.project.id, user: ctx.user });
      ctx.audit({
        target: branchOf(ctx.project, input.into),
        before: { commit: input.commits.into },
        after: { merged: input.from, at: input.commits.from },
        ...(merged.status === "conflicts" || merged.how === "nothing" ? { unchanged: true } : {}),
      });
      return merged;
    }),

  /** Deploys where a branch stands, to where its rule says; makes its preview when there is none. */
  deploy: projectProcedure.input(z.object({ branch })).mutation(({ ctx, input }) => {
    ctx.audit({ target: branchOf(ctx.project, input.branch) });
    return deployBranch(ctx.project, { branch: input.branch, userId: ctx.user.id });
  }),

  rules: router({
    /** Of a branch, the first that fits. */
    list: projectProcedure.query(({ ctx }) => rulesOf(ctx.db, ctx.project.id)),

    /** All rules in their order; an empty list brings back the first ones. `revision` is that of `list`. */
    save: projectProcedure
      .input(z.object({ rules: rulesSchema, revision: z.string().max(64) }))
      .mutation(async ({ ctx, input }) => {
        const { rules: before } = await rulesOf(ctx.db, ctx.project.id);
        ctx.audit({ target: `rules for branches of project ${ctx.project.slug}`, before, after: input.rules });
        return await saveRules(ctx.db, ctx.project.id, input);
      }),
  }),

  environments: router({
    list: projectProcedure.query(({ ctx }) => environmentsOf(ctx.db, ctx.project.id)),

    /** A lasting one; it has nothing until it is deployed. */
    create: projectProcedure
      .input(z.object({ name: slug, branch, copyOf: z.string().max(80).nullable().default(null) }))
      .mutation(async ({ ctx, input }) => {
        const { name, label } = await createLasting(ctx.project, input);
        const { branch: follows, copyOf } = input;
        ctx.audit({ target: `environment ${name} of project ${ctx.project.slug}`, after: { follows, copyOf } });
        return { name, label };
      }),

    /** With its database, files and keys, for good. A lasting one only by whoever may, who types its name as `confirm`. */
    remove: projectProcedure
      .input(z.object({ environment: z.string().max(80), confirm: z.string().max(200).default("") }))
      .mutation(async ({ ctx, input: { environment, confirm } }) => {
        const mayRemoveLasting = ctx.access.may("environments.remove");
        await removeByHand(ctx.project.id, { name: environment, confirm, mayRemoveLasting });
        ctx.audit({ target: `environment ${environment} of project ${ctx.project.slug}` });
        return { environment };
      }),
  }),
});

function branchOf({ slug }: { readonly slug: string }, name: string): string {
  return `branch ${name} of project ${slug}`;
}
