import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  ResponseBodyError,
} from "openid-client";
import type { IdentityProvider } from "#lib/model/processTypes.ts";
import { claimAt } from "../issuers/claimAt.ts";
import { mayBePlain } from "../issuers/plainHttp.ts";
import type { Fetch } from "../issuers/readJsonDocument.ts";
import { providerAway, refusedSignIn } from "./refusedSignIn.ts";

export interface ProviderClientParts {
  readonly provider: IdentityProvider;
  /** Null for public clients. */
  readonly secret: string | null;
  readonly fetch: Fetch;
  /** `EgressSpec.allow`: places that may be asked without TLS. */
  readonly allow: readonly string[];
}

/** What a browser's way to a provider and back is bound to. */
export interface Binding {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE. */
  readonly verifier: string;
}

/** Somebody whom a provider knows. */
export interface Identity {
  readonly subject: string;
  /** As the provider gives it. */
  readonly email: string | null;
  readonly emailVerified: boolean;
  /** It says that the address was not verified, and does not just not say. */
  readonly deniesEmail: boolean;
  readonly claims: Readonly<Record<string, unknown>>;
}

const seconds = 10;
const documentSeconds = 3600;

/** One OpenID provider, as a client of it. */
export class ProviderClient {
  readonly #parts: ProviderClientParts;
  #known: { readonly configuration: Configuration; readonly until: number } | null = null;
  #asking: Promise<Configuration> | null = null;
  /** What the provider has taken as proof of who this client is. */
  #authentication: ClientAuth | null = null;

  constructor(parts: ProviderClientParts) {
    this.#parts = parts;
  }

  /** Where the browser goes to sign in. Throws AppError `unavailable` where the provider cannot be asked. */
  async address({ state, nonce, verifier }: Binding, callback: string): Promise<string> {
    const { provider } = this.#parts;
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    const scopes = new Set(["openid", ...(provider.scopes ?? ["email", "profile"])]);
    const address = buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: callback,
      response_type: "code",
      scope: [...scopes].join(" "),
      state,
      nonce,
      code_challenge: Buffer.from(digest).toString("base64url"),
      code_challenge_method: "S256",
    });
    return address.href;
  }

  /** Who came back to the callback, with its query. Throws AppError for everybody who was not sent by the provider. */
  async identity(callback: URL, { state, nonce, verifier }: Binding): Promise<Identity> {
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
    try {
      const base = await this.#configuration();
      const { tokens, configuration } = await this.#tokens(base, (configuration) =>
        authorizationCodeGrant(configuration, callback, checks),
      );
      const claims = tokens.claims();
      if (!claims) throw new Error("The provider gave no id token.");
      const all = await this.#completed({ configuration, claims, accessToken: tokens.access_token });
      const { email, email_verified: verified } = all;
      return {
        subject: claims.sub,
        email: typeof email === "string" ? email : null,
        // Some providers write it as a text.
        emailVerified: verified === true || verified === "true",
        deniesEmail: verified === false || verified === "false",
        claims: all,
      };
    } catch (error) {
      throw refusedSignIn(error, this.#parts.provider.name);
    }
  }

  /** Providers want the secret in one of two places, and do not all say in which. */
  async #tokens<Tokens>(
    base: Configuration,
    ask: (configuration: Configuration) => Promise<Tokens>,
  ): Promise<{ readonly tokens: Tokens; readonly configuration: Configuration }> {
    const [first, ...others] = this.#authentications(base);
    try {
      const configuration = this.#with(base, first ?? None());
      return { tokens: await ask(configuration), configuration };
    } catch (error) {
      const [second] = others;
      if (!second || !(error instanceof ResponseBodyError) || error.error !== "invalid_client") throw error;
      const configuration = this.#with(base, second);
      const tokens = await ask(configuration);
      this.#authentication = second;
      return { tokens, configuration };
    }
  }

  #authentications(configuration: Configuration): readonly ClientAuth[] {
    const { secret } = this.#parts;
    if (secret === null) return [None()];
    if (this.#authentication) return [this.#authentication];
    const { token_endpoint_auth_methods_supported: supported = ["client_secret_basic"] } =
      configuration.serverMetadata();
    const all = [
      ...(supported.includes("client_secret_basic") ? [ClientSecretBasic(secret)] : []),
      ...(supported.includes("client_secret_post") ? [ClientSecretPost(secret)] : []),
    ];
    return all.length > 0 ? all : [ClientSecretBasic(secret)];
  }

  #with(base: Configuration, authentication: ClientAuth): Configuration {
    const { clientId } = this.#parts.provider;
    const configuration = new Configuration(base.serverMetadata(), clientId, undefined, authentication);
    this.#prepare(configuration);
    return configuration;
  }

  #prepare(configuration: Configuration): void {
    const { fetch, provider, allow } = this.#parts;
    configuration[customFetch] = (url, options) => fetch(url, options as RequestInit);
    configuration.timeout = seconds;
    // The id token's signature is checked although it comes from the provider itself.
    enableNonRepudiationChecks(configuration);
    if (mayBePlain(new URL(provider.issuer), allow)) allowInsecureRequests(configuration);
  }

  /** With what only the provider's userinfo tells, where something that is wanted is missing. */
  async #completed(of: {
    readonly configuration: Configuration;
    readonly claims: Readonly<Record<string, unknown>> & { readonly sub: string };
    readonly accessToken: string;
  }): Promise<Readonly<Record<string, unknown>>> {
    const { configuration, claims, accessToken } = of;
    const { roles } = this.#parts.provider;
    const isComplete = claims.email !== undefined && (!roles || claimAt(claims, roles.claim) !== undefined);
    if (isComplete || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    const more = await fetchUserInfo(configuration, accessToken, claims.sub);
    return { ...more, ...claims };
  }

  async #configuration(): Promise<Configuration> {
    if (this.#known && this.#known.until > Date.now()) return this.#known.configuration;
    this.#asking ??= this.#discover().finally(() => {
      this.#asking = null;
    });
    return await this.#asking;
  }

  async #discover(): Promise<Configuration> {
    const { provider, allow, fetch } = this.#parts;
    const place = new URL(provider.issuer);
    try {
      const configuration = await discovery(place, provider.clientId, undefined, None(), {
        timeout: seconds,
        [customFetch]: (url, options) => fetch(url, options as RequestInit),
        ...(mayBePlain(place, allow) && { execute: [allowInsecureRequests] }),
      });
      // A document for many issuers at once (`{tenantid}`) says of nobody who vouches for them.
      if (withoutSlash(configuration.serverMetadata().issuer) !== withoutSlash(provider.issuer)) {
        throw new Error(`The document of ${provider.issuer} names another issuer.`);
      }
      this.#prepare(configuration);
      this.#known = { configuration, until: Date.now() + 1000 * documentSeconds };
      return configuration;
    } catch (error) {
      // What was known goes on while the provider cannot be asked.
      if (this.#known) return this.#known.configuration;
      throw providerAway(error, provider.name);
    }
  }
}

function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, "");
}
