import { z } from "zod";
import { roles } from "#lib/access/roles.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { organisationProcedure, publicProcedure, router, userProcedure } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { email, newPassword, repeatsIdentity } from "../accounts/service.ts";
import { actorOf, recordAudit } from "../audit/service.ts";
import { acceptInvitation, addressOf, showInvitation, signUpByInvitation } from "./answerInvitation.ts";
import { invite, listInvitations, resend, revoke } from "./invite.ts";

const mostAtOnce = 20;

const token = z.string().max(200);

export const invitationsRouter = router({
  /** Pending ones, newest first. */
  list: organisationProcedure.query(({ ctx }) => listInvitations(ctx.db, ctx.organisation.id)),

  /** `{email, outcome, link}` of each; `link` only where this installation has no mail server. */
  create: organisationProcedure
    .input(
      z.object({
        emails: z.array(email).min(1, "Type at least one address.").max(mostAtOnce, `At most ${mostAtOnce} at once.`),
        role: z.enum(roles),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const emails = [...new Set(input.emails)];
      const { db, system, organisation, user: actor } = ctx;
      const outcomes = await invite(db, { organisation, actor, system, emails, role: input.role });
      const invited = outcomes.filter(({ outcome }) => outcome === "invited").map((one) => one.email);
      if (invited.length === 0) ctx.audit({ unchanged: true });
      ctx.audit({ target: `invitation of ${invited.join(", ")}`, after: { role: input.role } });
      return outcomes;
    }),

  /** Another link, which lasts anew. */
  resend: organisationProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
    const { db, system, organisation, user: actor } = ctx;
    const outcome = await resend(db, { organisation, actor, system, id: input.id });
    ctx.audit({ target: `invitation of ${outcome.email}` });
    return outcome;
  }),

  revoke: organisationProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
    const deed = { organisationId: ctx.organisation.id, actorId: ctx.user.id, id: input.id };
    const { email: address, role } = await revoke(ctx.db, deed);
    ctx.audit({ target: `invitation of ${address}`, before: { role } });
    return { email: address };
  }),

  /** What a link is about, for whoever holds it; who holds it is of no organisation yet. */
  open: publicProcedure.input(z.object({ token })).query(({ ctx, input }) => showInvitation(ctx.system, input.token)),

  /** `{organisation}`: the slug of what one has joined. */
  accept: userProcedure.input(z.object({ token })).mutation(async ({ ctx, input }) => {
    const { organisation, invitation, joined } = await acceptInvitation(ctx.system, input.token, ctx.user);
    if (joined) {
      const { address, userAgent } = ctx;
      await recordAudit(ctx.system, {
        ...{ organisationId: organisation.id, actor: actorOf(ctx.who), action: "invitations.accept" },
        ...{ target: `member ${ctx.user.email}`, after: { role: invitation.role }, address, userAgent },
      });
    }
    return { organisation: organisation.slug };
  }),

  /**
   * `{email}`: the same answer whether or not the address has an account. Go on by signing in with it; when that
   * fails, say what `accounts.signUp` says.
   */
  signUp: publicProcedure
    .input(z.object({ token, name: line(80), password: newPassword }))
    .mutation(async ({ ctx, input }) => {
      const address = await addressOf(ctx.system, input.token);
      if (repeatsIdentity(input.password, { email: address, name: input.name })) {
        const message = "Choose a password that is not your name or address.";
        throw new AppError("invalid_input", message, { fields: [{ field: "password", rule: "common", message }] });
      }
      const joined = await signUpByInvitation(ctx.system, { ...input, address: ctx.address });
      if (joined) {
        const { organisation, invitation, user } = joined;
        await recordAudit(ctx.system, {
          ...{ organisationId: organisation.id, actor: { kind: "person", ...user }, action: "invitations.accept" },
          ...{ target: `member ${address}`, after: { role: invitation.role } },
          ...{ address: ctx.address, userAgent: ctx.userAgent },
        });
      }
      return { email: address };
    }),
});
