import { z } from "zod";
import { sessionCookie } from "../../auth/sessionCookie.ts";
import { publicProcedure, router } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { freshProcedure, sessionProcedure } from "../../trpc/sessionProcedures.ts";
import { addressRouter } from "./addressRouter.ts";
import { email } from "./email.ts";
import { linksRouter } from "./linksRouter.ts";
import { newPassword, repeatsIdentity } from "./password.ts";
import { passwordRouter } from "./passwordRouter.ts";
import { findProfile, renameAccount } from "./profile.ts";
import { proof, proofKinds, prove } from "./prove.ts";
import { planRemoval, removeAccount } from "./removeAccount.ts";
import { signUp } from "./service.ts";
import { signInRouter } from "./signInRouter.ts";

const signUpInput = z
  .object({ email, name: line(80), password: newPassword })
  .refine((input) => !repeatsIdentity(input.password, input), {
    path: ["password"],
    message: "Choose a password that is not your name or address.",
    params: { rule: "common" },
  });

/** People's accounts. They are of no organisation, so that all of this is asked of the whole database. */
export const accountsRouter = router({
  /** `{id, email, name}`, or null for whoever is not signed in. */
  me: publicProcedure.query(({ ctx }) => ctx.who?.user ?? null),

  /**
   * The same answer whether or not the address has an account. Go on with next-auth's `signIn("credentials", …)`;
   * when that fails, say: "That did not work. If you already have an account with this address, sign in or choose
   * another address."
   */
  signUp: publicProcedure.input(signUpInput).mutation(async ({ ctx, input }) => {
    await signUp(ctx.system, { ...input, address: ctx.address });
    return { accepted: true as const };
  }),

  signIn: signInRouter,
  address: addressRouter,
  password: passwordRouter,
  links: linksRouter,

  /** `{id, email, name, emailVerifiedAt, createdAt, hasPassword}`. */
  profile: sessionProcedure.query(({ ctx }) => findProfile(ctx.system, ctx.user.id)),

  rename: sessionProcedure.input(z.object({ name: line(80) })).mutation(async ({ ctx, input }) => {
    await renameAccount(ctx.system, ctx.user.id, input.name);
    return input;
  }),

  /** By what `prove` takes a proof from this person in this session, the best first; empty: sign in again instead. */
  proofKinds: sessionProcedure.query(({ ctx }) => proofKinds(ctx.system, ctx.user.id, ctx.who.secondFactor)),

  /** Shows once more who it is, for what answers `proof_required`; good for ten minutes. */
  prove: sessionProcedure.input(proof).mutation(async ({ ctx, input }) => {
    const { user, sessionId, who, browser } = ctx;
    const session = await prove(ctx.system, { user, sessionId, hasShownFactor: who.secondFactor, proof: input });
    browser?.keep([await sessionCookie(session)]);
    return { proven: true as const };
  }),

  /** What becomes of one's organisations: `{inTheWay, going}`, by name. */
  removalPlan: sessionProcedure.query(({ ctx }) => planRemoval(ctx.system, ctx.user.id)),

  remove: freshProcedure.mutation(async ({ ctx }) => {
    await removeAccount(ctx.system, ctx.user);
    return { removed: true as const };
  }),
});
