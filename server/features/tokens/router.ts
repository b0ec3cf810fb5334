import { z } from "zod";
import { router, userProcedure } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { createToken, listTokens, revokeToken } from "./service.ts";

const future = z
  .date()
  .refine((date) => date > new Date(), { message: "Choose a day in the future.", params: { rule: "min" } });

export const tokensRouter = router({
  /** `{id, name, prefix, createdAt, lastUsedAt, expiresAt}` of each. */
  list: userProcedure.query(({ ctx }) => listTokens(ctx.db, ctx.user.id)),

  /** The same and `token`: shown this once. */
  create: userProcedure
    .input(z.object({ name: line(80), expiresAt: future.nullable().default(null) }))
    .mutation(({ ctx, input }) => createToken(ctx.db, ctx.user.id, input)),

  revoke: userProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
    await revokeToken(ctx.db, ctx.user.id, input.id);
    return { id: input.id };
  }),
});
