import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { auditHeads } from "#db/schema/auditHeads.ts";
import { auditStreams } from "#db/schema/auditStreams.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../../database.ts";
import { seal, unseal } from "../../../secrets/seal.ts";
import { postWebhook, readWebhookUrl } from "../../telemetry/service.ts";
import { streamBody } from "./streamBody.ts";

/** Where the log is sent to and how far that has come; null where it is not. */
export async function streamOf(db: Connection, organisationId: string) {
  const [stream] = await db
    .select({
      url: auditStreams.url,
      isPaused: auditStreams.isPaused,
      deliveredThrough: auditStreams.deliveredThrough,
      deliveredAt: auditStreams.deliveredAt,
      failures: auditStreams.failures,
      failure: auditStreams.failure,
      nextTryAt: auditStreams.nextTryAt,
      createdAt: auditStreams.createdAt,
    })
    .from(auditStreams)
    .where(eq(auditStreams.organisationId, organisationId));
  if (!stream) return null;
  return { ...stream, recordedThrough: await endOf(db, organisationId) };
}

/** Begins to send the log, from its first entry that is still there or with what comes. Answers the secret, this once. */
export async function startStream(
  db: Connection,
  organisationId: string,
  { url, from }: { readonly url: string; readonly from: "beginning" | "now" },
): Promise<{ secret: string }> {
  checkUrl(url);
  const secret = newSecret();
  const deliveredThrough = from === "now" ? await endOf(db, organisationId) : 0;
  const made = await db
    .insert(auditStreams)
    .values({ organisationId, url, secretSealed: seal(secret), deliveredThrough })
    .onConflictDoNothing()
    .returning({ organisationId: auditStreams.organisationId });
  if (made.length === 0) throw new AppError("conflict", "The log is sent on already. Change where to instead.");
  return { secret };
}

/** Goes on at another address, where it stopped. */
export async function moveStream(db: Connection, organisationId: string, url: string): Promise<void> {
  checkUrl(url);
  await change(db, organisationId, { url, failures: 0, failure: null, nextTryAt: sql`now()` });
}

export async function pauseStream(db: Connection, organisationId: string, isPaused: boolean): Promise<void> {
  // Whoever lets it go on again wants to see it try.
  await change(db, organisationId, { isPaused, failures: 0, nextTryAt: sql`now()` });
}

export async function changeStreamSecret(db: Connection, organisationId: string): Promise<{ secret: string }> {
  const secret = newSecret();
  await change(db, organisationId, { secretSealed: seal(secret) });
  return { secret };
}

export async function endStream(db: Connection, organisationId: string): Promise<void> {
  await db.delete(auditStreams).where(eq(auditStreams.organisationId, organisationId));
}

/** Sends a request without entries. Throws AppError where the receiver does not take it. */
export async function testStream(
  db: Connection,
  organisation: { readonly id: string; readonly slug: string },
): Promise<void> {
  const [stream] = await db.select().from(auditStreams).where(eq(auditStreams.organisationId, organisation.id));
  if (!stream) throw notThere();
  const { id, body } = streamBody({ organisation, entries: [], type: "audit.test" });
  await postWebhook({ url: stream.url, secret: unseal(stream.secretSealed), id, body });
}

async function change(db: Connection, organisationId: string, set: object): Promise<void> {
  const changed = await db
    .update(auditStreams)
    .set(set)
    .where(eq(auditStreams.organisationId, organisationId))
    .returning({ organisationId: auditStreams.organisationId });
  if (changed.length === 0) throw notThere();
}

async function endOf(db: Connection, organisationId: string): Promise<number> {
  const [head] = await db
    .select({ sequence: auditHeads.sequence })
    .from(auditHeads)
    .where(eq(auditHeads.organisationId, organisationId));
  return head?.sequence ?? 0;
}

/** The same rules as of other webhooks, told at the field of this form. */
function checkUrl(url: string): void {
  try {
    readWebhookUrl(url);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { message } = error;
    throw new AppError(error.code, message, { fields: [{ field: "url", rule: "pattern", message }] });
  }
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

function notThere(): AppError {
  return new AppError("not_found", "The log is not sent anywhere.");
}
