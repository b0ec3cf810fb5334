import { AppError } from "#lib/errors/AppError.ts";
import type { ProvidedIdentity } from "../ProvidedIdentity.ts";
import { samlAddresses } from "./addresses.ts";
import { identityOfAssertion } from "./identityOfAssertion.ts";
import { attributeOf, children, elementsBelow, namespaces, readXml, textOf } from "./readXml.ts";
import { clockSkew, oldestAssertion, type SamlProvider, samlOf } from "./samlProvider.ts";

/** Largest answer that is looked at, in characters of base64. */
export const largestResponse = 256 * 1024;

const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const success = "urn:oasis:names:tc:SAML:2.0:status:Success";

const signatureMethods: ReadonlySet<string> = new Set([
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
  "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
]);
const digestMethods: ReadonlySet<string> = new Set([
  "http://www.w3.org/2001/04/xmlenc#sha256",
  "http://www.w3.org/2001/04/xmlenc#sha512",
]);
const transforms: ReadonlySet<string> = new Set([
  "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  "http://www.w3.org/2001/10/xml-exc-c14n#",
]);

/** An answer whose signature, recipient, audience and times were checked; whether it was asked for is not. */
export interface SamlAnswer {
  readonly identity: ProvidedIdentity;
  readonly assertionId: string;
  /** The request that it answers, as the provider has signed it; null where it comes unasked. */
  readonly inResponseTo: string | null;
  /** Until when it would be taken: for so long its id is remembered. */
  readonly expiresAt: Date;
}

/**
 * Checks an answer of a provider. First the whole document is bounded so that only one reading of it is left, then the
 * library checks the signature, and only what that covers is read. Throws `unauthenticated` with what was wrong.
 */
export async function readResponse(provider: SamlProvider, encoded: string): Promise<SamlAnswer> {
  if (encoded.length > largestResponse) throw refusal("It is too large.");
  const xml = Buffer.from(encoded, "base64").toString("utf8");
  try {
    const outer = boundedResponse(xml, provider);
    const saml = samlOf(provider, "_unused");
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: Buffer.from(xml).toString("base64") });
    const signed = profile?.getAssertionXml?.();
    if (signed === undefined) throw refusal("It holds no signed assertion.");
    return readAssertion(readXml(signed, "The assertion"), { provider, outer });
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") throw error;
    if (error instanceof AppError) throw refusal(error.message, error);
    throw refusal(sentenceOf(error), error);
  }
}

/** What is said outside of the assertion, where perhaps nobody has signed it: it can only make things stricter. */
interface Outer {
  readonly inResponseTo: string | null;
}

function boundedResponse(xml: string, { name, connectionId }: SamlProvider): Outer {
  const root = readXml(xml, "The answer");
  if (root.localName !== "Response" || root.namespaceURI !== namespaces.protocol)
    throw refusal("It is no SAML response.");
  if (attributeOf(root, "Version") !== "2.0") throw refusal("It is not of SAML 2.0.");
  const destination = attributeOf(root, "Destination");
  if (destination && destination !== samlAddresses(connectionId).callback)
    throw refusal("It was meant for another address.");
  const [status] = children(root, namespaces.protocol, "Status");
  const code = status && children(status, namespaces.protocol, "StatusCode")[0];
  if (attributeOf(code, "Value") !== success) {
    const said = status && textOf(children(status, namespaces.protocol, "StatusMessage")[0]);
    throw refusal(`${name} did not let you in${said ? `: ${said.slice(0, 200)}` : ""}.`);
  }
  if (elementsBelow(root, "*", "EncryptedAssertion").length > 0) {
    throw refusal(
      "The assertion is encrypted. Switch encryption off at the provider; the way here is encrypted by TLS.",
    );
  }
  if (
    elementsBelow(root, "*", "Assertion").length !== 1 ||
    children(root, namespaces.assertion, "Assertion").length !== 1
  ) {
    throw refusal("It must hold one assertion.");
  }
  requireStrongSignatures(root);
  requireSingleIds(root);
  return { inResponseTo: attributeOf(root, "InResponseTo") };
}

function requireStrongSignatures(root: Element): void {
  const uses = (name: string, allowed: ReadonlySet<string>) =>
    elementsBelow(root, "*", name).every((element) => allowed.has(attributeOf(element, "Algorithm") ?? ""));
  if (!uses("SignatureMethod", signatureMethods) || !uses("DigestMethod", digestMethods)) {
    throw refusal("It is signed by SHA-1 or another weak method. Choose SHA-256 at the provider.");
  }
  if (!uses("Transform", transforms)) throw refusal("Its signature transforms what it signs.");
  if (elementsBelow(root, "*", "Object").length > 0) throw refusal("Its signature carries objects.");
}

function requireSingleIds(root: Element): void {
  const seen = new Set<string>();
  for (const element of [root, ...elementsBelow(root, "*", "*")]) {
    for (const name of ["ID", "Id", "id"]) {
      const id = attributeOf(element, name);
      if (id === null) continue;
      if (seen.has(id)) throw refusal("It has the same id twice.");
      seen.add(id);
    }
  }
}

function readAssertion(
  assertion: Element,
  { provider, outer }: { readonly provider: SamlProvider; readonly outer: Outer },
): SamlAnswer {
  const { entityId: audience, callback } = samlAddresses(provider.connectionId);
  if (textOf(children(assertion, namespaces.assertion, "Issuer")[0]) !== provider.entityId) {
    throw refusal("It was issued by another provider.");
  }
  const assertionId = attributeOf(assertion, "ID");
  if (!assertionId) throw refusal("Its assertion has no id.");
  const issuedAt = instantOf(attributeOf(assertion, "IssueInstant"), "when it was issued");
  if (issuedAt - clockSkew > Date.now()) throw refusal("It was issued in the future. Set the provider's clock.");
  const [conditions, ...others] = children(assertion, namespaces.assertion, "Conditions");
  if (!conditions || others.length > 0) throw refusal("It must say for whom and until when it counts.");
  requireTimes(conditions);
  requireAudience(conditions, audience);
  const { inResponseTo, until } = confirmation(assertion, { provider, callback });
  if (outer.inResponseTo !== null && outer.inResponseTo !== inResponseTo) {
    throw refusal("It does not say consistently what it answers.");
  }
  return {
    identity: identityOfAssertion(assertion, provider.groupsClaim),
    assertionId,
    inResponseTo,
    expiresAt: new Date(Math.max(until, issuedAt + oldestAssertion) + clockSkew),
  };
}

function requireAudience(conditions: Element, audience: string): void {
  const restrictions = children(conditions, namespaces.assertion, "AudienceRestriction");
  const names = (restriction: Element) => children(restriction, namespaces.assertion, "Audience").map(textOf);
  if (restrictions.length === 0 || !restrictions.every((one) => names(one).includes(audience))) {
    throw refusal("It is for another audience. Give the provider this connection's entity id.");
  }
}

/** By which the provider says: whoever brings this to that address within that time is the person. */
function confirmation(
  assertion: Element,
  { provider, callback }: { readonly provider: SamlProvider; readonly callback: string },
): { readonly inResponseTo: string | null; readonly until: number } {
  const [subject] = children(assertion, namespaces.assertion, "Subject");
  const all = subject ? children(subject, namespaces.assertion, "SubjectConfirmation") : [];
  const [fitting] = all
    .filter((one) => attributeOf(one, "Method") === bearer)
    .flatMap((one) => children(one, namespaces.assertion, "SubjectConfirmationData")[0] ?? [])
    .filter((data) => attributeOf(data, "Recipient") === callback);
  if (!fitting) throw refusal(`${provider.name} did not mean it for this address.`);
  const until = instantOf(attributeOf(fitting, "NotOnOrAfter"), "until when it may be brought");
  requireTimes(fitting);
  return { inResponseTo: attributeOf(fitting, "InResponseTo"), until };
}

function requireTimes(element: Element): void {
  const now = Date.now();
  const from = attributeOf(element, "NotBefore");
  const until = attributeOf(element, "NotOnOrAfter");
  if (from !== null && instantOf(from, "from when it counts") - clockSkew > now)
    throw refusal("It does not count yet.");
  if (until !== null && instantOf(until, "until when it counts") + clockSkew <= now) throw refusal("It is too old.");
}

function instantOf(text: string | null, what: string): number {
  const at = text === null || !/^\d{4}-\d\d-\d\dT.*Z$/.test(text) ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at)) throw refusal(`It does not say ${what}.`);
  return at;
}

function sentenceOf(error: unknown): string {
  const said = error instanceof Error ? error.message : "";
  if (/expired|too old/i.test(said)) return "It is too old.";
  if (/not yet valid/i.test(said)) return "It does not count yet.";
  if (/audience/i.test(said)) return "It is for another audience. Give the provider this connection's entity id.";
  return "Its signature does not fit any of the connection's certificates.";
}

function refusal(why: string, cause?: unknown): AppError {
  return new AppError("unauthenticated", `The provider's answer was not accepted. ${why}`, { cause });
}
