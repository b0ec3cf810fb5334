import { and, asc, eq, isNull } from "drizzle-orm";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection, Transaction } from "../../database.ts";
import { reservedOrganisationSlugs } from "../../slugs/reserved.ts";
import { numbered, slug, toSlug } from "../../slugs/slug.ts";
import { recordAudit, systemActor } from "../audit/service.ts";

export { beginDeletion } from "./deletion.ts";
export { memberOf, requireMayManage, takeMembersTurn } from "./memberTurns.ts";
export { projectsSeenBy } from "./projectRoles.ts";

export type Organisation = typeof organisations.$inferSelect;
export type Membership = typeof memberships.$inferSelect;

/** The organisation and the person's membership. To whoever is no member it does not exist: `not_found`. */
export async function findOrganisation(
  db: Connection,
  userId: string,
  organisationSlug: string,
): Promise<{ organisation: Organisation; membership: Membership }> {
  const [found] = slug.safeParse(organisationSlug).success
    ? await db
        .select({ organisation: organisations, membership: memberships })
        .from(organisations)
        .innerJoin(memberships, eq(memberships.organisationId, organisations.id))
        .where(
          and(
            eq(organisations.slug, organisationSlug),
            eq(memberships.userId, userId),
            isNull(memberships.suspendedAt),
          ),
        )
    : [];
  if (!found) throw new AppError("not_found", "There is no such organisation, or you are not a member of it.");
  return found;
}

/** Those that the person is a member of, by name.  With `onlyId` no other than that. */
export async function listOrganisations(db: Connection, userId: string, onlyId: string | null = null) {
  return await db
    .select({
      slug: organisations.slug,
      name: organisations.name,
      role: memberships.role,
      /** Set while it is about to be deleted. */
      deletesAt: organisations.deletesAt,
    })
    .from(organisations)
    .innerJoin(memberships, eq(memberships.organisationId, organisations.id))
    .where(
      and(
        eq(memberships.userId, userId),
        isNull(memberships.suspendedAt),
        onlyId === null ? undefined : eq(organisations.id, onlyId),
      ),
    )
    .orderBy(asc(organisations.name), asc(organisations.slug));
}

/** Where someone who has just signed in goes: the oldest organisation that they are a member of. */
export async function homeOf(db: Connection, userId: string): Promise<string> {
  const [home] = await db
    .select({ slug: organisations.slug })
    .from(organisations)
    .innerJoin(memberships, eq(memberships.organisationId, organisations.id))
    .where(and(eq(memberships.userId, userId), isNull(memberships.suspendedAt)))
    .orderBy(asc(memberships.createdAt), asc(organisations.id))
    .limit(1);
  return home ? `/${home.slug}` : "/new";
}

/** Makes an organisation with its first owner. The slug comes from the name, numbered where it is taken. */
export async function createOrganisation(
  transaction: Transaction,
  { name, ownerId }: { readonly name: string; readonly ownerId: string },
): Promise<Organisation> {
  const base = toSlug(name, "workspace");
  for (let n = reservedOrganisationSlugs.has(base) ? 2 : 1; ; n += 1) {
    const [organisation] = await transaction
      .insert(organisations)
      .values({ slug: candidate(base, n), name })
      .onConflictDoNothing({ target: organisations.slug })
      .returning();
    if (!organisation) continue;
    await transaction
      .insert(memberships)
      .values({ organisationId: organisation.id, userId: ownerId, role: "owner", origin: "founder" });
    await recordFounding(transaction, organisation, ownerId);
    return organisation;
  }
}

/** With it the audit log begins. */
async function recordFounding(transaction: Transaction, { id, slug, name }: Organisation, ownerId: string) {
  const [owner] = await transaction
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(eq(users.id, ownerId));
  await recordAudit(transaction, {
    organisationId: id,
    actor: owner ? { kind: "person", ...owner } : systemActor,
    action: "organisation.founded",
    target: `organisation ${slug}`,
    after: { name },
  });
}

/** The first few are numbered in order; where a name is that common, a random number ends the search at once. */
function candidate(base: string, n: number): string {
  return numbered(base, n <= 5 ? n : 1000 + Math.floor(Math.random() * 1_000_000));
}

export async function renameOrganisation(db: Connection, id: string, name: string): Promise<Organisation> {
  const [organisation] = await db.update(organisations).set({ name }).where(eq(organisations.id, id)).returning();
  if (!organisation) throw new AppError("not_found", "There is no such organisation, or you are not a member of it.");
  return organisation;
}
