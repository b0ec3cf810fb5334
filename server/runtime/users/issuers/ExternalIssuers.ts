import { hash } from "node:crypto";
import { decodeJwt, errors, type JWTPayload, jwtVerify } from "jose";
import { AppError } from "#lib/errors/AppError.ts";
import { fromJson } from "#lib/expression/fromCanonical.ts";
import { toCanonical } from "#lib/expression/toCanonical.ts";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { actorType } from "#lib/model/expressions/actorType.ts";
import type { ExternalIssuer } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { claimAt, rolesIn } from "./claimAt.ts";
import { IssuerKeys } from "./IssuerKeys.ts";
import type { Fetch } from "./readJsonDocument.ts";

/** Somebody whom an issuer outside knows. */
export interface ExternalUser {
  readonly issuer: string;
  /** Key of the record in the resource of users, canonical. */
  readonly id: string;
  readonly roles: readonly string[];
  /** Canonical. */
  readonly tenant: string | null;
  /** ms since 1970: the token is not to be believed any longer. */
  readonly expires: number;
}

export interface ExternalIssuersParts {
  readonly model: Model;
  readonly fetch: Fetch;
  /** ms. */
  readonly now?: () => number;
}

/** Signatures that only the issuer can make: with a shared secret everybody who checks could. */
const algorithms = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];
/** A token says what it is for: a logout token is signed by the same keys. */
const types: readonly unknown[] = [undefined, "jwt", "at+jwt", "application/jwt", "application/at+jwt"];
/** Clocks may differ by so many seconds. */
const leeway = 30;
const longestToken = 16 << 10;
const maxKnown = 1000;

interface Known {
  readonly user: ExternalUser;
  /** Of the keys that it was checked with. */
  readonly version: number;
}

/** Takes the tokens of the issuers that an app names. */
export class ExternalIssuers {
  readonly #issuers = new Map<string, { readonly keys: IssuerKeys; readonly audiences: readonly ExternalIssuer[] }>();
  readonly #model: Model;
  readonly #now: () => number;
  /** By the hash of the token, oldest first: most requests come with one that was checked before. */
  readonly #known = new Map<string, Known>();

  constructor({ model, fetch, now = Date.now }: ExternalIssuersParts) {
    this.#model = model;
    this.#now = now;
    for (const each of model.app.auth?.issuers ?? []) {
      const { keys, audiences } = this.#issuers.get(each.issuer) ?? {
        keys: new IssuerKeys({ issuer: each.issuer, fetch, now }),
        audiences: [],
      };
      this.#issuers.set(each.issuer, { keys, audiences: [...audiences, each] });
    }
  }

  /** Whether a token says that it comes from one of them; nothing of it has been checked. */
  include(token: string): boolean {
    return this.#issuers.has(issuerOf(token) ?? "");
  }

  /** Throws AppError: `unauthenticated` for a token that is not good, `unavailable` where its issuer cannot be asked. */
  async user(token: string): Promise<ExternalUser> {
    const issuer = issuerOf(token) ?? "";
    const from = this.#issuers.get(issuer);
    if (!from) throw refused("This token is of an issuer that the app does not know.");
    const digest = hash("sha256", token, "base64url");
    const known = this.#known.get(digest);
    if (known && known.version === from.keys.version && from.keys.isFresh && known.user.expires > this.#now()) {
      return known.user;
    }
    const user = await this.#verified(token, { issuer, ...from });
    this.#known.set(digest, { user, version: from.keys.version });
    if (this.#known.size > maxKnown) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    return user;
  }

  async #verified(
    token: string,
    from: { readonly issuer: string; readonly keys: IssuerKeys; readonly audiences: readonly ExternalIssuer[] },
  ): Promise<ExternalUser> {
    const { issuer, keys, audiences } = from;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys.find, {
        issuer,
        audience: audiences.map(({ audience }) => audience),
        algorithms,
        clockTolerance: leeway,
        requiredClaims: ["exp"],
        currentDate: new Date(this.#now()),
      });
      if (!types.includes(protectedHeader.typ?.toLowerCase())) throw refused("This token is not for signing in.");
      const given = [payload.aud].flat();
      const settings = audiences.find(({ audience }) => given.includes(audience));
      if (!settings) throw refused("This token is meant for another app.");
      return this.#userOf(payload, settings);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (error instanceof errors.JOSEError) throw refused(sentenceFor(error), error);
      throw error;
    }
  }

  #userOf(
    claims: JWTPayload,
    { issuer, id: idClaim = "sub", tenant: tenantClaim, roles }: ExternalIssuer,
  ): ExternalUser {
    const id = this.#value("id", claimAt(claims, idClaim));
    if (id === null) throw refused(`The claim ${idClaim} of this token is no key of a user of the app.`);
    const given = tenantClaim === undefined ? undefined : claimAt(claims, tenantClaim);
    const tenant = this.#value("tenant", given);
    if (tenant === null && given !== undefined && given !== null) {
      throw refused(`The claim ${tenantClaim} of this token is no tenant of the app.`);
    }
    const names = this.#model.app.roles?.map(({ name }) => name) ?? [];
    const expires = 1000 * ((claims.exp ?? 0) + leeway);
    return { issuer, id, tenant, expires, roles: rolesIn(claims, roles, names) };
  }

  /** The canonical text of a claim by the type of the actor's member; null where it is none. */
  #value(member: "id" | "tenant", claim: unknown): string | null {
    if (claim === "" || (typeof claim !== "string" && !Number.isSafeInteger(claim))) return null;
    const text = toCanonical(memberType(this.#model, member), fromJson(memberType(this.#model, member), claim));
    return text === null || text.includes("\0") ? null : text;
  }
}

function memberType(model: Model, name: string): ValueType {
  const type = actorType(model);
  const member = type.kind === "object" ? type.members.find((each) => each.name === name) : undefined;
  return member?.type ?? { kind: "text" };
}

function issuerOf(token: string): string | null {
  if (token.length > longestToken) return null;
  try {
    return decodeJwt(token).iss ?? null;
  } catch {
    return null;
  }
}

function sentenceFor(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return "This token has expired. Sign in again.";
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "aud") return "This token is meant for another app.";
    if (error.claim === "nbf") return "This token is not valid yet.";
  }
  return "This token is not valid. Sign in again.";
}

function refused(sentence: string, cause?: unknown): AppError {
  return new AppError("unauthenticated", sentence, cause === undefined ? {} : { cause });
}
