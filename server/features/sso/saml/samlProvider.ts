import { SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { samlAddresses } from "./addresses.ts";

/** A provider by SAML, as far as it is needed to ask it and to check its answers. */
export interface SamlProvider {
  readonly connectionId: string;
  readonly name: string;
  readonly entityId: string;
  readonly signInUrl: string;
  readonly certificates: readonly string[];
  readonly groupsClaim: string;
}

/** How far clocks may differ, in milliseconds. */
export const clockSkew = 90_000;

/** However long a provider says that its word counts. */
export const oldestAssertion = 10 * 60_000;

/** The library that writes requests and checks signatures. What its answers are bound to is checked by readResponse.ts. */
export function samlOf(provider: SamlProvider, requestId: string): SAML {
  const { entityId, callback } = samlAddresses(provider.connectionId);
  return new SAML({
    issuer: entityId,
    callbackUrl: callback,
    audience: entityId,
    entryPoint: provider.signInUrl,
    idpIssuer: provider.entityId,
    idpCert: [...provider.certificates],
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: clockSkew,
    maxAssertionAgeMs: oldestAssertion,
    // By the memory of one process; ours is the database.
    validateInResponseTo: ValidateInResponseTo.never,
    generateUniqueId: () => requestId,
  });
}

/** Where the browser goes with a request of that id. */
export async function samlAddress(provider: SamlProvider, requestId: string): Promise<string> {
  return await samlOf(provider, requestId).getAuthorizeUrlAsync("", undefined, {});
}

/** What is given to a provider to know us by. */
export function ownMetadata(connectionId: string): string {
  const { entityId, callback } = samlAddresses(connectionId);
  const saml = new SAML({
    issuer: entityId,
    callbackUrl: callback,
    // Not looked at, but asked for.
    idpCert: "none",
    identifierFormat: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    wantAssertionsSigned: true,
  });
  return saml.generateServiceProviderMetadata(null);
}
