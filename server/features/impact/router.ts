import { z } from "zod";
import { projectProcedure, router } from "../../trpc/init.ts";
import { findEnvironment } from "../environments/service.ts";
import { accessRows } from "./accessRows.ts";
import { impactOfDeploy, impactOfMerge } from "./service.ts";

const branch = z.string().min(1, "Fill this in.").max(200);

export const impactRouter = router({
  /** What a deploy would change now; without a branch, of the one that the environment follows. */
  ofDeploy: projectProcedure
    .input(z.object({ environment: z.string().max(80).default("production"), branch: branch.optional() }))
    .query(async ({ ctx, input }) => {
      const environment = await findEnvironment(ctx.db, ctx.project.id, input.environment);
      return await impactOfDeploy(ctx.db, environment, input.branch);
    }),

  /** How many of the rows that are there people may read before and after it: numbers only. */
  accessRows: projectProcedure
    .input(z.object({ environment: z.string().max(80).default("production"), branch: branch.optional() }))
    .query(async ({ ctx, input }) => {
      const environment = await findEnvironment(ctx.db, ctx.project.id, input.environment);
      return await accessRows(ctx.db, environment, input.branch ?? environment.branch);
    }),

  /** What a merge of `from` would change on `into`. */
  ofMerge: projectProcedure
    .input(z.object({ from: branch, into: branch.default("main") }))
    .query(({ ctx, input }) => impactOfMerge(ctx.db, ctx.project.id, input)),
});
