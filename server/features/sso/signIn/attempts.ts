import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { ssoAttempts, ssoSeenAssertions, type TriedReport } from "#db/schema/ssoAttempts.ts";
import { ssoConnections } from "#db/schema/ssoConnections.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../../database.ts";
import { seal, unseal } from "../../../secrets/seal.ts";
import { oidcClientOf, type SsoConnection, samlProviderOf } from "../connections/service.ts";
import { type OidcBinding, oidcAddress } from "../oidc/oidcClient.ts";
import type { ProvidedIdentity } from "../ProvidedIdentity.ts";
import { oidcCallback } from "../saml/addresses.ts";
import type { SamlAnswer } from "../saml/readResponse.ts";
import { samlAddress } from "../saml/samlProvider.ts";

export type SsoAttempt = typeof ssoAttempts.$inferSelect;

/** How long somebody may take at the provider. */
export const attemptSeconds = 15 * 60;

/** How long a checked answer waits for the browser to come back with it. */
const handoffSeconds = 120;

const binding = z.object({ nonce: z.string(), verifier: z.string() });

const identityShape = z.object({
  subject: z.string(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  groups: z.array(z.string()),
  claims: z.record(z.string(), z.string()),
});

/** Where the browser goes, having been given `browser` to keep: only it can come back. */
export async function beginAttempt(
  db: Connection,
  connection: SsoConnection,
  given: {
    readonly browser: string;
    readonly next: string;
    readonly email: string | null;
    readonly triedBy: string | null;
  },
): Promise<string> {
  const { id: connectionId, organisationId } = connection;
  const kept = {
    ...{ connectionId, organisationId, next: given.next, triedBy: given.triedBy },
    browserHash: hashOf(given.browser),
    expiresAt: sql`now() + make_interval(secs => ${attemptSeconds})`,
  };
  if (connection.kind === "saml") {
    const handle = `_${randomBytes(20).toString("hex")}`;
    await db.insert(ssoAttempts).values({ ...kept, handle });
    return await samlAddress(samlProviderOf(connection), handle);
  }
  const bound: OidcBinding = { state: randomText(), nonce: randomText(), verifier: randomText() };
  const { state: handle, ...rest } = bound;
  const address = await oidcAddress(oidcClientOf(connection), bound, { callback: oidcCallback(), email: given.email });
  await db.insert(ssoAttempts).values({ ...kept, handle, bindingSealed: seal(JSON.stringify(rest)) });
  return address;
}

/** The attempt that an OpenID provider answers, for the browser that set out; it is answered once. */
export async function answerOidc(
  db: Connection,
  { state, browser }: { readonly state: string; readonly browser: string | undefined },
): Promise<{ readonly attempt: SsoAttempt; readonly bound: OidcBinding }> {
  const [attempt] = await db
    .update(ssoAttempts)
    .set({ answeredAt: sql`now()`, finishedAt: sql`now()` })
    .where(
      and(
        eq(ssoAttempts.handle, state),
        eq(ssoAttempts.browserHash, hashOf(browser ?? "")),
        isNull(ssoAttempts.answeredAt),
        gt(ssoAttempts.expiresAt, sql`now()`),
      ),
    )
    .returning();
  if (!attempt?.bindingSealed) throw lost();
  return { attempt, bound: { state, ...binding.parse(JSON.parse(unseal(attempt.bindingSealed))) } };
}

/**
 * Notes a checked answer of SAML, and what the browser has to come back with. It must answer a request of ours that was
 * not answered before, or come from a provider that may send people unasked; no assertion is taken twice.
 */
export async function answerSaml(
  db: Connection,
  connection: SsoConnection,
  { identity, inResponseTo, assertionId, expiresAt }: SamlAnswer,
): Promise<string> {
  const { id: connectionId, organisationId } = connection;
  const [unseen] = await db
    .insert(ssoSeenAssertions)
    .values({ connectionId, organisationId, assertionId, expiresAt })
    .onConflictDoNothing()
    .returning({ assertionId: ssoSeenAssertions.assertionId });
  if (!unseen) throw new AppError("unauthenticated", "The provider's answer was used before. Start again.");
  const handoff = randomText();
  const answered = {
    handoffHash: hashOf(handoff),
    identitySealed: seal(JSON.stringify(identity)),
    answeredAt: sql`now()`,
    expiresAt: sql`now() + make_interval(secs => ${handoffSeconds})`,
  };
  if (inResponseTo === null) {
    if (!connection.allowsUnasked || connection.enabledAt === null) {
      throw new AppError(
        "unauthenticated",
        "Begin at the sign-in page here: this provider may not send people unasked.",
      );
    }
    await db.insert(ssoAttempts).values({ connectionId, organisationId, handle: randomText(), next: "", ...answered });
    return handoff;
  }
  const [attempt] = await db
    .update(ssoAttempts)
    .set(answered)
    .where(
      and(
        eq(ssoAttempts.handle, inResponseTo),
        eq(ssoAttempts.connectionId, connectionId),
        isNull(ssoAttempts.answeredAt),
        gt(ssoAttempts.expiresAt, sql`now()`),
      ),
    )
    .returning({ id: ssoAttempts.id });
  if (!attempt) throw lost();
  return handoff;
}

/** The browser that set out has come back with a checked answer. */
export async function finishSaml(
  db: Connection,
  { handoff, browser }: { readonly handoff: string; readonly browser: string | undefined },
): Promise<{ readonly attempt: SsoAttempt; readonly identity: ProvidedIdentity }> {
  const [attempt] = await db
    .update(ssoAttempts)
    .set({ finishedAt: sql`now()` })
    .where(
      and(
        eq(ssoAttempts.handoffHash, hashOf(handoff)),
        sql`(${ssoAttempts.browserHash} is null or ${ssoAttempts.browserHash} = ${hashOf(browser ?? "")})`,
        isNull(ssoAttempts.finishedAt),
        gt(ssoAttempts.expiresAt, sql`now()`),
      ),
    )
    .returning();
  if (!attempt?.identitySealed) throw lost();
  return { attempt, identity: identityShape.parse(JSON.parse(unseal(attempt.identitySealed))) };
}

/** Keeps what a try has shown; a connection by which somebody would be let in may be switched on. */
export async function keepReport(db: Connection, attempt: SsoAttempt, report: TriedReport): Promise<void> {
  await db.update(ssoAttempts).set({ report, identitySealed: null }).where(eq(ssoAttempts.id, attempt.id));
  if (!report.ok) return;
  await db.update(ssoConnections).set({ triedAt: sql`now()` }).where(eq(ssoConnections.id, attempt.connectionId));
}

/** The open try that an answer says it is for, though the answer itself was refused. */
export async function openTry(db: Connection, connectionId: string, handle: string): Promise<SsoAttempt | null> {
  const [attempt] = await db
    .select()
    .from(ssoAttempts)
    .where(
      and(
        eq(ssoAttempts.handle, handle),
        eq(ssoAttempts.connectionId, connectionId),
        sql`${ssoAttempts.triedBy} is not null`,
        isNull(ssoAttempts.answeredAt),
        gt(ssoAttempts.expiresAt, sql`now()`),
      ),
    );
  return attempt ?? null;
}

export async function findReport(db: Connection, organisationId: string, id: string): Promise<TriedReport | null> {
  const [attempt] = await db
    .select({ report: ssoAttempts.report })
    .from(ssoAttempts)
    .where(and(eq(ssoAttempts.organisationId, organisationId), eq(ssoAttempts.id, id)));
  return attempt?.report ?? null;
}

/** Removes what is over: attempts after a day, so that a report can be looked at; assertions once they are too old. */
export async function sweepAttempts(db: Connection): Promise<void> {
  await db.delete(ssoAttempts).where(lt(ssoAttempts.expiresAt, sql`now() - interval '1 day'`));
  await db.delete(ssoSeenAssertions).where(lt(ssoSeenAssertions.expiresAt, sql`now()`));
}

export function randomText(): string {
  return randomBytes(32).toString("base64url");
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function lost(): AppError {
  return new AppError("unauthenticated", "This sign-in was begun in another browser, is over or too old. Start again.");
}
