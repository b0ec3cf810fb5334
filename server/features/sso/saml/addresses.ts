import { env } from "../../../env.ts";

/** What a provider is told of us: who we are to it, and where it sends people. */
export function samlAddresses(connectionId: string) {
  const base = `${new URL(env().NEXTAUTH_URL).origin}/api/sso/saml/${connectionId}`;
  return { entityId: `${base}/metadata`, callback: `${base}/acs` };
}

/** Where OpenID providers send people. */
export function oidcCallback(): string {
  return `${new URL(env().NEXTAUTH_URL).origin}/api/sso/oidc/callback`;
}
