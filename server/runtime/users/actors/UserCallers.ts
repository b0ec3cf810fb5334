import { hash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { AppError } from "#lib/errors/AppError.ts";
import type { Actor } from "#lib/plan/types.ts";
import type { Caller } from "../../auth/Callers.ts";
import type { Database } from "../../exec/Database.ts";
import { logDefect } from "../../log.ts";
import { told } from "../own.ts";
import type { AccessTokens, VerifiedToken } from "../tokens/AccessTokens.ts";
import type { Actors } from "./Actors.ts";

/** ms for which what is known of a session is believed; then it is looked at again while requests go on. */
const fresh = 2_000;
/** After so many ms requests wait until it was. */
const stale = 5_000;
const maxKnown = 10_000;

interface Known {
  /** Null where the session has ended, or its account is disabled or gone. */
  caller: Caller | null;
  /** ms of the process's own clock. */
  checkedAt: number;
  checking: Promise<Caller | null> | null;
}

export interface UserCallersParts {
  readonly database: Database;
  readonly accessTokens: AccessTokens;
  readonly actors: Actors;
}

/**
 * Who calls with an access token of the app's own. A token is verified once; what its session, account and record say
 * is at most five seconds old, and at once what this process changed of them itself.
 */
export class UserCallers {
  readonly #parts: UserCallersParts;
  /** By the hash of the token. */
  readonly #tokens = new Map<string, VerifiedToken>();
  readonly #sessions = new Map<string, Known>();
  #changes = 0;

  constructor(parts: UserCallersParts) {
    this.#parts = parts;
  }

  /** Without a promise for whoever is known. Throws AppError `unauthenticated` for a token that is not good any more. */
  of(token: string): Caller | Promise<Caller> {
    const digest = hash("sha256", token, "base64url");
    const verified = this.#tokens.get(digest);
    if (!verified || !this.#parts.accessTokens.isGood(verified)) return this.#verified(token, digest);
    return this.#callerIn(verified.session);
  }

  /** Whether a token that was taken before is still good, as far as that is known; what is old is looked at again. */
  knows(token: string): boolean {
    const verified = this.#tokens.get(hash("sha256", token, "base64url"));
    if (!verified || !this.#parts.accessTokens.isGood(verified)) return false;
    const known = this.#sessions.get(verified.session);
    if (known && performance.now() - known.checkedAt >= fresh) this.#lookAgain(verified.session, known);
    return known?.caller != null;
  }

  /** These sessions have ended. */
  end(sessions: readonly string[]): void {
    this.#changes += 1;
    for (const session of sessions) {
      const known = this.#sessions.get(session);
      if (known) Object.assign(known, { caller: null, checkedAt: performance.now() });
    }
  }

  /** An account or a record was changed, that of the user with the key or any: it is looked at before it is believed. */
  forget(key: string | null = null): void {
    this.#changes += 1;
    if (key === null) this.#sessions.clear();
    for (const [session, { caller }] of this.#sessions) {
      if (caller === null || caller.actor.id === key) this.#sessions.delete(session);
    }
  }

  async #verified(token: string, digest: string): Promise<Caller> {
    const verified = await this.#parts.accessTokens.verify(token);
    bound(this.#tokens);
    this.#tokens.set(digest, verified);
    return this.#callerIn(verified.session);
  }

  #callerIn(session: string): Caller | Promise<Caller> {
    const known = this.#sessions.get(session);
    const age = known ? performance.now() - known.checkedAt : Number.POSITIVE_INFINITY;
    if (known && age < stale) {
      if (known.caller === null) throw over();
      if (age >= fresh) this.#lookAgain(session, known);
      return known.caller;
    }
    return this.#looked(session).then((caller) => caller ?? refuse());
  }

  #lookAgain(session: string, known: Known): void {
    if (known.checking) return;
    this.#looked(session).catch((error: unknown) => logDefect("A session could not be looked at.", error));
  }

  async #looked(session: string): Promise<Caller | null> {
    let known = this.#sessions.get(session);
    if (!known) {
      bound(this.#sessions);
      known = { caller: null, checkedAt: Number.NEGATIVE_INFINITY, checking: null };
      this.#sessions.set(session, known);
    }
    const entry = known;
    entry.checking ??= this.#look(session, entry).finally(() => {
      entry.checking = null;
    });
    return entry.checking;
  }

  async #look(session: string, known: Known): Promise<Caller | null> {
    for (let attempt = 1; ; attempt++) {
      const changes = this.#changes;
      const caller = await this.#read(session);
      // What was changed meanwhile was perhaps not seen.
      if (changes !== this.#changes && attempt < 5) continue;
      // Equal actors are one, so that what is known of it goes on.
      known.caller = isDeepStrictEqual(caller, known.caller) ? known.caller : caller;
      known.checkedAt = performance.now();
      return known.caller;
    }
  }

  async #read(session: string): Promise<Caller | null> {
    await this.#parts.accessTokens.lookAgain();
    const row = await this.#parts.database
      .read({ text: query, parameters: [session], prepare: true })
      .catch((error: unknown) => {
        throw told(error);
      });
    if (!row) return null;
    const [account = "", record, roles = "[]"] = row.map((value) => value?.toString("utf8"));
    const id = record ?? account;
    const actor: Actor | null = await this.#parts.actors.of({ id, roles: JSON.parse(roles) as readonly string[] });
    return actor && { actor, key: null, mayExplain: false, session: { id: session, account } };
  }
}

const query = `select a.id::text, a.record, a.roles::text
  from gantry_sessions s join gantry_accounts a on a.id = s.account
  where s.id = $1::uuid and s.revoked_at is null and s.expires_at > now() and a.disabled_at is null`;

function bound(known: Map<string, unknown>): void {
  if (known.size < maxKnown) return;
  const [oldest] = known.keys();
  if (oldest !== undefined) known.delete(oldest);
}

function over(): AppError {
  return new AppError("unauthenticated", "This session is over. Sign in again.");
}

function refuse(): never {
  throw over();
}
