import { eq } from "drizzle-orm";
import { z } from "zod";
import { organisations } from "#db/schema/organisations.ts";
import { everyScope } from "#lib/access/scopes.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Principal } from "../../access/Principal.ts";
import { organisationProcedure, router, userProcedure } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { onlyOrganisation } from "./onlyOrganisation.ts";
import {
  createOrganisationToken,
  listOrganisationTokens,
  revokeOrganisationToken,
  rotateOrganisationToken,
  tokenRoles,
} from "./organisationTokens.ts";
import { createToken, listTokens, revokeToken } from "./personalTokens.ts";
import { recordToken } from "./recordToken.ts";
import { tokenEnd, tokenScopes } from "./tokenInput.ts";

/** How long both tokens are valid when one takes the other's place. */
const overlaps = [0, 60, 24 * 60, 7 * 24 * 60] as const;

export const tokensRouter = router({
  /** `{id, name, scopes, organisation, prefix, createdAt, lastUsedAt, lastUsedAddress, expiresAt}` of each; a token sees itself only. */
  list: userProcedure.query(({ ctx }) =>
    listTokens(ctx.system, ctx.user.id, ctx.who.by === "token" ? { id: ctx.who.credentialId } : undefined),
  ),

  /** The same and `token`: shown this once. `only` is the slug of the only organisation that it opens. */
  create: userProcedure
    .input(
      z.object({
        name: line(80),
        expiresAt: tokenEnd.default(null),
        scopes: tokenScopes.default([...everyScope]),
        only: z.string().max(100).nullable().default(null),
      }),
    )
    .mutation(async ({ ctx, input: { only, ...input } }) => {
      const organisationId = await onlyOrganisation(ctx.system, ctx.user.id, only);
      const made = await createToken(ctx.system, ctx.user.id, {
        ...{ ...input, organisationId },
        ...{ secondFactor: ctx.who.secondFactor, vouchedBy: ctx.who.vouchedBy ?? null },
      });
      await recordToken(ctx, {
        action: "token.created",
        name: made.name,
        onlyOrganisationId: organisationId,
        after: { scopes: input.scopes, expiresAt: input.expiresAt, onlyThisOrganisation: organisationId !== null },
      });
      return made;
    }),

  /** A token may end itself, and no other. */
  revoke: userProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
    if (ctx.who.by === "token" && ctx.who.credentialId !== input.id) {
      throw new AppError("forbidden", "A token can revoke itself only. Revoke others in the browser.");
    }
    const { name, organisationId, wasValid } = await revokeToken(ctx.system, ctx.user.id, input.id);
    if (wasValid) await recordToken(ctx, { action: "token.revoked", name, onlyOrganisationId: organisationId });
    return { id: input.id };
  }),

  /** Tokens that are of the organisation, not of a person. */
  organisation: router({
    /** With `allowsLasting`: whether tokens that never expire open the organisation, also those of its members. */
    list: organisationProcedure.query(async ({ ctx }) => ({
      tokens: await listOrganisationTokens(ctx.db, ctx.organisation.id),
      allowsLasting: ctx.organisation.allowsLastingTokens,
    })),

    /** `token` is shown this once. */
    create: organisationProcedure
      .input(z.object({ name: line(80), role: z.enum(tokenRoles), scopes: tokenScopes, expiresAt: tokenEnd }))
      .mutation(async ({ ctx, input }) => {
        requireBrowser(ctx.who);
        requireEnd(ctx.organisation, input.expiresAt);
        const { role, scopes, expiresAt } = input;
        const given = { ...input, organisationId: ctx.organisation.id, createdBy: ctx.user.id };
        // Accounts are of no organisation, those that tokens act as too.
        return await createOrganisationToken(ctx.system, given, (transaction, { name }) =>
          ctx.auditWithin(transaction, { target: `token ${name}`, after: { role, scopes, expiresAt } }),
        );
      }),

    /** A new token in place of the old one, which stays valid for `overlapMinutes`; `token` is shown this once. */
    rotate: organisationProcedure
      .input(
        z.object({
          id: z.uuid(),
          overlapMinutes: z.union(overlaps.map((minutes) => z.literal(minutes))),
          expiresAt: tokenEnd,
        }),
      )
      .mutation(async ({ ctx, input }) => {
        requireBrowser(ctx.who);
        requireEnd(ctx.organisation, input.expiresAt);
        const { overlapMinutes, expiresAt } = input;
        const rotation = { ...input, organisationId: ctx.organisation.id, createdBy: ctx.user.id };
        return await rotateOrganisationToken(ctx.system, rotation, (transaction, { name, prefix }) =>
          ctx.auditWithin(transaction, { target: `token ${name}`, after: { prefix, expiresAt, overlapMinutes } }),
        );
      }),

    revoke: organisationProcedure.input(z.object({ id: z.uuid() })).mutation(async ({ ctx, input }) => {
      const token = { organisationId: ctx.organisation.id, id: input.id };
      await revokeOrganisationToken(ctx.system, token, (transaction, { name }) =>
        ctx.auditWithin(transaction, { target: `token ${name}` }),
      );
      return { id: input.id };
    }),

    /** Whether tokens that never expire may open the organisation. */
    setRule: organisationProcedure.input(z.object({ allowsLasting: z.boolean() })).mutation(async ({ ctx, input }) => {
      const { allowsLasting } = input;
      await ctx.db.transaction(async (transaction) => {
        await transaction
          .update(organisations)
          .set({ allowsLastingTokens: allowsLasting })
          .where(eq(organisations.id, ctx.organisation.id));
        await ctx.auditWithin(transaction, {
          target: "tokens without an end",
          before: { allowed: ctx.organisation.allowsLastingTokens },
          after: { allowed: allowsLasting },
        });
      });
      return { allowsLasting };
    }),
  }),
});

/** What would let whoever has found a token keep what it opens. */
function requireBrowser({ by }: Principal): void {
  if (by === "token") throw new AppError("forbidden", "Make tokens in the browser, signed in: a token may not.");
}

function requireEnd(organisation: { readonly name: string; readonly allowsLastingTokens: boolean }, end: Date | null) {
  if (end !== null || organisation.allowsLastingTokens) return;
  const message = `${organisation.name} asks for tokens that expire. Choose a day.`;
  throw new AppError("invalid_input", message, { fields: [{ field: "expiresAt", rule: "required", message }] });
}
