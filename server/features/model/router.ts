import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { projectProcedure, router } from "../../trpc/init.ts";
import { branchHead, type CommitInfo, readFiles } from "../repository/service.ts";
import { builderFiles } from "./builderFiles.ts";
import { summary } from "./CommitSummary.ts";
import { saveModel } from "./saveModel.ts";

const branch = "main";

const saveInput = z.object({
  base: z.string().regex(/^[0-9a-f]{40}$/, "Give the commit that the changes were made on."),
  files: z.record(z.string().max(300), z.string().nullable()),
  message: z.string().trim().max(2000).optional(),
});

export const modelRouter = router({
  /** The app's files as they stand on `main`. */
  get: projectProcedure.query(async ({ ctx }) => {
    const head = await requireHead(ctx.project.id);
    const { files } = await readFiles(ctx.project.id, head.commit);
    return { commit: head.commit, branch, files: builderFiles(files), lastCommit: summary(head) };
  }),

  /** Cheap: who moved `main` last, for an open builder to notice a push. */
  head: projectProcedure.query(async ({ ctx }) => summary(await requireHead(ctx.project.id))),

  /** Commits the changed files, unless someone else was first: then nothing is written and a merge is offered. */
  save: projectProcedure
    .input(saveInput)
    .mutation(({ ctx, input }) => saveModel(ctx.db, { ...input, project: ctx.project, user: ctx.user })),
});

async function requireHead(projectId: string): Promise<CommitInfo> {
  const head = await branchHead(projectId, branch);
  if (!head) throw new AppError("not_found", "This project has no saved version yet.");
  return head;
}
