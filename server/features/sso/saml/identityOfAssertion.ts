import { AppError } from "#lib/errors/AppError.ts";
import { readEmail } from "../oidc/identityOfClaims.ts";
import type { ProvidedIdentity } from "../ProvidedIdentity.ts";
import { attributeOf, children, namespaces, textOf } from "./readXml.ts";

const schemas = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";

/** As Okta, Entra ID, Google and Keycloak call them when nobody has chosen other names. */
const names = {
  email: [
    "email",
    "mail",
    "emailaddress",
    "user.email",
    `${schemas}/emailaddress`,
    "urn:oid:0.9.2342.19200300.100.1.3",
    `${schemas}/upn`,
  ],
  name: [
    "name",
    "displayName",
    "http://schemas.microsoft.com/identity/claims/displayname",
    "urn:oid:2.16.840.1.113730.3.1.241",
  ],
  given: ["givenName", "firstName", "first_name", "user.firstName", `${schemas}/givenname`, "urn:oid:2.5.4.42"],
  family: ["surname", "sn", "lastName", "last_name", "user.lastName", `${schemas}/surname`, "urn:oid:2.5.4.4"],
  groups: [
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
    "memberOf",
    "urn:oid:1.3.6.1.4.1.5923.1.5.1.1",
  ],
} as const;

const transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const longestShown = 500;

/** Who is meant by an assertion that was checked. */
export function identityOfAssertion(assertion: Element, groupsClaim: string): ProvidedIdentity {
  const [subject] = children(assertion, namespaces.assertion, "Subject");
  const nameIds = subject ? children(subject, namespaces.assertion, "NameID") : [];
  const nameId = textOf(nameIds[0]);
  if (nameId === null || nameIds.length > 1) {
    throw new AppError("unauthenticated", "The provider's answer was not accepted. It does not say who is meant.");
  }
  const attributes = attributesOf(assertion);
  const first = (all: readonly string[]) => all.flatMap((name) => attributes.get(name.toLowerCase()) ?? [])[0] ?? null;
  const both = [first(names.given), first(names.family)].filter((part) => part !== null).join(" ");
  const groups = [groupsClaim, ...names.groups].map((name) => attributes.get(name.toLowerCase()));
  const email = readEmail(first(names.email)) ?? readEmail(nameId);
  // Another one each time: of no use to know somebody by.
  const subjectOf = attributeOf(nameIds[0], "Format") === transient ? email : nameId;
  if (subjectOf === null) {
    throw new AppError("unauthenticated", "The provider's answer was not accepted. It tells no address of mail.");
  }
  return {
    subject: subjectOf,
    email,
    name: first(names.name) ?? (both === "" ? null : both),
    groups: groups.find((found) => found !== undefined) ?? [],
    claims: {
      NameID: nameId.slice(0, longestShown),
      ...Object.fromEntries([...attributes].map(([name, values]) => [name, values.join(", ").slice(0, longestShown)])),
    },
  };
}

/** All values by the attribute's name in lower case. */
function attributesOf(assertion: Element): ReadonlyMap<string, readonly string[]> {
  const all = children(assertion, namespaces.assertion, "AttributeStatement")
    .flatMap((statement) => children(statement, namespaces.assertion, "Attribute"))
    .map((attribute): [string, readonly string[]] => [
      (attributeOf(attribute, "Name") ?? "").toLowerCase(),
      children(attribute, namespaces.assertion, "AttributeValue").flatMap((value) => textOf(value) ?? []),
    ]);
  return new Map(all);
}
