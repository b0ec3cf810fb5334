import { z } from "zod";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { publicProcedure, router } from "../../trpc/init.ts";
import { freshProcedure, sessionProcedure } from "../../trpc/sessionProcedures.ts";
import { confirmAddress, requestAddressChange, sendConfirmation } from "./address.ts";
import { email } from "./email.ts";

export const addressRouter = router({
  /** Mails the link to confirm one's address again. */
  sendLink: sessionProcedure.mutation(async ({ ctx }) => {
    await sendConfirmation(ctx.system, ctx.user);
    return { sentTo: ctx.user.email };
  }),

  /** Mails a link to the new address; the old one stays until it is followed. The answer is the same for all. */
  change: freshProcedure.input(z.object({ email })).mutation(async ({ ctx, input }) => {
    await requestAddressChange(ctx.system, ctx.user, input.email);
    return { sentTo: input.email };
  }),

  /** Follows a mailed link, with what stands behind its `#`: `{email}`. */
  confirm: publicProcedure.input(z.object({ secret: z.string().max(100) })).mutation(async ({ ctx, input }) => {
    const subject = ctx.address ?? "unknown";
    await countTry(ctx.system, [limitOf("link:network", subject)]);
    return await confirmAddress(ctx.system, input.secret);
  }),
});
