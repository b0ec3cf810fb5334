import { hash } from "node:crypto";
import type { Caller, TokenCallers } from "../../auth/Callers.ts";
import { actorOf } from "../../auth/readActor.ts";
import { guardedFetch } from "../../egress/guardedFetch.ts";
import type { Environment } from "../../host/Environment.ts";
import type { Actors } from "../actors/Actors.ts";
import { ExternalIssuers } from "./ExternalIssuers.ts";

/** ms for which what a token and the record of its user say is believed. */
const fresh = 5_000;
const maxKnown = 10_000;

interface Known {
  readonly caller: Caller;
  /** ms of the process's own clock. */
  readonly checkedAt: number;
  /** ms since 1970. */
  readonly expires: number;
}

/** Who calls with a token of one of the issuers that the app names. */
export class ExternalCallers implements TokenCallers {
  readonly #environment: Environment;
  readonly #actors: Actors;
  readonly #issuers: ExternalIssuers;
  /** By the hash of the token. */
  readonly #known = new Map<string, Known>();

  constructor(environment: Environment, actors: Actors) {
    this.#environment = environment;
    this.#actors = actors;
    const { app, spec } = environment;
    const fetch = guardedFetch({ allow: spec.egress?.allow ?? [], timeoutSeconds: 5, maxBytes: 512 << 10 });
    this.#issuers = new ExternalIssuers({ model: app.model, fetch });
  }

  /** Whether a token says that it is of one of them; nothing of it has been checked. */
  take(token: string): boolean {
    return this.#issuers.include(token);
  }

  of(token: string): Caller | Promise<Caller> {
    const digest = digestOf(token);
    const known = this.#known.get(digest);
    const isFresh = known && performance.now() - known.checkedAt < fresh && known.expires > Date.now();
    return isFresh ? known.caller : this.#checked(token, digest);
  }

  knows(token: string): boolean {
    return (this.#known.get(digestOf(token))?.expires ?? 0) > Date.now();
  }

  async #checked(token: string, digest: string): Promise<Caller> {
    const { id, roles, tenant, expires } = await this.#issuers.user(token).catch((error: unknown) => {
      this.#known.delete(digest);
      throw error;
    });
    const { model } = this.#environment.app;
    // Whoever has no record yet is somebody nevertheless: policies may let them make it.
    const actor =
      (await this.#actors.of({ id, roles, tenant })) ?? actorOf({ kind: "user", id, roles, tenant }, model, "actor");
    const before = this.#known.get(digest)?.caller;
    const caller = { actor, key: null, mayExplain: false };
    // Equal actors are one, so that what is known of it goes on.
    const same = before && JSON.stringify(before.actor) === JSON.stringify(actor) ? before : caller;
    if (this.#known.size >= maxKnown) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    this.#known.set(digest, { caller: same, checkedAt: performance.now(), expires });
    return same;
  }
}

function digestOf(token: string): string {
  return hash("sha256", token, "base64url");
}
