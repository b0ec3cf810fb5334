import { z } from "zod";
import { organisationProcedure, router } from "../../trpc/init.ts";
import { listExports, removeExport, requestExport } from "./requestExport.ts";

/** Archives are downloaded at `/api/exports/<id>?organisation=<slug>`. */
export const exportsRouter = router({
  list: organisationProcedure.query(({ ctx }) => listExports(ctx.db, ctx.organisation.id)),

  /** `{id}` of the one that is being made. */
  create: organisationProcedure.mutation(async ({ ctx }) => {
    const { id } = await requestExport(ctx.db, { organisationId: ctx.organisation.id, userId: ctx.user.id });
    return { id };
  }),

  remove: organisationProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
    await removeExport(ctx.db, { organisationId: ctx.organisation.id, id: input.id });
    return { id: input.id };
  }),
});
