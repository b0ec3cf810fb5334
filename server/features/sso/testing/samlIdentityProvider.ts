import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { IdentityProvider, SamlLib, ServiceProvider, setSchemaValidator } from "samlify";
import { selfSigned, type TestKey } from "./selfSigned.ts";

/** What is written into an answer; each part can be made wrong. */
export interface Answering {
  readonly requestId: string | null;
  readonly callback: string;
  readonly audience: string;
  readonly email: string;
  readonly subject?: string;
  readonly groups?: readonly string[];
  readonly issuer?: string;
  readonly recipient?: string;
  readonly destination?: string;
  /** Seconds from now. */
  readonly notOnOrAfter?: number;
  readonly issuedAt?: number;
  readonly key?: TestKey;
  readonly signatureAlgorithm?: string;
  readonly signs?: "assertion" | "response" | "nothing";
  readonly assertionId?: string;
}

export interface SamlIdentityProvider extends AsyncDisposable {
  readonly entityId: string;
  readonly metadataUrl: string;
  metadata(): string;
  /** Who signs in at its page, which asks nothing. */
  person: { email: string; groups: readonly string[] };
  /** In the metadata: the first signs. */
  keys: TestKey[];
  /** The id that a request, as the browser brings it, has. */
  requestIdOf(location: string): Promise<string>;
  /** A response in base64, signed as asked. */
  answer(given: Answering): string;
}

export const rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
export const rsaSha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";

/** A provider by SAML 2.0 as a server of its own: it reads requests and signs answers by samlify. */
export async function samlIdentityProvider(): Promise<SamlIdentityProvider> {
  // It asks for a validator of schemas, which is of no matter here.
  setSchemaValidator({ validate: () => Promise.resolve("as it is") });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", self.entityId);
    if (url.pathname === "/metadata") {
      return void response.writeHead(200, { "content-type": "application/samlmetadata+xml" }).end(self.metadata());
    }
    self
      .requestIdOf(url.href)
      .then((requestId) => {
        const callback = destinationOf(url);
        const audience = callback.replace(/acs$/, "metadata");
        const encoded = self.answer({ requestId, callback, audience, ...self.person });
        const page = `<!doctype html><title>Provider</title><form method="post" action="${callback}"><input type="hidden" name="SAMLResponse" value="${encoded}"><button>Go on as ${self.person.email}</button></form>`;
        response.writeHead(200, { "content-type": "text/html" }).end(page);
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const entityId = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signInUrl = `${entityId}/sso`;
  const callbacks = new Map<string, string>();
  const destinationOf = (url: URL) => callbacks.get(url.href) ?? "";
  const self: SamlIdentityProvider = {
    entityId,
    metadataUrl: `${entityId}/metadata`,
    keys: [selfSigned("Provider")],
    person: { email: "nobody@acme.test", groups: [] },
    metadata: () =>
      IdentityProvider({
        entityID: entityId,
        signingCert: self.keys.map(({ certificate }) => certificate),
        // Else it warns that there is none.
        singleLogoutService: [
          { Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", Location: `${entityId}/out` },
        ],
        singleSignOnService: [{ Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", Location: signInUrl }],
      }).getMetadata(),
    async requestIdOf(location) {
      const url = new URL(location);
      const provider = IdentityProvider({ metadata: self.metadata() });
      const asker = ServiceProvider({ entityID: "any", authnRequestsSigned: false });
      const query = Object.fromEntries(url.searchParams);
      const { extract } = await provider.parseLoginRequest(asker, "redirect", { query });
      const { assertionConsumerServiceUrl: callback, id } = (extract.request ?? {}) as Readonly<
        Record<string, unknown>
      >;
      if (typeof callback !== "string" || typeof id !== "string") throw new Error("That is no request to sign in.");
      callbacks.set(url.href, callback);
      return id;
    },
    answer: (given) => signed(self, given),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}

function signed(provider: SamlIdentityProvider, given: Answering): string {
  const { signs = "assertion", signatureAlgorithm = rsaSha256, key = provider.keys[0] } = given;
  const xml = responseXml(provider.entityId, given);
  if (signs === "nothing" || !key) return Buffer.from(xml).toString("base64");
  return signXml(xml, { key, signs, signatureAlgorithm });
}

/** Signs the assertion, or the whole response, of an XML; in base64. */
export function signXml(
  xml: string,
  {
    key,
    signs,
    signatureAlgorithm,
  }: { readonly key: TestKey; readonly signs: "assertion" | "response"; readonly signatureAlgorithm: string },
): string {
  const name = signs === "assertion" ? "Assertion" : "Response";
  return SamlLib.constructSAMLSignature({
    rawSamlMessage: xml,
    referenceTagXPath: `/*[local-name(.)='Response']${signs === "assertion" ? "/*[local-name(.)='Assertion']" : ""}`,
    privateKey: key.privateKey,
    privateKeyPass: "",
    signatureAlgorithm,
    // It wants the bare base64.
    signingCert: key.certificate.replace(/-----[^-]+-----|\s/g, ""),
    isBase64Output: true,
    signatureConfig: {
      location: { reference: `//*[local-name(.)='${name}']/*[local-name(.)='Issuer']`, action: "after" },
    },
  }) as string;
}

function responseXml(entityId: string, given: Answering): string {
  const {
    requestId,
    callback,
    audience,
    email,
    issuer = entityId,
    recipient = callback,
    destination = callback,
  } = given;
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const issued = at(given.issuedAt ?? 0);
  const until = at(given.notOnOrAfter ?? 300);
  const answers = requestId === null ? "" : ` InResponseTo="${requestId}"`;
  const attribute = (name: string, values: readonly string[]) =>
    `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("")}</saml:Attribute>`;
  const groups = given.groups?.length ? attribute("groups", given.groups) : "";
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${crypto.randomUUID()}" Version="2.0" IssueInstant="${issued}" Destination="${destination}"${answers}><saml:Issuer>${issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="${given.assertionId ?? `_${crypto.randomUUID()}`}" Version="2.0" IssueInstant="${issued}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID>${given.subject ?? email}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${until}" Recipient="${recipient}"${answers}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(-60)}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${issued}"/><saml:AttributeStatement>${attribute("email", [email])}${attribute("displayName", ["Saml Person"])}${groups}</saml:AttributeStatement></saml:Assertion></samlp:Response>`;
}
