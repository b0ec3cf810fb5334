import { email as emailShape } from "../../accounts/service.ts";
import type { ProvidedIdentity } from "../ProvidedIdentity.ts";

const longestShown = 500;

/** Who is meant by the claims of an id token, whose signature was checked, and of the provider's userinfo. */
export function identityOfClaims(
  claims: Readonly<Record<string, unknown>> & { readonly sub: string },
  groupsClaim: string,
): ProvidedIdentity {
  return {
    subject: claims.sub,
    email: emailOf(claims),
    name: textOf(claims.name) ?? joined(claims.given_name, claims.family_name),
    groups: groupsOf(claims[groupsClaim]),
    claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, shownClaim(value)])),
  };
}

/** An address of mail as it is stored, or null. */
export function readEmail(value: unknown): string | null {
  return emailShape.safeParse(value).data ?? null;
}

/** Entra ID tells no address of people without a mailbox, but their name to sign in by, which is one. */
function emailOf(claims: Readonly<Record<string, unknown>>): string | null {
  if (claims.email_verified === false || claims.email_verified === "false") return null;
  return readEmail(claims.email) ?? readEmail(claims.preferred_username) ?? readEmail(claims.upn);
}

/** A list of names, or one name. */
function groupsOf(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === "string" && one !== "");
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function joined(...parts: readonly unknown[]): string | null {
  return textOf(parts.flatMap((part) => textOf(part) ?? []).join(" "));
}

function shownClaim(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, longestShown);
}
