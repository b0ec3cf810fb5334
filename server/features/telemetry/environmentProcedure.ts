import { z } from "zod";
import { projectProcedure } from "../../trpc/init.ts";
import { findEnvironment } from "../environments/service.ts";

/** A project's procedure about one of its environments: `ctx.environment`. */
export const environmentProcedure = projectProcedure
  .input(z.object({ environment: z.string().max(80).default("production") }))
  .use(async ({ ctx, input, next }) =>
    next({ ctx: { environment: await findEnvironment(ctx.db, ctx.project.id, input.environment) } }),
  );
