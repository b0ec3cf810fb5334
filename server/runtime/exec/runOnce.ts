import { createHash } from "node:crypto";
import { onceTable } from "#lib/compile/schema/onceSchema.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Actor, Once } from "#lib/plan/types.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { Session } from "./Database.ts";
import { codeOf } from "./failureKinds.ts";

const table = tableName(onceTable);
const kept = "interval '24 hours'";

const lock = "SELECT pg_try_advisory_xact_lock($1::bigint)::text";
const find = `SELECT fingerprint, answer FROM ${table} WHERE key = $1 AND at > now() - ${kept}`;
/** A few with each change: what has expired is gone soon, and nobody waits for it. */
const sweep = `DELETE FROM ${table} WHERE key IN (
  SELECT key FROM ${table} WHERE at <= now() - ${kept} ORDER BY at LIMIT 10 FOR UPDATE SKIP LOCKED)`;
const store = `INSERT INTO ${table} AS known (key, fingerprint, answer) VALUES ($1, $2, $3)
  ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint, answer = excluded.answer, at = excluded.at`;

export interface OnceParts {
  readonly actor: Actor;
  readonly once: Once;
  /** The change; null when it found nothing to change. */
  readonly work: () => Promise<Buffer | null>;
}

/**
 * The answer that the key stands for, or that of the change, which is kept in the transaction of the session: both are
 * there or neither. Of two at a time one is refused. A change that is refused leaves nothing, and may be tried again.
 */
export async function runOnce(session: Session, { actor, once, work }: OnceParts): Promise<Buffer | null> {
  const digest = createHash("sha256")
    .update(`${holder(actor)} ${once.key}`)
    .digest();
  const key = digest.toString("base64url");
  const ask = (text: string, ...parameters: string[]) => session.answer({ text, parameters, prepare: true });
  // The second statement sees what was committed before the lock was given back.
  const [locked, found] = await Promise.all([
    ask(lock, digest.readBigInt64BE().toString()),
    ask(find, key).catch((error: unknown) => {
      throw codeOf(error) === "42P01" ? notYet(error) : error;
    }),
  ]);
  if (locked?.[0]?.toString("latin1") !== "true") {
    throw new AppError("request_in_flight", "A request with this key is still under way. Try again in a moment.");
  }
  const [fingerprint, answer] = found ?? [];
  if (fingerprint && answer) {
    if (fingerprint.toString("latin1") !== once.fingerprint) throw reused();
    once.onReplay?.();
    return answer;
  }
  const json = await work();
  if (json) await Promise.all([ask(sweep), ask(store, key, once.fingerprint, json.toString("utf8"))]);
  return json;
}

/** Whose key it is. Whoever has no identity is known by what he may do. */
function holder({ kind, id, roles, tenant }: Actor): string {
  return JSON.stringify(id === null ? [kind, null, roles, tenant] : [kind, id]);
}

const field = "Idempotency-Key";

function reused(): AppError {
  const message = "This key stands for another request. Give each change a key of its own.";
  return new AppError("idempotency_key_reused", message, { fields: [{ field, rule: "reused", message }] });
}

/** A database that no deploy has touched since there are keys. */
function notYet(cause: unknown): AppError {
  const message = "This app takes keys from its next deploy on. Send the request without one until then.";
  return new AppError("invalid_request", message, { fields: [{ field, rule: "unavailable", message }], cause });
}
