import { randomBytes } from "node:crypto";
import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { ssoConnections } from "#db/schema/ssoConnections.ts";
import { ssoDomains } from "#db/schema/ssoDomains.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../../database.ts";
import { domainOf } from "./domainName.ts";
import { readTexts } from "./readTexts.ts";

export type SsoDomain = typeof ssoDomains.$inferSelect;

const mostDomains = 50;

/** A verified domain whose record has been missing for so long is no longer the organisation's. */
const missingDays = 7;

/** Where its TXT record stands, and what it says. */
function recordOf({ domain, challenge }: Pick<SsoDomain, "domain" | "challenge">) {
  return { name: `_gantry.${domain}`, value: `gantry-domain-verification=${challenge}` };
}

export async function listDomains(db: Connection, organisationId: string) {
  const rows = await db
    .select()
    .from(ssoDomains)
    .where(eq(ssoDomains.organisationId, organisationId))
    .orderBy(asc(ssoDomains.domain));
  return rows.map(shownDomain);
}

export async function addDomain(db: Connection, organisationId: string, domain: string) {
  const known = await listDomains(db, organisationId);
  if (known.some((one) => one.domain === domain)) {
    throw new AppError("conflict", `${domain} is already in the list.`, {
      fields: [{ field: "domain", rule: "unique", message: "It is already in the list." }],
    });
  }
  if (known.length >= mostDomains) throw new AppError("conflict", `An organisation can have ${mostDomains} domains.`);
  const [row] = await db
    .insert(ssoDomains)
    .values({ organisationId, domain, challenge: randomBytes(20).toString("hex") })
    .returning();
  if (!row) throw new Error("An inserted row was not returned.");
  return shownDomain(row);
}

/** Throws `not_found`. */
async function findDomain(db: Connection, organisationId: string, id: string): Promise<SsoDomain> {
  const [row] = await db
    .select()
    .from(ssoDomains)
    .where(and(eq(ssoDomains.organisationId, organisationId), eq(ssoDomains.id, id)));
  if (!row) throw new AppError("not_found", "There is no such domain.");
  return row;
}

export async function removeDomain(db: Connection, organisationId: string, id: string): Promise<SsoDomain> {
  const row = await findDomain(db, organisationId, id);
  await db.delete(ssoDomains).where(eq(ssoDomains.id, row.id));
  return row;
}

/** Which connection people of the domain are sent to; null: the organisation's first that is on. */
export async function routeDomain(
  db: Connection,
  organisationId: string,
  { id, connectionId }: { readonly id: string; readonly connectionId: string | null },
) {
  const row = await findDomain(db, organisationId, id);
  if (connectionId !== null) {
    const [connection] = await db
      .select({ id: ssoConnections.id })
      .from(ssoConnections)
      .where(and(eq(ssoConnections.organisationId, organisationId), eq(ssoConnections.id, connectionId)));
    if (!connection) throw new AppError("not_found", "There is no such connection.");
  }
  const [changed] = await db.update(ssoDomains).set({ connectionId }).where(eq(ssoDomains.id, row.id)).returning();
  return shownDomain(changed ?? row);
}

/**
 * Looks for the domain's record. `db` must see all organisations: only one of them can have the domain, whose right is
 * looked at anew before it is lost to another. Throws `conflict` with what to do where the record is not there.
 */
export async function verifyDomain(db: Connection, organisationId: string, id: string) {
  const row = await findDomain(db, organisationId, id);
  const { name, value } = recordOf(row);
  const texts = await readTexts(name).catch((cause: unknown) => {
    throw new AppError("unavailable", `No server of names answers for ${name}. Try again in a moment.`, { cause });
  });
  if (!texts.includes(value)) {
    await db.update(ssoDomains).set({ checkedAt: sql`now()` }).where(eq(ssoDomains.id, row.id));
    const found = texts.length === 0 ? "has no TXT record yet" : "has TXT records, but none with this value";
    throw new AppError("conflict", `${name} ${found}. It can take an hour until a new record is seen everywhere.`);
  }
  const holder = await holderOf(db, row.domain);
  if (holder && holder.id !== row.id) {
    throw new AppError(
      "conflict",
      `${row.domain} was verified by another organisation. It has to be removed there first.`,
    );
  }
  const [verified] = await db
    .update(ssoDomains)
    .set({ verifiedAt: sql`coalesce(${ssoDomains.verifiedAt}, now())`, checkedAt: sql`now()`, missingSince: null })
    .where(eq(ssoDomains.id, row.id))
    .returning();
  return shownDomain(verified ?? row);
}

/** Looks again at all verified domains; those whose record has been gone for a week are no longer verified. */
export async function recheckDomains(db: Connection): Promise<{ readonly lost: readonly SsoDomain[] }> {
  const lost: SsoDomain[] = [];
  for (const row of await db.select().from(ssoDomains).where(isNotNull(ssoDomains.verifiedAt))) {
    const { name, value } = recordOf(row);
    // Where no server answers nothing is known, and nothing changes.
    const texts = await readTexts(name).catch(() => null);
    if (texts === null) continue;
    if (texts.includes(value)) {
      await db.update(ssoDomains).set({ checkedAt: sql`now()`, missingSince: null }).where(eq(ssoDomains.id, row.id));
      continue;
    }
    const [changed] = await db
      .update(ssoDomains)
      .set({
        checkedAt: sql`now()`,
        missingSince: sql`coalesce(${ssoDomains.missingSince}, now())`,
        verifiedAt: sql`case when ${ssoDomains.missingSince} < now() - make_interval(days => ${missingDays})
          then null else ${ssoDomains.verifiedAt} end`,
      })
      .where(eq(ssoDomains.id, row.id))
      .returning();
    if (changed?.verifiedAt === null) lost.push(changed);
  }
  return { lost };
}

/** Whether the address is of a domain that the organisation has shown to be its own. */
export async function isOwnAddress(db: Connection, organisationId: string, email: string): Promise<boolean> {
  const domain = domainOf(email);
  const holder = domain === null ? undefined : await holderOf(db, domain);
  return holder?.organisationId === organisationId;
}

/** Where whoever has the address signs in; null where no organisation's provider is asked. */
export async function connectionOf(db: Connection, email: string): Promise<string | null> {
  const domain = domainOf(email);
  if (domain === null) return null;
  const rows = await db
    .select({ id: ssoConnections.id, routed: ssoDomains.connectionId })
    .from(ssoDomains)
    .innerJoin(ssoConnections, eq(ssoConnections.organisationId, ssoDomains.organisationId))
    .where(and(eq(ssoDomains.domain, domain), isNotNull(ssoDomains.verifiedAt), isNotNull(ssoConnections.enabledAt)))
    .orderBy(asc(ssoConnections.enabledAt), asc(ssoConnections.id));
  return (rows.find(({ id, routed }) => id === routed) ?? rows[0])?.id ?? null;
}

/** Domains that an organisation has shown to be its own. */
export async function verifiedDomains(db: Connection, organisationId: string): Promise<readonly string[]> {
  const rows = await db
    .select({ domain: ssoDomains.domain })
    .from(ssoDomains)
    .where(and(eq(ssoDomains.organisationId, organisationId), isNotNull(ssoDomains.verifiedAt)));
  return rows.map(({ domain }) => domain);
}

async function holderOf(db: Connection, domain: string): Promise<SsoDomain | undefined> {
  const [holder] = await db
    .select()
    .from(ssoDomains)
    .where(and(eq(ssoDomains.domain, domain), isNotNull(ssoDomains.verifiedAt)));
  return holder;
}

function shownDomain(row: SsoDomain) {
  const { id, domain, connectionId, verifiedAt, checkedAt, missingSince } = row;
  return { id, domain, connectionId, verifiedAt, checkedAt, missingSince, record: recordOf(row) };
}
