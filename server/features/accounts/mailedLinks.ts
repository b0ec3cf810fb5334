import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, sql } from "drizzle-orm";
import { mailedLinks } from "#db/schema/mailedLinks.ts";
import type { Connection } from "../../database.ts";
import { env } from "../../env.ts";

type Purpose = (typeof mailedLinks.$inferSelect)["purpose"];

/** How long each is good, in hours. */
export const linkHours: Record<Purpose, number> = { address: 48, password: 1 };

/** Where each leads. What opens something stands behind `#`: it is sent to no server and stands in no log. */
const pages: Record<Purpose, string> = { address: "/sign-in/confirm", password: "/sign-in/reset" };

/** A link to be mailed, in place of the one before of the same purpose. */
export async function newLink(
  db: Connection,
  given: { readonly userId: string; readonly purpose: Purpose; readonly email: string },
): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + linkHours[given.purpose] * 3_600_000);
  await endLinks(db, given.userId, given.purpose);
  await db.insert(mailedLinks).values({ ...given, hash: hashOf(secret), expiresAt });
  return `${new URL(pages[given.purpose], env().NEXTAUTH_URL).href}#${secret}`;
}

/** Whose link it is and where it was sent; null where it is not good. */
export async function findLink(db: Connection, purpose: Purpose, secret: string) {
  const [link] = await db
    .select({ userId: mailedLinks.userId, email: mailedLinks.email })
    .from(mailedLinks)
    .where(good(purpose, secret));
  return link ?? null;
}

/** The same, and it is used up. */
export async function takeLink(db: Connection, purpose: Purpose, secret: string) {
  const [link] = await db
    .delete(mailedLinks)
    .where(good(purpose, secret))
    .returning({ userId: mailedLinks.userId, email: mailedLinks.email });
  return link ?? null;
}

/** Makes links that were mailed and not used no longer good. */
export async function endLinks(db: Connection, userId: string, purpose: Purpose): Promise<void> {
  await db.delete(mailedLinks).where(and(eq(mailedLinks.userId, userId), eq(mailedLinks.purpose, purpose)));
}

const good = (purpose: Purpose, secret: string) =>
  and(eq(mailedLinks.hash, hashOf(secret)), eq(mailedLinks.purpose, purpose), gt(mailedLinks.expiresAt, sql`now()`));

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
