import { z } from "zod";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { publicProcedure, router } from "../../trpc/init.ts";
import { freshProcedure } from "../../trpc/sessionProcedures.ts";
import { factorProof, passkeyOptions } from "../factors/service.ts";
import { changePassword, findReset, requestReset, resetPassword } from "./changePassword.ts";
import { email } from "./email.ts";
import { newPassword } from "./password.ts";

const link = z.object({ secret: z.string().max(100) });

const linkProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const subject = ctx.address ?? "unknown";
  await countTry(ctx.system, [limitOf("link:network", subject)]);
  return next();
});

export const passwordRouter = router({
  /** Chooses another password, or a first one, and signs all other browsers out. */
  change: freshProcedure.input(z.object({ password: newPassword })).mutation(async ({ ctx, input }) => {
    await changePassword(ctx.system, ctx.user, { password: input.password, sessionId: ctx.sessionId });
    return { changed: true as const };
  }),

  /** The same answer whether or not the address has an account. */
  requestReset: publicProcedure.input(z.object({ email })).mutation(async ({ ctx, input }) => {
    await requestReset(ctx.system, { email: input.email, address: ctx.address });
    return { accepted: true as const };
  }),

  /** Of a mailed link: `{email, kinds}`, the factors of which `reset` asks for one. */
  inspect: linkProcedure.input(link).mutation(async ({ ctx, input }) => {
    const { user, factors } = await findReset(ctx.system, input.secret);
    const hasFactor = factors.codeApp !== null || factors.passkeys.length > 0;
    return {
      email: user.email,
      kinds: [
        ...(factors.passkeys.length > 0 ? (["passkey"] as const) : []),
        ...(factors.codeApp ? (["code"] as const) : []),
        ...(hasFactor && factors.recoveryCodes > 0 ? (["recovery"] as const) : []),
      ],
    };
  }),

  factorChallenge: linkProcedure.input(link).mutation(async ({ ctx, input }) => {
    const { user } = await findReset(ctx.system, input.secret);
    return await passkeyOptions(ctx.system, user.id);
  }),

  reset: linkProcedure
    .input(link.extend({ password: newPassword, proof: factorProof.optional() }))
    .mutation(async ({ ctx, input: { proof, ...input } }) => {
      await resetPassword(ctx.system, { ...input, ...(proof && { proof }) });
      return { changed: true as const };
    }),
});
