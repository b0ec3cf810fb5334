import type { IncomingHttpHeaders } from "node:http";
import type { ApiKeySpec } from "#lib/compile/Snapshot.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Model } from "#lib/model/types.ts";
import { anonymousActor } from "#lib/plan/access/actors.ts";
import type { Actor } from "#lib/plan/types.ts";
import { ApiKeys } from "./ApiKeys.ts";
import { readActor } from "./readActor.ts";

/** Who sends a request, and as whom it runs. */
export interface Caller {
  readonly actor: Actor;
  /** Id of the API key that the request came with. */
  readonly key: string | null;
  /** The request came with a key that may ask what others may: a service key, or one that may act as others. */
  readonly mayExplain: boolean;
  /** Of an end user who came with an access token of the app's own. */
  readonly session?: CallerSession;
}

export interface CallerSession {
  readonly id: string;
  /** Id of the account. */
  readonly account: string;
}

/** Knows the tokens of end users. */
export interface TokenCallers {
  /** Without a promise where all is known. Throws, or rejects with, AppError for a token that is not good. */
  of(token: string): Caller | Promise<Caller>;
  /** Whether a token that was taken before is still good, as far as is known. */
  knows(token: string): boolean;
}

const actAsHeader = "gantry-act-as";

const anonymous: Caller = { actor: anonymousActor, key: null, mayExplain: false };
/** Header texts whose actors are kept, so that equal requests share what is known of their actor. */
const maxKnown = 500;

/** Tells who calls one environment. */
export class Callers {
  readonly #keys: ApiKeys;
  readonly #model: Model;
  readonly #actors = new Map<string, Actor>();
  /** Null where the app has no end users. */
  readonly #tokens: TokenCallers | null;

  constructor(keys: readonly ApiKeySpec[], model: Model, tokens: TokenCallers | null = null) {
    this.#keys = new ApiKeys(keys);
    this.#model = model;
    this.#tokens = tokens;
  }

  /**
   * Without a promise for keys, and for tokens that are known. Throws, or rejects with, AppError for a key or token that
   * is not valid, and for an actor that the key may not act as.
   */
  of(headers: IncomingHttpHeaders): Caller | Promise<Caller> {
    const token = this.#tokens === null ? null : tokenIn(headers);
    if (this.#tokens !== null && token !== null) {
      if (headers[actAsHeader] !== undefined) throw notActing();
      return this.#tokens.of(token);
    }
    const key = this.#keys.in(headers);
    const other = headers[actAsHeader];
    if (key === undefined) {
      throw new AppError("unauthenticated", "This API key is not valid. Send one that is: Authorization: Bearer gk_….");
    }
    if (other === undefined) {
      return key === null
        ? anonymous
        : { actor: key.actor, key: key.id, mayExplain: key.actAs || key.actor.unrestricted };
    }
    if (!key?.actAs) throw notActing();
    return { actor: this.#actorIn(String(other)), key: key.id, mayExplain: true };
  }

  /** Whether the key or token is still good that somebody came with. */
  knows(headers: IncomingHttpHeaders): boolean {
    const token = this.#tokens === null ? null : tokenIn(headers);
    if (this.#tokens !== null && token !== null) return this.#tokens.knows(token);
    return this.#keys.in(headers) !== undefined;
  }

  #actorIn(text: string): Actor {
    let actor = this.#actors.get(text);
    if (!actor) {
      actor = readActor(text, this.#model, "Gantry-Act-As");
      this.#actors.set(text, actor);
      if (this.#actors.size > maxKnown) {
        const [oldest] = this.#actors.keys();
        if (oldest !== undefined) this.#actors.delete(oldest);
      }
    }
    return actor;
  }
}

/** A JSON Web Token, which no API key looks like. */
function tokenIn({ authorization }: IncomingHttpHeaders): string | null {
  if (authorization === undefined || authorization.length < 12) return null;
  if (!authorization.startsWith("eyJ", 7) || authorization.slice(0, 7).toLowerCase() !== "bearer ") return null;
  return authorization.slice(7).trim();
}

function notActing(): AppError {
  return new AppError("forbidden", "Only a key that may act as others may send Gantry-Act-As.");
}
