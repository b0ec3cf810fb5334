import {
  AuthorizationResponseError,
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
} from "openid-client";
import { AppError } from "#lib/errors/AppError.ts";
import { allowsPrivateEgress } from "../../environments/service.ts";
import { guardedFetch, readProviderUrl } from "../guardedFetch.ts";
import type { ProvidedIdentity } from "../ProvidedIdentity.ts";
import { identityOfClaims } from "./identityOfClaims.ts";

/** An OpenID provider with what we are to it. */
export interface OidcClient {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly groupsClaim: string;
}

/** What a browser's way there and back is bound to. */
export interface OidcBinding {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE. */
  readonly verifier: string;
}

const seconds = 10;

/** Where the browser goes to sign in. Throws AppError where the provider cannot be asked. */
export async function oidcAddress(
  client: OidcClient,
  { state, nonce, verifier }: OidcBinding,
  { callback, email }: { readonly callback: string; readonly email: string | null },
): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const address = buildAuthorizationUrl(await configurationOf(client), {
    redirect_uri: callback,
    response_type: "code",
    scope: "openid email profile",
    state,
    nonce,
    code_challenge: Buffer.from(digest).toString("base64url"),
    code_challenge_method: "S256",
    ...(email !== null && { login_hint: email }),
  });
  return address.href;
}

/** Who came back to the callback, with its query. Throws AppError for everybody whom the provider did not send. */
export async function oidcIdentity(
  client: OidcClient,
  callback: URL,
  { state, nonce, verifier }: OidcBinding,
): Promise<ProvidedIdentity> {
  try {
    const configuration = await configurationOf(client);
    const tokens = await authorizationCodeGrant(configuration, callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error("The provider gave no id token.");
    const isComplete = claims.email !== undefined && claims[client.groupsClaim] !== undefined;
    const asksMore = !isComplete && configuration.serverMetadata().userinfo_endpoint !== undefined;
    const more = asksMore ? await fetchUserInfo(configuration, tokens.access_token, claims.sub) : {};
    return identityOfClaims({ ...more, ...claims }, client.groupsClaim);
  } catch (error) {
    throw refused(error, client.name);
  }
}

/** Reads the discovery document. Throws AppError with a sentence that helps whoever sets the connection up. */
export async function configurationOf({ name, issuer, clientId, clientSecret }: OidcClient): Promise<Configuration> {
  const place = readProviderUrl(issuer);
  const fetch = (url: string, options: object) => guardedFetch(url, options);
  const insecure = place.protocol === "http:" && allowsPrivateEgress();
  try {
    const found = await discovery(place, clientId, undefined, None(), {
      timeout: seconds,
      [customFetch]: fetch,
      ...(insecure && { execute: [allowInsecureRequests] }),
    });
    const server = found.serverMetadata();
    // A document for many issuers at once (`{tenantid}`) says of nobody who vouches for them.
    if (withoutSlash(server.issuer) !== withoutSlash(issuer)) {
      throw new AppError(
        "invalid_input",
        `The document of ${issuer} is of another issuer, ${server.issuer}. Use that one.`,
      );
    }
    const configuration = new Configuration(server, clientId, undefined, authentication(server, clientSecret));
    configuration[customFetch] = fetch;
    configuration.timeout = seconds;
    // The id token's signature is checked although it comes from the provider itself.
    enableNonRepudiationChecks(configuration);
    if (insecure) allowInsecureRequests(configuration);
    return configuration;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("unavailable", `${name} cannot be asked: no discovery document was found at ${issuer}.`, {
      cause,
    });
  }
}

function authentication(
  { token_endpoint_auth_methods_supported: supported }: { readonly token_endpoint_auth_methods_supported?: string[] },
  secret: string,
): ClientAuth {
  const posts = supported !== undefined && !supported.includes("client_secret_basic");
  return posts ? ClientSecretPost(secret) : ClientSecretBasic(secret);
}

function refused(cause: unknown, name: string): AppError {
  if (cause instanceof AppError) return cause;
  const broken = cause instanceof AuthorizationResponseError && cause.error === "access_denied";
  const sentence = broken
    ? `The sign-in was broken off at ${name}, or ${name} does not let you in.`
    : `What ${name} answered was not accepted. Start again; if it stays, the connection's settings do not fit.`;
  return new AppError("unauthenticated", sentence, { cause });
}

function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, "");
}
