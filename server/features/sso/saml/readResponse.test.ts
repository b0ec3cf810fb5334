import { afterAll, beforeAll, expect, test } from "vitest";
import { testSettings } from "#tests/support/settings.ts";
import {
  type Answering,
  rsaSha1,
  rsaSha256,
  type SamlIdentityProvider,
  samlIdentityProvider,
  signXml,
} from "../testing/samlIdentityProvider.ts";
import { selfSigned } from "../testing/selfSigned.ts";
import { samlAddresses } from "./addresses.ts";
import { readMetadata } from "./readMetadata.ts";
import { readResponse } from "./readResponse.ts";
import { ownMetadata, type SamlProvider, samlAddress } from "./samlProvider.ts";

Object.assign(process.env, testSettings());

const connectionId = "0197f000-0000-7000-8000-000000000001";
let idp: SamlIdentityProvider;
let provider: SamlProvider;
let asked: Answering;
const stranger = selfSigned("Stranger");

beforeAll(async () => {
  idp = await samlIdentityProvider();
  provider = { connectionId, name: "Provider", groupsClaim: "groups", ...readMetadata(idp.metadata()) };
  const { callback, entityId } = samlAddresses(connectionId);
  asked = { requestId: "_1234", callback, audience: entityId, email: "Grace@Acme.test", groups: ["Crew", "Ops"] };
});
afterAll(() => idp[Symbol.asyncDispose]());

const xmlOf = (encoded: string) => Buffer.from(encoded, "base64").toString("utf8");
const encode = (xml: string) => Buffer.from(xml).toString("base64");
const assertionIn = (xml: string) => /<saml:Assertion .*<\/saml:Assertion>/s.exec(xml)?.[0] ?? "";

test("an answer that is signed as it should be says who is meant", async () => {
  const requestId = await idp.requestIdOf(await samlAddress(provider, "_abc"));
  expect(requestId).toBe("_abc");
  const answer = await readResponse(provider, idp.answer({ ...asked, requestId }));
  expect(answer).toMatchObject({
    inResponseTo: "_abc",
    identity: { subject: "Grace@Acme.test", email: "grace@acme.test", name: "Saml Person", groups: ["Crew", "Ops"] },
  });
  expect(answer.expiresAt.getTime()).toBeGreaterThan(Date.now() + 300_000);
});

test("the first and the next certificate both count while a key is changed, and an old one no longer afterwards", async () => {
  const [first] = idp.keys;
  const next = selfSigned("Next");
  if (!first) throw new Error("No key.");
  idp.keys = [first, next];
  const changing: SamlProvider = { ...provider, ...readMetadata(idp.metadata()) };
  expect(changing.certificates).toHaveLength(2);
  for (const key of [first, next]) await readResponse(changing, idp.answer({ ...asked, key }));
  idp.keys = [next];
  const changed: SamlProvider = { ...provider, ...readMetadata(idp.metadata()) };
  await readResponse(changed, idp.answer({ ...asked, key: next }));
  await expect(readResponse(changed, idp.answer({ ...asked, key: first }))).rejects.toThrow(/signature/);
  idp.keys = [first];
});

const wrong: Record<string, [Partial<Answering>, RegExp]> = {
  unsigned: [{ signs: "nothing" }, /signature/],
  "signed with a stranger's key, whose certificate it brings along": [{ key: stranger }, /signature/],
  "only signed as a response": [{ signs: "response" }, /signature/],
  "signed by SHA-1": [{ signatureAlgorithm: rsaSha1 }, /SHA-1/],
  "for another audience": [{ audience: "https://other.test" }, /audience/],
  "for another recipient": [{ recipient: "https://other.test/acs" }, /for this address/],
  "to another destination": [{ destination: "https://other.test/acs" }, /another address/],
  "of another issuer": [{ issuer: "https://other.test" }, /another provider/],
  expired: [{ notOnOrAfter: -120 }, /too old/],
  "issued long ago, though it says that it still counts": [{ issuedAt: -3600, notOnOrAfter: 3600 }, /too old/],
  "issued in the future": [{ issuedAt: 600 }, /future/],
};

test.each(Object.entries(wrong))("an answer that is %s is refused", async (_what, [made, why]) => {
  await expect(readResponse(provider, idp.answer({ ...asked, ...made }))).rejects.toThrow(why);
});

test("clocks may differ by a minute", async () => {
  await readResponse(provider, idp.answer({ ...asked, notOnOrAfter: -60 }));
  await readResponse(provider, idp.answer({ ...asked, issuedAt: 60 }));
});

const signatureElement = /<(\w+:)?Signature [^>]*>.*<\/(\w+:)?Signature>/s;

/** Hand-made: what was signed stays as it is, and something else is put where careless readers look. */
const attacks: Record<string, (good: string) => string> = {
  "a changed address": (good) => good.replaceAll("Grace@Acme.test", "owner@acme.test"),
  "a second, forged assertion before the signed one": (good) =>
    good.replace("<saml:Assertion ", `${forged(good)}<saml:Assertion `),
  "a second, forged assertion after the signed one": (good) =>
    good.replace("</samlp:Response>", `${forged(good)}</samlp:Response>`),
  "the signed assertion moved into an extension, a forged one in its place": (good) =>
    good.replace(assertionIn(good), `<samlp:Extensions>${assertionIn(good)}</samlp:Extensions>${forged(good)}`),
  "the signed assertion inside the forged one": (good) =>
    good.replace(
      assertionIn(good),
      forged(good).replace("<saml:Subject>", `<saml:Advice>${assertionIn(good)}</saml:Advice><saml:Subject>`),
    ),
  "the signed assertion inside the signature of the forged one": (good) => {
    const signature = signatureElement.exec(good)?.[0] ?? "";
    const carrying = signature.replace(
      /<\/(?:\w+:)?Signature>$/,
      (end) =>
        `<Object xmlns="http://www.w3.org/2000/09/xmldsig#">${assertionIn(good).replace(signature, "")}</Object>${end}`,
    );
    return good.replace(assertionIn(good), forged(good).replace("</saml:Issuer>", `</saml:Issuer>${carrying}`));
  },
  "a forged assertion with the id of the signed one": (good) =>
    good.replace(
      "<saml:Assertion ",
      `${forged(good).replace(/ID="[^"]*"/, /ID="[^"]*"/.exec(assertionIn(good))?.[0] ?? "")}<saml:Assertion `,
    ),
  "a whole response around the signed one": (good) =>
    good
      .replace(/<samlp:Response [^>]*>/, (head) => `${head}${forged(good)}${head.replace(/ID="[^"]*"/, 'ID="_inner"')}`)
      .replace("</samlp:Response>", "</samlp:Response></samlp:Response>"),
  "a comment within the address": (good) =>
    good.replace("Grace@Acme.test</saml:NameID>", "Grace@Acme.test<!---->.evil.test</saml:NameID>"),
  "a processing instruction within the address": (good) => good.replace("Grace@", "Grace<?x y?>@"),
  "a document type with an entity": (good) =>
    `<!DOCTYPE r [<!ENTITY who SYSTEM "file:///etc/passwd">]>${good.replace("Grace@Acme.test", "&who;")}`,
  "a document type that grows": (good) =>
    `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${good}`,
  "a signature without what it signs": (good) => good.replace(/<(?:\w+:)?Reference .*<\/(?:\w+:)?Reference>/s, ""),
  "an empty signature": (good) => good.replace(/(<(?:\w+:)?SignatureValue>)[^<]*/, "$1"),
  "a transform that picks what is signed": (good) =>
    good.replace(
      /<\/(?:\w+:)?Transforms>/,
      (end) =>
        `<Transform xmlns="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"/>${end}`,
    ),
  "an HMAC with the public certificate as its key": (good) =>
    good.replace(rsaSha256, "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
  "another request's id outside of what is signed": (good) =>
    good.replace('InResponseTo="_1234"', 'InResponseTo="_other"'),
  "no assertion": (good) => good.replace(assertionIn(good), ""),
  "something that is no XML": () => "<samlp:Response",
  nothing: () => "",
};

function forged(good: string): string {
  return assertionIn(good)
    .replace(signatureElement, "")
    .replace(/ID="[^"]*"/, 'ID="_forged"')
    .replaceAll("Grace@Acme.test", "owner@acme.test");
}

test.each(Object.entries(attacks))("%s is refused", async (_what, attack) => {
  const good = xmlOf(idp.answer(asked));
  const attacked = attack(good);
  expect(attacked).not.toBe(good);
  await expect(readResponse(provider, encode(attacked))).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a comment that was signed along splits no address", async () => {
  const [key] = idp.keys;
  if (!key) throw new Error("No key.");
  const unsigned = xmlOf(idp.answer({ ...asked, signs: "nothing", email: "owner@acme.test<!---->.evil.test" }));
  const encoded = signXml(unsigned, { key, signs: "assertion", signatureAlgorithm: rsaSha256 });
  await expect(readResponse(provider, encoded)).rejects.toThrow(/comments/);
});

test("an error of the provider is told, and what is too large is not looked at", async () => {
  const failed = xmlOf(idp.answer({ ...asked, signs: "nothing" }))
    .replace(/<saml:Assertion .*<\/saml:Assertion>/s, "")
    .replace('status:Success"/>', 'status:Responder"/><samlp:StatusMessage>Not assigned</samlp:StatusMessage>');
  await expect(readResponse(provider, encode(failed))).rejects.toThrow("Provider did not let you in: Not assigned.");
  await expect(readResponse(provider, "A".repeat(300_000))).rejects.toThrow(/too large/);
});

test("metadata of ours reads as metadata, and that of others is read strictly", () => {
  expect(ownMetadata(connectionId)).toContain(`entityID="${samlAddresses(connectionId).entityId}"`);
  expect(ownMetadata(connectionId)).toContain('WantAssertionsSigned="true"');
  const good = idp.metadata();
  const weak = selfSigned("Weak", { bits: 1024 });
  const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, "");
  const cases: [string, RegExp][] = [
    [`<!DOCTYPE x [<!ENTITY y SYSTEM "http://127.0.0.1/">]>${good}`, /document type/],
    [good.replaceAll("IDPSSODescriptor", "SPSSODescriptor"), /no identity provider/],
    [good.replace("HTTP-Redirect", "HTTP-POST"), /HTTP-Redirect/],
    [good.replace(/Location="[^"]*"/, 'Location="javascript:alert(1)"'), /https/],
    [
      good.replace(
        /<(\w+:)?X509Certificate>[^<]*/,
        (all) => `${all.slice(0, all.indexOf(">") + 1)}${bare(weak.certificate)}`,
      ),
      /2048 bits/,
    ],
    [good.replace(/X509Certificate>[^<]*</, "X509Certificate>AAAA<"), /certificate cannot be read/],
    ["no xml", /well-formed/],
  ];
  for (const [xml, why] of cases) expect(() => readMetadata(xml)).toThrow(why);
});
