import { z } from "zod";
import { publicProcedure, router, userProcedure } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { recordToken, tokenEnd, tokenScopes } from "../tokens/service.ts";
import { decideDeviceLogin, findDeviceLogin, pollDeviceLogin, startDeviceLogin } from "./service.ts";

const code = z.string().max(40);

/** How programs sign in: a person lets them in the browser (the flow of RFC 8628). */
export const devicesRouter = router({
  start: publicProcedure
    .input(z.object({ name: line(80) }))
    .mutation(({ ctx, input }) => startDeviceLogin(ctx.db, { name: input.name, address: ctx.address })),

  poll: publicProcedure
    .input(z.object({ deviceCode: z.string().max(100) }))
    .mutation(({ ctx, input }) => pollDeviceLogin(ctx.db, input.deviceCode)),

  find: userProcedure
    .input(z.object({ code }))
    .query(({ ctx, input }) => findDeviceLogin(ctx.db, ctx.user.id, input.code)),

  /** With what its token may do and for how long; by default all but administering, for 90 days. */
  decide: userProcedure
    .input(
      z.object({
        code,
        approve: z.boolean(),
        scopes: tokenScopes.default(["read", "model", "data", "deploy", "settings"]),
        expiresAt: tokenEnd.optional(),
        only: z.string().max(100).nullable().default(null),
      }),
    )
    .mutation(async ({ ctx, input: { expiresAt = inDays(90), ...input } }) => {
      const { name, organisationId } = await decideDeviceLogin(ctx.system, ctx.who, { ...input, expiresAt });
      if (input.approve) {
        const { scopes } = input;
        const after = { scopes, expiresAt, onlyThisOrganisation: organisationId !== null, by: "device sign-in" };
        await recordToken(ctx, { action: "token.created", name, onlyOrganisationId: organisationId, after });
      }
      return { approved: input.approve };
    }),
});

function inDays(days: number): Date {
  return new Date(Date.now() + days * 24 * 3_600_000);
}
