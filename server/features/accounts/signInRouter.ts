import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { admit } from "../../auth/admit.ts";
import { admissionCookies } from "../../auth/signInBy.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { publicProcedure, router } from "../../trpc/init.ts";
import { browserProcedure } from "../../trpc/sessionProcedures.ts";
import { checkPasskey, factorProof, findFactors, passkeyAnswer, passkeyOptions } from "../factors/service.ts";
import { findWaiting, finishSignIn } from "./waitingSignIn.ts";

/** Signing in besides next-auth: with a passkey alone, and the second step after a password or a provider. */
export const signInRouter = router({
  /** Which factors the waiting sign-in can be ended with: `{email, kinds}`. */
  waiting: browserProcedure.query(async ({ ctx }) => {
    const { user } = await findWaiting(ctx.system, ctx.browser);
    const { codeApp, passkeys, recoveryCodes } = await findFactors(ctx.system, user.id);
    return {
      email: user.email,
      kinds: [
        ...(passkeys.length > 0 ? (["passkey"] as const) : []),
        ...(codeApp ? (["code"] as const) : []),
        ...(recoveryCodes > 0 ? (["recovery"] as const) : []),
      ],
    };
  }),

  /** What the browser is asked to show as the second step. */
  factorChallenge: browserProcedure.mutation(async ({ ctx }) => {
    const { user } = await findWaiting(ctx.system, ctx.browser);
    return await passkeyOptions(ctx.system, user.id);
  }),

  /** Ends the waiting sign-in with a session. */
  finish: browserProcedure.input(factorProof).mutation(async ({ ctx, input }) => {
    const admission = await finishSignIn(ctx.system, ctx.browser, input);
    ctx.browser.keep(await admissionCookies(admission, await ctx.browser.visit()));
    return { signedIn: true as const };
  }),

  /** What the browser is asked to show to sign in with a passkey alone: whichever it has, so that nothing is told. */
  passkeyChallenge: publicProcedure.mutation(async ({ ctx }) => {
    await countPasskey(ctx);
    return await passkeyOptions(ctx.system, null);
  }),

  /** Signs in whoever the passkey is of; it is both factors at once. */
  passkey: browserProcedure.input(z.object({ answer: passkeyAnswer })).mutation(async ({ ctx, input }) => {
    await countPasskey(ctx);
    const userId = await checkPasskey(ctx.system, null, input.answer);
    if (userId === null) throw new AppError("unauthenticated", "Gantry does not know this passkey any more.");
    const visit = await ctx.browser.visit();
    const shown = { userId, method: "passkey", organisationId: null, secondFactor: true } as const;
    ctx.browser.keep(await admissionCookies(await admit(ctx.system, shown, visit), visit));
    return { signedIn: true as const };
  }),
});

async function countPasskey(ctx: { readonly system: Parameters<typeof countTry>[0]; readonly address: string | null }) {
  const subject = ctx.address ?? "unknown";
  await countTry(ctx.system, [limitOf("sign-in:passkey", subject)]);
}
