import { createLocalJWKSet, errors, type JSONWebKeySet, type LocalJWKSet } from "jose";
import { AppError } from "#lib/errors/AppError.ts";
import { type Fetch, readJsonDocument } from "./readJsonDocument.ts";

/** Seconds. */
const lifetimes = {
  /** Keys are asked for again after so long, so that what an issuer takes back is not believed much longer. */
  fresh: 600,
  /** An issuer that cannot be asked: its last keys go on for so long. */
  kept: 86_400,
  /** Between two questions because of a key that is not known. */
  pause: 30,
  /** After a question that was not answered. */
  retry: 5,
  /** Of the document that says where the keys are. */
  document: 86_400,
} as const;

export interface IssuerKeysParts {
  readonly issuer: string;
  readonly fetch: Fetch;
  /** ms. */
  readonly now?: () => number;
}

/**
 * The public keys of one issuer, found by its discovery document. They are kept; a key that is new is asked for, however
 * often it is named at most every 30 seconds.
 */
export class IssuerKeys {
  readonly #issuer: string;
  readonly #fetch: Fetch;
  readonly #now: () => number;
  #keys: { readonly set: LocalJWKSet; readonly at: number } | null = null;
  #place: { readonly url: string; readonly at: number } | null = null;
  #asked: { readonly at: number; readonly answered: boolean } | null = null;
  #asking: Promise<void> | null = null;

  constructor({ issuer, fetch, now = Date.now }: IssuerKeysParts) {
    this.#issuer = issuer;
    this.#fetch = fetch;
    this.#now = now;
  }

  /** Grows with every time that keys were read. */
  get version(): number {
    return this.#keys?.at ?? 0;
  }

  get isFresh(): boolean {
    return this.#keys !== null && this.#age(this.#keys.at) < lifetimes.fresh;
  }

  /** Resolves keys as jose asks for them. Throws AppError `unavailable` where the issuer cannot be asked. */
  readonly find: LocalJWKSet | ((...given: Parameters<LocalJWKSet>) => ReturnType<LocalJWKSet>) = async (
    header,
    token,
  ) => {
    if (!this.isFresh) await this.#renew();
    const known = this.#usable();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#renew();
      if (this.#asked?.answered === false) throw away();
      return await this.#usable()(header, token);
    }
  };

  #usable(): LocalJWKSet {
    if (this.#keys === null || this.#age(this.#keys.at) > lifetimes.kept) throw away();
    return this.#keys.set;
  }

  /** Asks for the keys, unless that was done a moment ago. Where there is no answer, those that are known go on. */
  async #renew(): Promise<void> {
    if (this.#asking === null) {
      const pause = this.#asked?.answered === false ? lifetimes.retry : lifetimes.pause;
      if (this.#asked !== null && this.#age(this.#asked.at) < pause) return;
      this.#asking = this.#ask().finally(() => {
        this.#asking = null;
      });
    }
    await this.#asking;
  }

  async #ask(): Promise<void> {
    try {
      const keys = await readJsonDocument(this.#fetch, await this.#keysUrl());
      // jose checks the form of what it is given.
      this.#keys = { set: createLocalJWKSet(keys as unknown as JSONWebKeySet), at: this.#now() };
      this.#asked = { at: this.#now(), answered: true };
    } catch (error) {
      this.#asked = { at: this.#now(), answered: false };
      this.#place = null;
      if (this.#keys === null) throw error instanceof AppError ? error : away(error);
    }
  }

  async #keysUrl(): Promise<string> {
    if (this.#place !== null && this.#age(this.#place.at) < lifetimes.document) return this.#place.url;
    const base = this.#issuer.endsWith("/") ? this.#issuer : `${this.#issuer}/`;
    const document = await readJsonDocument(this.#fetch, `${base}.well-known/openid-configuration`);
    const { issuer, jwks_uri: url } = document;
    // A document that speaks for somebody else would let one issuer pass for another.
    if (issuer !== this.#issuer) throw away(new Error(`The document of ${this.#issuer} names another issuer.`));
    if (typeof url !== "string" || !URL.canParse(url)) throw away(new Error(`${this.#issuer} does not name its keys.`));
    if (new URL(url).protocol !== "https:" && this.#issuer.startsWith("https:")) {
      throw away(new Error(`${this.#issuer} names keys that do not come by https.`));
    }
    this.#place = { url, at: this.#now() };
    return url;
  }

  /** In seconds. */
  #age(at: number): number {
    return (this.#now() - at) / 1000;
  }
}

function away(cause?: unknown): AppError {
  const sentence = "The issuer of this token cannot be asked. Try again in a moment.";
  return new AppError("unavailable", sentence, cause === undefined ? {} : { cause });
}
