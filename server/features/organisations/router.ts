import { z } from "zod";
import type { Access } from "../../access/findAccess.ts";
import { organisationProcedure, router, userProcedure } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import type { Organisation } from "./service.ts";
import { listOrganisations, renameOrganisation } from "./service.ts";

export const organisationsRouter = router({
  /** `{slug, name, role}` of each. */
  list: userProcedure.query(({ ctx }) => listOrganisations(ctx.db, ctx.user.id)),

  /** `permissions`: what whoever asks may do, for screens to show; the server asks again. */
  get: organisationProcedure.query(({ ctx }) => shown(ctx.organisation, ctx.access)),

  /** The slug stays, so that addresses go on working. */
  rename: organisationProcedure.input(z.object({ name: line(80) })).mutation(async ({ ctx, input }) => {
    return shown(await renameOrganisation(ctx.db, ctx.organisation.id, input.name), ctx.access);
  }),
});

function shown({ slug, name, createdAt }: Organisation, { role, permissions }: Access) {
  return { slug, name, role, permissions, createdAt };
}
