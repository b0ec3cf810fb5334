import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import type { Access } from "../../access/findAccess.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { organisationProcedure, router, userProcedure } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { leave, transferOwnership } from "./changeMembers.ts";
import { beginDeletion, ownersOf, restoreOrganisation } from "./deletion.ts";
import type { Organisation } from "./service.ts";
import { createOrganisation, listOrganisations, renameOrganisation } from "./service.ts";
import { tellOfDeletion, tellOfRestoring, tellOfTransfer } from "./tellOwners.ts";

export const organisationsRouter = router({
  /** `{slug, name, role, deletesAt}` of each. */
  list: userProcedure.query(({ ctx }) => listOrganisations(ctx.system, ctx.user.id, ctx.who.onlyOrganisationId)),

  /** One more, of which one is the owner. */
  create: userProcedure.input(z.object({ name: line(80) })).mutation(async ({ ctx, input }) => {
    await countTry(ctx.system, [limitOf("organisation:create", ctx.user.id)]);
    // There is no organisation yet whose rows these could be.
    const { slug, name } = await ctx.system.transaction((transaction) =>
      createOrganisation(transaction, { name: input.name, ownerId: ctx.user.id }),
    );
    return { slug, name };
  }),

  /** `permissions`: what whoever asks may do, for screens to show; the server asks again. */
  get: organisationProcedure.query(({ ctx }) => shown(ctx.organisation, ctx.access)),

  /** The slug stays, so that addresses go on working. */
  rename: organisationProcedure.input(z.object({ name: line(80) })).mutation(async ({ ctx, input }) => {
    const renamed = await renameOrganisation(ctx.db, ctx.organisation.id, input.name);
    ctx.audit({ before: { name: ctx.organisation.name }, after: { name: renamed.name } });
    return shown(renamed, ctx.access);
  }),

  /** Makes another member the owner and oneself an admin; `confirm` is the organisation's name as it was typed. */
  transfer: organisationProcedure
    .input(z.object({ userId: z.uuid(), confirm: z.string() }))
    .mutation(async ({ ctx, input }) => {
      requireName(ctx.organisation, input.confirm, "hand it over");
      const deed = { organisationId: ctx.organisation.id, actorId: ctx.user.id, userId: input.userId };
      const { from, to } = await transferOwnership(ctx.db, deed);
      ctx.audit({ target: `member ${to.email}`, before: { owner: from.email }, after: { owner: to.email } });
      await tellOfTransfer(ctx.system, ctx.organisation, { from, to });
      return { owner: to.email };
    }),

  /** Only by oneself in the browser; the last owner cannot. */
  leave: organisationProcedure.mutation(async ({ ctx }) => {
    if (ctx.who.by === "token") throw new AppError("forbidden", "Leave in the browser, signed in: a token may not.");
    const { role } = await leave(ctx.db, { organisationId: ctx.organisation.id, userId: ctx.user.id });
    ctx.audit({ target: `member ${ctx.user.email}`, before: { role } });
    return { slug: ctx.organisation.slug };
  }),

  /** Begins the time of grace; `confirm` is the organisation's name as it was typed. */
  delete: organisationProcedure.input(z.object({ confirm: z.string() })).mutation(async ({ ctx, input }) => {
    requireName(ctx.organisation, input.confirm, "delete it");
    const deletesAt = await beginDeletion(ctx.db, ctx.organisation.id, ctx.user.id);
    ctx.audit({ after: { deletesAt } });
    const owners = await ownersOf(ctx.db, ctx.organisation.id);
    await tellOfDeletion(ctx.system, ctx.organisation, { deletesAt, by: ctx.user.name, owners });
    return { deletesAt };
  }),

  restore: organisationProcedure.mutation(async ({ ctx }) => {
    await restoreOrganisation(ctx.db, ctx.organisation.id);
    const owners = await ownersOf(ctx.db, ctx.organisation.id);
    await tellOfRestoring(ctx.system, ctx.organisation, { by: ctx.user.name, owners });
    return { slug: ctx.organisation.slug };
  }),
});

function shown({ slug, name, createdAt, deletesAt }: Organisation, { role, permissions, closed }: Access) {
  return { slug, name, role, permissions, closed, deletesAt, createdAt };
}

function requireName({ name }: Organisation, typed: string, deed: string): void {
  if (typed.trim() === name.trim()) return;
  const message = `Type the organisation's name, ${name}, to ${deed}.`;
  throw new AppError("invalid_input", message, { fields: [{ field: "confirm", rule: "equal", message }] });
}
