import { z } from "zod";
import type { Browser } from "../../auth/Browser.ts";
import { sessionCookie } from "../../auth/sessionCookie.ts";
import { router } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { freshProcedure, sessionProcedure } from "../../trpc/sessionProcedures.ts";
import { renewSession } from "../sessions/service.ts";
import { addCodeApp, addNamedPasskey, dropCodeApp, dropPasskey, renewCodes } from "./changeFactors.ts";
import { beginCodeApp } from "./codeApp.ts";
import { findFactors } from "./findFactors.ts";
import { passkeyOptions, registrationOptions, renamePasskey } from "./passkeys.ts";
import { newPasskeyAnswer, typedCode } from "./proof.ts";

const one = z.object({ id: z.uuid() });

/** A person's second factors. What changes them asks for a fresh proof; accounts are of no organisation. */
export const factorsRouter = router({
  /** `{codeApp, passkeys, recoveryCodes}`: what there is, and how many codes are left. */
  list: sessionProcedure.query(({ ctx }) => findFactors(ctx.system, ctx.user.id)),

  codeApp: router({
    /** The secret and its picture; nothing is asked for until `confirm` was given a first code. */
    begin: freshProcedure.mutation(({ ctx }) => beginCodeApp(ctx.system, ctx.user)),

    /** `recoveryCodes`: shown this once, with the first factor. */
    confirm: freshProcedure.input(z.object({ code: typedCode })).mutation(async ({ ctx, input }) => {
      const added = await addCodeApp(ctx.system, ctx.user, input.code);
      await raise(ctx);
      return added;
    }),

    remove: freshProcedure.mutation(async ({ ctx }) => {
      await dropCodeApp(ctx.system, ctx.user);
      return { removed: true as const };
    }),
  }),

  passkeys: router({
    /** What the browser is asked to make. */
    begin: freshProcedure.mutation(({ ctx }) => registrationOptions(ctx.system, ctx.user)),

    /** The same as `codeApp.confirm`. */
    add: freshProcedure
      .input(z.object({ name: line(60), answer: newPasskeyAnswer }))
      .mutation(async ({ ctx, input }) => {
        const added = await addNamedPasskey(ctx.system, ctx.user, { name: input.name, response: input.answer });
        await raise(ctx);
        return added;
      }),

    rename: sessionProcedure.input(one.extend({ name: line(60) })).mutation(async ({ ctx, input }) => {
      await renamePasskey(ctx.system, ctx.user.id, input);
      return { id: input.id };
    }),

    remove: freshProcedure.input(one).mutation(async ({ ctx, input }) => {
      await dropPasskey(ctx.system, ctx.user, input.id);
      return { id: input.id };
    }),

    /** What the browser is asked to show, for `accounts.prove`. */
    challenge: sessionProcedure.mutation(({ ctx }) => passkeyOptions(ctx.system, ctx.user.id)),
  }),

  recoveryCodes: router({
    /** All of the new set, shown this once. */
    renew: freshProcedure.mutation(async ({ ctx }) => ({ recoveryCodes: await renewCodes(ctx.system, ctx.user) })),
  }),
});

/** Whoever has set up a factor has shown it: the session goes on as one with it, under another id. */
async function raise(ctx: {
  readonly system: Parameters<typeof renewSession>[0];
  readonly sessionId: string;
  readonly browser?: Browser | undefined;
}): Promise<void> {
  const session = await renewSession(ctx.system, { id: ctx.sessionId, secondFactor: true });
  ctx.browser?.keep([await sessionCookie(session)]);
}
