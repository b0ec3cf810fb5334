import { z } from "zod";
import { projectProcedure, router } from "../../trpc/init.ts";
import { isBranchName } from "../repository/service.ts";
import { ejectTo } from "./service.ts";

const branch = z.string().max(100).refine(isBranchName, "Use letters, digits, dots, dashes and slashes.");

export const ejectRouter = router({
  /** Pushes the app as a program of its own to another Git server: its whole history and one commit more. */
  push: projectProcedure
    .input(
      z.object({
        branch: branch.default("main"),
        url: z.string().trim().max(500),
        into: branch.default("main"),
        user: z.string().trim().max(200).default("git"),
        password: z.string().max(500),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { url, user, password } = input;
      ctx.audit({ after: { branch: input.branch, url: withoutUser(url), into: input.into } });
      const ejection = { project: ctx.project, user: ctx.user, branch: input.branch };
      return await ejectTo(ctx.db, ejection, { url, branch: input.into, user, password });
    }),
});

/** A user or password in the address are not for the log. */
function withoutUser(text: string): string {
  return text.replace(/\/\/[^/@]*@/, "//");
}
