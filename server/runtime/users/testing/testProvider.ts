import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import Provider, { type Configuration } from "oidc-provider";

/** Somebody whom the provider knows, by the login that is typed in. */
export interface Person {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly [claim: string]: unknown;
}

export interface TestProvider extends AsyncDisposable {
  /** `http://localhost:<port>` */
  readonly issuer: string;
  /** Requests that it got, as `GET /jwks`. */
  readonly requests: readonly string[];
  readonly people: Map<string, Person>;
  readonly clients: { readonly id: string; readonly secret: string };
  /** A JWT for a resource server, by the client credentials grant; `claims` stand in it. */
  token(audience: string, claims?: Readonly<Record<string, unknown>>): Promise<string>;
  /** New keys, the old ones gone; or with them still published. */
  rotate(keep?: "keep"): Promise<void>;
  /** Where a callback may be. */
  redirectTo(...urls: readonly string[]): Promise<void>;
  /** What every request gets instead of the provider's answer, where this answers true. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  /** Refuses all, as if it were down. */
  down: boolean;
  /** Walks through the provider's pages as somebody would: types the login in, agrees, and ends at the redirect. */
  signIn(url: string, login: string, answer?: "abort"): Promise<string>;
}

/** A real OpenID provider with clients, people and keys of its own. */
export async function testProvider(): Promise<TestProvider> {
  const requests: string[] = [];
  const people = new Map<string, Person>();
  let redirects: readonly string[] = ["http://localhost/none"];
  let keys: JWK[] = [await signingKey("first")];
  let extra: Readonly<Record<string, unknown>> = {};
  let provider: Provider;
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.split("?")[0]}`);
    if (self.down) return void request.socket.destroy();
    if (self.intercept?.(request, response)) return;
    provider.callback()(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://localhost:${port}`;
  const clients = { id: "the-app", secret: "a secret of the app that nobody else knows" };
  const configure = () => {
    provider = quiet(
      () => new Provider(issuer, configuration({ keys, redirects, clients, people, claims: () => extra })),
    );
  };
  configure();
  const self: TestProvider = {
    issuer,
    requests,
    people,
    clients,
    intercept: null,
    down: false,
    async token(audience, claims = {}) {
      extra = claims;
      const response = await fetch(`${issuer}/token`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`${clients.id}:${encodeURIComponent(clients.secret)}`)}` },
        body: new URLSearchParams({ grant_type: "client_credentials", resource: audience, scope: "api" }),
      });
      const { access_token: token } = (await response.json()) as { access_token?: string };
      if (token === undefined) throw new Error(`The provider gives no token: ${response.status}`);
      return token;
    },
    async rotate(keep) {
      keys = [await signingKey(`key-${crypto.randomUUID()}`), ...(keep ? keys : [])];
      configure();
    },
    async redirectTo(...urls) {
      redirects = urls;
      configure();
    },
    signIn: (url, login, answer) => walk(issuer, { url, login, abort: answer === "abort" }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}

interface Settings {
  readonly keys: readonly JWK[];
  readonly redirects: readonly string[];
  readonly clients: TestProvider["clients"];
  readonly people: ReadonlyMap<string, Person>;
  readonly claims: () => Readonly<Record<string, unknown>>;
}

function configuration({ keys, redirects, clients, people, claims }: Settings): Configuration {
  return {
    clients: [
      {
        client_id: clients.id,
        client_secret: clients.secret,
        grant_types: ["authorization_code", "client_credentials"],
        redirect_uris: [...redirects],
        response_types: ["code"],
      },
      {
        client_id: "posting-app",
        client_secret: clients.secret,
        token_endpoint_auth_method: "client_secret_post",
        redirect_uris: [...redirects],
      },
      {
        client_id: "public-app",
        token_endpoint_auth_method: "none",
        application_type: "native",
        redirect_uris: ["http://127.0.0.1/callback", ...redirects],
      },
    ],
    jwks: { keys: [...keys] },
    ttl: { AccessToken: 600, ClientCredentials: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    cookies: { keys: ["cookies of a test"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups", "person"] },
    // Claims of scopes stand in the id token, as most providers have it.
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => {
      const person = people.get(sub);
      return { accountId: sub, claims: async () => ({ sub, ...person }) };
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, audience) => ({
          scope: "api",
          audience,
          accessTokenFormat: "jwt",
          accessTokenTTL: 600,
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    extraTokenClaims: () => ({ ...claims() }),
  };
}

async function signingKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, use: "sig", alg: "RS256" };
}

/** It warns of everything that is for tests only. */
function quiet<Result>(work: () => Result): Result {
  const { warn, info } = console;
  console.warn = () => {};
  console.info = () => {};
  try {
    return work();
  } finally {
    console.warn = warn;
    console.info = info;
  }
}

async function walk(
  issuer: string,
  { url, login, abort }: { readonly url: string; readonly login: string; readonly abort: boolean },
): Promise<string> {
  const cookies = new Map<string, string>();
  let next: string = url;
  let form: URLSearchParams | null = null;
  for (let steps = 0; steps < 12; steps += 1) {
    const response: Response = await fetch(next, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    form = null;
    const location = response.headers.get("location");
    if (location !== null) {
      next = new URL(location, next).href;
      if (!next.startsWith(`${issuer}/`)) return next;
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (response.status !== 200 || prompt === undefined) throw new Error(`${response.status} at ${next}: ${page}`);
    if (abort) next = `${next}/abort`;
    else form = new URLSearchParams({ prompt, login, password: "any" });
  }
  throw new Error("The provider leads nowhere.");
}
