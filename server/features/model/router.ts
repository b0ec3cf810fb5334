import { z } from "zod";
import { projectProcedure, router } from "../../trpc/init.ts";
import { branchHead, type CommitInfo, readFiles } from "../repository/service.ts";
import { builderFiles } from "./builderFiles.ts";
import { summary } from "./CommitSummary.ts";
import { noBranch, saveModel } from "./saveModel.ts";

/** A project's procedure about one of its branches. */
const branchProcedure = projectProcedure.input(z.object({ branch: z.string().min(1).max(200).default("main") }));

const saveInput = z.object({
  base: z.string().regex(/^[0-9a-f]{40}$/, "Give the commit that the changes were made on."),
  files: z.record(z.string().max(300), z.string().nullable()),
  message: z.string().trim().max(2000).optional(),
});

export const modelRouter = router({
  /** The app's files as they stand on a branch. */
  get: branchProcedure.query(async ({ ctx, input: { branch } }) => {
    const head = await requireHead(ctx.project.id, branch);
    const { files } = await readFiles(ctx.project.id, head.commit);
    return { commit: head.commit, branch, files: builderFiles(files), lastCommit: summary(head) };
  }),

  /** Cheap: who moved the branch last, for an open builder to notice a push. */
  head: branchProcedure.query(async ({ ctx, input }) => summary(await requireHead(ctx.project.id, input.branch))),

  /** Commits the changed files, unless someone else was first: then nothing is written and a merge is offered. */
  save: branchProcedure.input(saveInput).mutation(async ({ ctx, input }) => {
    const saved = await saveModel(ctx.db, { ...input, project: ctx.project, user: ctx.user });
    const { branch, base, files } = input;
    ctx.audit({
      target: `branch ${branch} of project ${ctx.project.slug}`,
      before: { commit: base },
      after: {
        files: Object.keys(files),
        ...(saved.status === "saved" && { commit: saved.commit, message: saved.saved.message }),
      },
      ...(saved.status === "saved" && saved.commit !== base ? {} : { unchanged: true }),
    });
    return saved;
  }),
});

async function requireHead(projectId: string, branch: string): Promise<CommitInfo> {
  const head = await branchHead(projectId, branch);
  if (!head) throw noBranch(branch);
  return head;
}
