import { and, asc, eq, gt, lt, lte, sql } from "drizzle-orm";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { auditHeads } from "#db/schema/auditHeads.ts";
import { auditStreams } from "#db/schema/auditStreams.ts";
import { organisations } from "#db/schema/organisations.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { database, type Transaction } from "../../../database.ts";
import { logDefect } from "../../../log.ts";
import { unseal } from "../../../secrets/seal.ts";
import { entitlementsOf } from "../../plans/service.ts";
import { postWebhook } from "../../telemetry/service.ts";
import { asChainedEntry } from "../AuditEntry.ts";
import { streamBody } from "./streamBody.ts";

/** Entries in one request. */
const together = 100;
/** Requests of one stream in one run; the next run goes on. */
const mostRequests = 50;
const atOnce = 4;
const firstWaitSeconds = 30;
const longestWaitSeconds = 6 * 3600;

/** Sends on what has been recorded since, of every organisation that wants it. Answers how many entries were taken. */
export async function deliverStreams(): Promise<number> {
  const waiting = await database()
    .select({ organisationId: auditStreams.organisationId })
    .from(auditStreams)
    .innerJoin(auditHeads, eq(auditHeads.organisationId, auditStreams.organisationId))
    .where(and(isDue, lt(auditStreams.deliveredThrough, auditHeads.sequence)))
    .orderBy(asc(auditStreams.nextTryAt));
  const queue = waiting.map(({ organisationId }) => organisationId);
  let taken = 0;
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      try {
        taken += await deliverStream(next);
      } catch (error) {
        logDefect("An audit log could not be sent on.", error, { organisation: next });
      }
    }
  };
  // A slow receiver keeps only a few others waiting.
  await Promise.all(Array.from({ length: atOnce }, work));
  return taken;
}

const isDue = and(eq(auditStreams.isPaused, false), lte(auditStreams.nextTryAt, sql`now()`));

async function deliverStream(organisationId: string): Promise<number> {
  const { features } = await entitlementsOf(database(), organisationId);
  if (!features.includes("auditStream")) return 0;
  let taken = 0;
  for (let requests = 0; requests < mostRequests; requests += 1) {
    const some = await database().transaction((transaction) => deliverNext(transaction, organisationId));
    if (some === 0) break;
    taken += some;
  }
  return taken;
}

/** The next entries in one request; the row is held meanwhile, so that they go once and in order. */
async function deliverNext(db: Transaction, organisationId: string): Promise<number> {
  const [stream] = await db
    .select()
    .from(auditStreams)
    .where(and(eq(auditStreams.organisationId, organisationId), isDue))
    .for("update", { skipLocked: true });
  if (!stream) return 0;
  const rows = await db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.organisationId, organisationId), gt(auditEntries.sequence, stream.deliveredThrough)))
    .orderBy(asc(auditEntries.sequence))
    .limit(together);
  const last = rows.at(-1);
  if (!last) return 0;
  const [organisation] = await db.select().from(organisations).where(eq(organisations.id, organisationId));
  if (!organisation) return 0;
  const { id, body } = streamBody({ organisation, entries: rows.map(asChainedEntry), type: "audit.entries" });
  const failure = await failureOf(() =>
    postWebhook({ url: stream.url, secret: unseal(stream.secretSealed), id, body }),
  );
  await db
    .update(auditStreams)
    .set(
      failure === null
        ? {
            deliveredThrough: last.sequence,
            deliveredAt: new Date(),
            failures: 0,
            failure: null,
            nextTryAt: sql`now()`,
          }
        : { failures: stream.failures + 1, failure, nextTryAt: after(waitAfter(stream.failures)) },
    )
    .where(eq(auditStreams.organisationId, organisationId));
  return failure === null ? rows.length : 0;
}

/** Half a minute, doubled with each failure, a little more or less so that not all come at once. */
function waitAfter(failures: number): number {
  const wait = Math.min(firstWaitSeconds * 2 ** Math.min(failures, 20), longestWaitSeconds);
  return wait * (0.9 + Math.random() * 0.2);
}

function after(seconds: number) {
  return sql`clock_timestamp() + make_interval(secs => ${seconds})`;
}

/** Public sentence; null where it was taken. */
async function failureOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    logDefect("An audit log could not be sent on.", error);
    return "Something went wrong on our side.";
  }
}
