import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { organisationProcedure, router, userProcedure } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import type { Membership, Organisation } from "./service.ts";
import { listOrganisations, renameOrganisation } from "./service.ts";

export const organisationsRouter = router({
  /** `{slug, name, role}` of each. */
  list: userProcedure.query(({ ctx }) => listOrganisations(ctx.db, ctx.user.id)),

  get: organisationProcedure.query(({ ctx }) => shown(ctx.organisation, ctx.membership)),

  /** The slug stays, so that addresses go on working. */
  rename: organisationProcedure.input(z.object({ name: line(80) })).mutation(async ({ ctx, input }) => {
    if (ctx.membership.role !== "owner") throw new AppError("forbidden", "Ask an owner to rename the organisation.");
    return shown(await renameOrganisation(ctx.db, ctx.organisation.id, input.name), ctx.membership);
  }),
});

function shown({ slug, name, createdAt }: Organisation, { role }: Membership) {
  return { slug, name, role, createdAt };
}
