import { createHash } from "node:crypto";
import { and, eq, lt, sql } from "drizzle-orm";
import { apiRequests } from "#db/schema/apiRequests.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../database.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { logDefect } from "../../log.ts";
import { seal, unseal } from "../../secrets/seal.ts";
import type { Answer } from "../Answer.ts";

/** A change and the key it was sent with. */
export interface Keyed {
  readonly tokenId: string;
  /** The value of `Idempotency-Key`. */
  readonly key: string;
  /** Method, path and body: the key is good for these only. */
  readonly request: string;
}

const keptHours = 24;
const mostBody = 1024 * 1024;
/** Whoever works on a request says so this often, and is believed dead after three times of it. */
const pulseSeconds = 10;
const sweepingShare = 1 / 100;

/**
 * Does the work once for a key: whoever asks again gets the first answer, `request_in_flight` while it is under way, and
 * `conflict` where the process died over it, because then nobody knows how far it came. What was refused changed nothing
 * and is not kept.
 */
export async function answerOnce(db: Connection, keyed: Keyed, work: () => Promise<Answer>): Promise<Answer> {
  if (!/^[\x21-\x7e]{1,255}$/.test(keyed.key)) {
    throw new AppError("invalid_request", "Give an Idempotency-Key of 1 to 255 letters, digits and signs.");
  }
  const row = { tokenId: keyed.tokenId, key: digest(keyed.key), request: digest(keyed.request) };
  const kept = await begin(db, row);
  if (kept) return kept;
  const own = and(eq(apiRequests.tokenId, row.tokenId), eq(apiRequests.key, row.key));
  const pulse = setInterval(() => {
    const alive = db.update(apiRequests).set({ workedOnUntil: soon() }).where(own);
    alive.catch((error: unknown) => logDefect("A request could not be said to be under way.", error));
  }, pulseSeconds * 1000);
  pulse.unref();
  try {
    const answer = await work();
    if (isFinal(answer)) await db.update(apiRequests).set(columnsOf(answer)).where(own);
    else await db.delete(apiRequests).where(own);
    return answer;
  } finally {
    clearInterval(pulse);
  }
}

/** The answer that was kept; undefined where the work is now ours. */
async function begin(db: Connection, row: Row): Promise<Answer | undefined> {
  if (Math.random() < sweepingShare) await sweepRequests(db);
  const { tokenId, key, request } = row;
  const [made] = await db
    .insert(apiRequests)
    .values({ tokenId, key, request, workedOnUntil: soon() })
    .onConflictDoUpdate({
      target: [apiRequests.tokenId, apiRequests.key],
      // A key is free again after its day.
      set: {
        request: sql`excluded.request`,
        workedOnUntil: sql`excluded.worked_on_until`,
        createdAt: sql`now()`,
        status: null,
        headers: {},
        bodySealed: null,
      },
      setWhere: lt(apiRequests.createdAt, dayAgo()),
    })
    .returning({ key: apiRequests.key });
  if (made) {
    await countTry(db, [limitOf("api:keys", tokenId)]);
    return undefined;
  }
  const [found] = await db
    .select({
      request: apiRequests.request,
      status: apiRequests.status,
      headers: apiRequests.headers,
      bodySealed: apiRequests.bodySealed,
      isWorkedOn: sql<boolean>`${apiRequests.workedOnUntil} > now()`,
    })
    .from(apiRequests)
    .where(and(eq(apiRequests.tokenId, tokenId), eq(apiRequests.key, key)));
  // It was refused and let go between the two questions.
  if (!found) throw inFlight();
  if (found.request !== request) {
    throw new AppError("idempotency_key_reused", "This Idempotency-Key was sent with another request. Take a new one.");
  }
  if (found.status === null) throw found.isWorkedOn ? inFlight() : interrupted();
  const headers = { ...found.headers, "idempotent-replayed": "true" };
  if (found.status !== 204 && found.bodySealed === null) throw notKept();
  return { status: found.status, headers, body: found.bodySealed === null ? null : unseal(found.bodySealed) };
}

type Row = Readonly<Record<"tokenId" | "key" | "request", string>>;

/** Forgets answers whose day is over. */
export async function sweepRequests(db: Connection): Promise<void> {
  await db.delete(apiRequests).where(lt(apiRequests.createdAt, dayAgo()));
}

/** Whether something may have happened; what was refused or could not be done now may be sent again. */
function isFinal({ status }: Answer): boolean {
  return status < 400 || status === 500 || status === 504;
}

function columnsOf({ status, headers, body }: Answer) {
  const isKept = body !== null && body.length <= mostBody;
  return { status, headers, bodySealed: isKept ? seal(body) : null };
}

function inFlight(): AppError {
  return new AppError("request_in_flight", "A request with this Idempotency-Key is still under way. Ask again.");
}

function interrupted(): AppError {
  return new AppError(
    "conflict",
    "The request with this Idempotency-Key was broken off. See what it has done, then send what is left with a new key.",
  );
}

function notKept(): AppError {
  return new AppError("conflict", "This was done; its answer was too large to be kept. Ask for what it has made.");
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function soon() {
  return sql`now() + make_interval(secs => ${3 * pulseSeconds})`;
}

function dayAgo() {
  return sql`now() - make_interval(hours => ${keptHours})`;
}
