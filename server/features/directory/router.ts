import { and, count, eq } from "drizzle-orm";
import { directoryGroups, directoryUsers } from "#db/schema/directories.ts";
import type { Connection } from "../../database.ts";
import { organisationProcedure, router } from "../../trpc/init.ts";
import { directoryAddress } from "./addresses.ts";
import { closeDirectory, type Directory, findDirectory, giveToken } from "./tokens.ts";

export const directoryRouter = router({
  /** Null where none is open. */
  get: organisationProcedure.query(async ({ ctx }) => {
    const directory = await findDirectory(ctx.db, ctx.organisation.id);
    return directory && (await shown(ctx.db, directory));
  }),

  /** Opens it or gives it another token, `token`: shown this once. The one before ends at once. */
  giveToken: organisationProcedure.mutation(async ({ ctx }) => {
    const { directory, token } = await giveToken(ctx.db, ctx.organisation.id);
    ctx.audit({ target: `directory ${directory.tokenPrefix}…` });
    return { ...(await shown(ctx.db, directory)), token };
  }),

  /** Its people stay members, and are managed by people again. */
  close: organisationProcedure.mutation(async ({ ctx }) => {
    await closeDirectory(ctx.db, ctx.organisation.id);
    return { closed: true as const };
  }),
});

async function shown(db: Connection, { id, organisationId, tokenPrefix, tokenCreatedAt, lastUsedAt }: Directory) {
  const ofIt = eq(directoryUsers.organisationId, organisationId);
  const [people] = await db.select({ n: count() }).from(directoryUsers).where(ofIt);
  const [off] = await db
    .select({ n: count() })
    .from(directoryUsers)
    .where(and(ofIt, eq(directoryUsers.active, false)));
  const [groups] = await db
    .select({ n: count() })
    .from(directoryGroups)
    .where(eq(directoryGroups.organisationId, organisationId));
  return {
    address: directoryAddress(id),
    ...{ tokenPrefix, tokenCreatedAt, lastUsedAt },
    people: people?.n ?? 0,
    switchedOff: off?.n ?? 0,
    groups: groups?.n ?? 0,
  };
}
