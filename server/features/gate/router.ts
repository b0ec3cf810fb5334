import { z } from "zod";
import { projectProcedure, router } from "../../trpc/init.ts";
import { progressOf, runByHand } from "./handRuns.ts";

/** A project's procedure about one of its branches. */
const branchProcedure = projectProcedure.input(z.object({ branch: z.string().max(200).default("main") }));

export const gateRouter = router({
  /** Runs the tests of a branch as it stands, on a scratch database; answers when all of them have run. */
  run: branchProcedure.mutation(({ ctx, input }) => {
    ctx.audit({ target: `tests of branch ${input.branch} of project ${ctx.project.slug}` });
    return runByHand({ projectId: ctx.project.id, branch: input.branch });
  }),

  /** Asked again and again while `run` is under way; null where it is not. */
  progress: branchProcedure.query(({ ctx, input }) => progressOf({ projectId: ctx.project.id, branch: input.branch })),
});
