import { z } from "zod";
import { env } from "../../env.ts";
import { projectProcedure, router } from "../../trpc/init.ts";
import { tellChanges } from "../model/service.ts";
import { changesOf, history } from "./service.ts";

const commit = z.string().regex(/^[0-9a-f]{40}$/, "Give a commit by its whole name.");

export const repositoryRouter = router({
  /** Commits of a branch, newest first, along first parents: `before` is the last commit of the page before. */
  history: projectProcedure
    .input(
      z.object({
        branch: z.string().min(1).max(200).default("main"),
        limit: z.number().int().min(1).max(200).default(50),
        before: commit.optional(),
      }),
    )
    .query(({ ctx, input: { branch, limit, before } }) => history(ctx.project.id, { branch, limit, before })),

  /** What a commit did, beside its first parent: to the model as sentences, to the files as patches. */
  changes: projectProcedure.input(z.object({ commit })).query(async ({ ctx, input }) => {
    const { info, before, after, files } = await changesOf(ctx.project.id, input.commit);
    const changes = tellChanges(before, after);
    return { ...info, changes, sentences: changes.map(({ sentence }) => sentence), files };
  }),

  /** What `git clone` takes; a personal token is the password. */
  cloneUrl: projectProcedure.query(({ ctx }) => ({
    url: new URL(`/git/${ctx.organisation.slug}/${ctx.project.slug}.git`, env().NEXTAUTH_URL).href,
  })),
});
