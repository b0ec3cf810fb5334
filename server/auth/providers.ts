import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { env } from "../env.ts";
import { verifiedGithubAddress } from "./githubAddress.ts";

/** Whom a provider says that it has signed in. */
export interface Vouched {
  /** What the provider calls them, for ever. */
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** Whether the provider vouches for it that they read the address's mail. */
  readonly emailVerified: boolean;
}

/** Where one can sign in with an account elsewhere, as far as this installation is set up for it. */
export interface SignInProvider {
  readonly key: string;
  readonly name: string;
}

const answerMilliseconds = 10_000;

/** Microsoft's names for "any tenant": there, addresses are what each tenant's administrator wrote. */
const openTenants = new Set(["common", "organizations", "consumers"]);

const claims = z.object({
  sub: z.string().min(1).max(255),
  name: z.string().max(200).optional().catch(undefined),
  email: z.email().max(254).optional().catch(undefined),
  email_verified: z.boolean().or(z.stringbool()).optional().catch(undefined),
  /** Of Microsoft: whether the owner of the address's domain is the tenant. */
  xms_edov: z.boolean().or(z.stringbool()).or(z.number().transform(Boolean)).optional().catch(undefined),
});

const signed = z.looseObject({ sub: z.string(), email: z.string().exactOptional() });

/** In the order of their buttons. */
export function signInProviders(): readonly SignInProvider[] {
  return configured().map(({ id: key, name }) => ({ key, name }));
}

/** As next-auth wants them. Each proves with PKCE, state and, where the provider knows OpenID Connect, a nonce. */
export function configured(): OAuthConfig<unknown>[] {
  const set = env();
  return [
    ...(set.GANTRY_GOOGLE_ID && set.GANTRY_GOOGLE_SECRET
      ? [
          openIdProvider({
            key: "google",
            name: "Google",
            issuer: "https://accounts.google.com",
            clientId: set.GANTRY_GOOGLE_ID,
            clientSecret: set.GANTRY_GOOGLE_SECRET,
            vouches: (said) => said.email_verified === true,
          }),
        ]
      : []),
    ...(set.GANTRY_GITHUB_ID && set.GANTRY_GITHUB_SECRET
      ? [githubProvider(set.GANTRY_GITHUB_URL, set.GANTRY_GITHUB_ID, set.GANTRY_GITHUB_SECRET)]
      : []),
    ...(set.GANTRY_MICROSOFT_ID && set.GANTRY_MICROSOFT_SECRET
      ? [
          openIdProvider({
            key: "microsoft",
            name: "Microsoft",
            issuer: `https://login.microsoftonline.com/${set.GANTRY_MICROSOFT_TENANT}/v2.0`,
            clientId: set.GANTRY_MICROSOFT_ID,
            clientSecret: set.GANTRY_MICROSOFT_SECRET,
            vouches: (said) => said.xms_edov === true || !openTenants.has(set.GANTRY_MICROSOFT_TENANT),
          }),
        ]
      : []),
    ...(set.GANTRY_OIDC_ISSUER && set.GANTRY_OIDC_ID && set.GANTRY_OIDC_SECRET
      ? [
          openIdProvider({
            key: "oidc",
            name: set.GANTRY_OIDC_NAME,
            issuer: set.GANTRY_OIDC_ISSUER,
            clientId: set.GANTRY_OIDC_ID,
            clientSecret: set.GANTRY_OIDC_SECRET,
            vouches: (said) => said.email_verified === true,
          }),
        ]
      : []),
  ];
}

interface OpenId extends SignInProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly vouches: (said: z.infer<typeof claims>) => boolean;
}

/** Any issuer of OpenID Connect, by discovery. */
function openIdProvider({ key, name, issuer, clientId, clientSecret, vouches }: OpenId): OAuthConfig<unknown> {
  return {
    id: key,
    name,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    userinfo: {
      // Some issuers put the address into the token, some tell it only when they are asked.
      async request({ client, tokens }) {
        // The type leaves its methods out.
        const said = signed.parse(typeof tokens.claims === "function" ? tokens.claims() : null);
        if (said.email !== undefined || !tokens.access_token) return said;
        const told = await client.userinfo(tokens.access_token);
        if (told.sub !== said.sub) throw new Error("The provider answered about somebody else.");
        return { ...told, ...said };
      },
    },
    httpOptions: { timeout: answerMilliseconds },
    profile(said) {
      const read = claims.parse(said);
      return vouched({ id: read.sub, name: read.name, email: read.email, emailVerified: vouches(read) });
    },
  };
}

const githubProfile = z.object({
  id: z.number().or(z.string()),
  login: z.string(),
  name: z.string().nullish(),
  verifiedEmail: z.email().nullable(),
});

/** GitHub, or a GitHub Enterprise Server at another address: OAuth 2 alone, so that its API is asked who it is. */
function githubProvider(base: string, clientId: string, clientSecret: string): OAuthConfig<unknown> {
  const root = base.replace(/\/+$/, "");
  const api = root === "https://github.com" ? "https://api.github.com" : `${root}/api/v3`;
  return {
    id: "github",
    name: "GitHub",
    type: "oauth",
    issuer: `${root}/login/oauth`,
    clientId,
    clientSecret,
    checks: ["pkce", "state"],
    authorization: { url: `${root}/login/oauth/authorize`, params: { scope: "read:user user:email" } },
    token: `${root}/login/oauth/access_token`,
    userinfo: {
      url: `${api}/user`,
      async request({ client, tokens }) {
        const profile = await client.userinfo(tokens.access_token ?? "");
        return { ...profile, verifiedEmail: await verifiedGithubAddress(api, tokens.access_token ?? "") };
      },
    },
    httpOptions: { timeout: answerMilliseconds },
    profile(said) {
      const { id, login, name, verifiedEmail } = githubProfile.parse(said);
      return vouched({ id: String(id), name: name ?? login, email: verifiedEmail, emailVerified: true });
    },
  };
}

interface Said {
  readonly id: string;
  readonly name: string | undefined;
  readonly email: string | null | undefined;
  readonly emailVerified: boolean;
}

function vouched({ id, name, email, emailVerified }: Said): Vouched {
  const address = email?.trim().toLowerCase() ?? null;
  return {
    id,
    name: name?.trim() || (address?.split("@")[0] ?? "Somebody"),
    email: address,
    emailVerified: address !== null && emailVerified,
  };
}
