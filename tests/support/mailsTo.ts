import { asc, eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { mails } from "#db/schema/mails.ts";
import { unseal } from "#server/secrets/seal.ts";

/** Mails to an address that have not left yet, the oldest first. */
export async function mailsTo(db: Database, address: string) {
  const kept = await db.select().from(mails).where(eq(mails.recipient, address)).orderBy(asc(mails.id));
  return kept.map(({ subject, textSealed }) => ({ subject, text: textSealed === null ? "" : unseal(textSealed) }));
}

/** What stands behind the `#` of the link in the newest of them. */
export async function mailedSecret(db: Database, address: string): Promise<string> {
  const secret = (await mailsTo(db, address)).map(({ text }) => /#([\w-]{43})/.exec(text)?.[1]).findLast(Boolean);
  if (!secret) throw new Error(`No link was mailed to ${address}.`);
  return secret;
}
