import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { tokens } from "#db/schema/tokens.ts";
import { users } from "#db/schema/users.ts";
import { allows } from "#lib/access/permissions.ts";
import { type Connection, database } from "../../database.ts";
import { env } from "../../env.ts";
import { keepMail } from "../../mail/sendMail.ts";

/** A week before; a day before where it was made for less than two weeks. Those of a day or two are not told of. */
const isSoon = sql`${tokens.expiresAt} > now() and ${tokens.expiresAt} - now() < case
  when ${tokens.expiresAt} - ${tokens.createdAt} > interval '14 days' then interval '7 days'
  when ${tokens.expiresAt} - ${tokens.createdAt} > interval '2 days' then interval '1 day'
  else interval '0' end`;

/**
 * Writes to the owners of tokens that expire soon, once: of an organisation's to whoever made it, or to its owners where
 * they may not manage tokens any more. Answers how many it told of.
 */
export async function tellExpiring(): Promise<number> {
  const db = database();
  const found = await db
    .select({ token: tokens, user: users, organisation: organisations })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .leftJoin(organisations, eq(organisations.id, tokens.organisationId))
    .where(and(isSoon, isNull(tokens.revokedAt), isNull(tokens.expiryToldAt)))
    .orderBy(asc(tokens.expiresAt))
    .limit(500);
  for (const { token, user, organisation } of found) {
    const isOwn = user.kind === "person";
    const recipients = isOwn ? [user.email] : organisation ? await keepersOf(db, organisation.id, token.createdBy) : [];
    const whose = isOwn || !organisation ? "your" : `${organisation.name}’s`;
    const path = isOwn || !organisation ? "/account/tokens" : `/${organisation.slug}/settings/tokens`;
    const subject = `The token ${token.name} expires soon`;
    const text = [
      `${whose[0]?.toUpperCase()}${whose.slice(1)} token “${token.name}” (${token.prefix}…) expires on ${dayOf(token.expiresAt)}.`,
      "What uses it will be refused from then on. Make another one before:",
      new URL(path, env().NEXTAUTH_URL).href,
      "If nothing uses it any more, there is nothing to do.",
    ].join("\n\n");
    await db.transaction(async (transaction) => {
      const [told] = await transaction
        .update(tokens)
        .set({ expiryToldAt: sql`now()` })
        .where(and(eq(tokens.id, token.id), isNull(tokens.expiryToldAt)))
        .returning({ id: tokens.id });
      // A job sends what is kept.
      if (told) for (const to of recipients) await keepMail(transaction, { to, subject, text });
    });
  }
  return found.length;
}

async function keepersOf(db: Connection, organisationId: string, makerId: string | null): Promise<string[]> {
  const members = await db
    .select({ id: users.id, email: users.email, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(eq(memberships.organisationId, organisationId), isNull(memberships.suspendedAt), eq(users.kind, "person")),
    );
  const maker = members.find(({ id, role }) => id === makerId && allows(role, "tokens.manage"));
  if (maker) return [maker.email];
  return members.filter(({ role }) => role === "owner").map(({ email }) => email);
}

function dayOf(moment: Date | null): string {
  return (moment ?? new Date()).toISOString().slice(0, 10);
}
