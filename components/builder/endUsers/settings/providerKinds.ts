import type { IdentityProvider } from "#lib/model/processTypes.ts";

interface ProviderKind {
  readonly title: string;
  readonly name: string;
  /** With what is to be replaced in capitals. */
  readonly issuer: string;
}

/** Providers that people look for by name; every other speaks the same protocol. */
export const providerKinds: readonly ProviderKind[] = [
  { title: "Google", name: "google", issuer: "https://accounts.google.com" },
  { title: "Microsoft Entra", name: "microsoft", issuer: "https://login.microsoftonline.com/TENANT-ID/v2.0" },
  { title: "GitLab", name: "gitlab", issuer: "https://gitlab.com" },
  { title: "Okta", name: "okta", issuer: "https://YOUR-ORG.okta.com" },
  { title: "Auth0", name: "auth0", issuer: "https://YOUR-TENANT.eu.auth0.com/" },
  { title: "Keycloak", name: "keycloak", issuer: "https://KEYCLOAK.example.com/realms/REALM" },
  { title: "Authentik", name: "authentik", issuer: "https://AUTHENTIK.example.com/application/o/APP/" },
  { title: "Another OpenID provider", name: "provider", issuer: "https://ISSUER.example.com" },
];

/** What still stands there of a sample address; null where nothing does. */
export function sampleProblem(issuer: string): string | null {
  const [word] = /\b[A-Z]{2,}(?:-[A-Z]+)*\b/.exec(issuer) ?? [];
  return word === undefined ? null : `Put your own in place of ${word}.`;
}

/** A provider of a kind, under a name that is free. */
export function newProvider(kind: ProviderKind, taken: readonly string[]): IdentityProvider {
  let name = kind.name;
  for (let count = 2; taken.includes(name); count += 1) name = `${kind.name}${count}`;
  return { name, issuer: kind.issuer, clientId: "", clientSecret: secretNameOf(name) };
}

/** The usual name of a provider's secret. */
function secretNameOf(name: string): string {
  return `${name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase()}_CLIENT_SECRET`;
}
