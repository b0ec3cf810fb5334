import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { accountLinks } from "#db/schema/accountLinks.ts";
import { sessions } from "#db/schema/sessions.ts";
import { users } from "#db/schema/users.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { mailsTo } from "#tests/support/mailsTo.ts";
import { personInBrowser } from "#tests/support/personInBrowser.ts";
import { TestBrowser } from "#tests/support/TestBrowser.ts";
import { type TestProvider, testProvider } from "../runtime/users/testing/testProvider.ts";
import { signInProviders } from "./providers.ts";

let plane: TestControlPlane;
let provider: TestProvider;
let github: Awaited<ReturnType<typeof startGithub>>;
beforeAll(async () => {
  provider = await testProvider();
  await provider.redirectTo("http://localhost:3000/api/auth/callback/oidc");
  github = await startGithub();
  plane = await testControlPlane({
    GANTRY_OIDC_ISSUER: provider.issuer,
    GANTRY_OIDC_ID: provider.clients.id,
    GANTRY_OIDC_SECRET: provider.clients.secret,
    GANTRY_OIDC_NAME: "Example ID",
    GANTRY_GITHUB_ID: "gantry",
    GANTRY_GITHUB_SECRET: "known to both",
    GANTRY_GITHUB_URL: github.url,
  });
});
afterAll(async () => {
  await plane[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
  github.close();
});
beforeEach(() => {
  provider.intercept = null;
  // What a provider does wrong is logged.
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});

const whoIs = async (browser: TestBrowser) => (await browser.query("accounts.me")).data?.email ?? null;
const links = async (browser: TestBrowser) => (await browser.query("accounts.links.list")).data.links;

/** Begins at our page: where the provider's is. */
async function begin(browser: TestBrowser, key = "oidc"): Promise<string> {
  const body = { csrfToken: await browser.csrfToken(), callbackUrl: "/acme", json: "true" };
  const response = await browser.auth(`signin/${key}`, { body });
  return ((await response.json()) as { url: string }).url;
}

/** Comes back from the provider: where our page sends on to. */
async function comeBack(browser: TestBrowser, url: string, changed: Record<string, string> = {}): Promise<string> {
  const query = { ...Object.fromEntries(new URL(url).searchParams), ...changed };
  const response = await browser.auth(new URL(url).pathname.replace("/api/auth/", ""), { query });
  return (response.headers.get("location") ?? "").replace("http://localhost:3000", "");
}

async function signIn(browser: TestBrowser, login: string): Promise<string> {
  return await comeBack(browser, await provider.signIn(await begin(browser), login));
}

let people = 0;

/** Somebody whom the provider knows: their login, which is what it calls them for ever. */
function known(claims: { email?: string; email_verified?: boolean } = {}): string {
  people += 1;
  const login = `login-${people}`;
  provider.people.set(login, {
    name: `Known ${people}`,
    email: `${login}@example.com`,
    email_verified: true,
    ...claims,
  });
  return login;
}

test("only what is set up stands on the page", () => {
  expect(signInProviders()).toEqual([
    { key: "github", name: "GitHub" },
    { key: "oidc", name: "Example ID" },
  ]);
});

test("somebody new gets an account of a confirmed address, with an organisation and without a password", async () => {
  const login = known();
  const browser = new TestBrowser();
  const url = new URL(await begin(browser));
  expect(url.searchParams.get("code_challenge_method")).toBe("S256");
  expect([url.searchParams.get("state"), url.searchParams.get("nonce")]).not.toContain(null);
  expect(await comeBack(browser, await provider.signIn(url.href, login))).toBe("/acme");
  expect(await whoIs(browser)).toBe(`${login}@example.com`);
  expect((await browser.query("accounts.profile")).data).toMatchObject({
    emailVerifiedAt: expect.any(Date),
    hasPassword: false,
  });
  expect((await browser.query("organisations.list")).data).toMatchObject([{ role: "owner" }]);
  const again = new TestBrowser();
  expect(await signIn(again, login)).toBe("/acme");
  expect(await whoIs(again)).toBe(`${login}@example.com`);
  expect((await again.query("sessions.list")).data[0]).toMatchObject({ isThis: true, method: "provider" });
});

describe("what did not begin in this browser, or is not the provider's answer, signs nobody in", () => {
  const refused = /^\/api\/auth\/error\?error=(OAuthCallback|Callback)/;

  test("another state, none, and the answer to another browser", async () => {
    const login = known();
    for (const state of ["x".repeat(43), ""]) {
      const browser = new TestBrowser();
      const back = await provider.signIn(await begin(browser), login);
      expect(await comeBack(browser, back, { state })).toMatch(refused);
      expect(await whoIs(browser)).toBeNull();
    }
    const [victim, attacker] = [new TestBrowser(), new TestBrowser()];
    await begin(victim);
    expect(await comeBack(victim, await provider.signIn(await begin(attacker), login))).toMatch(refused);
    expect(await comeBack(new TestBrowser(), await provider.signIn(await begin(attacker), login))).toMatch(refused);
  });

  test("an answer that was used", async () => {
    const login = known();
    const browser = new TestBrowser();
    const back = await provider.signIn(await begin(browser), login);
    const cookies = new Map(browser.cookies);
    expect(await comeBack(browser, back)).toBe("/acme");
    // Even with all the cookies of before.
    const thief = new TestBrowser();
    for (const [name, value] of cookies) thief.cookies.set(name, value);
    expect(await comeBack(thief, back)).toMatch(refused);
    expect(await whoIs(thief)).toBeNull();
  });

  test("another nonce, issuer, audience or time, and a key that is not the provider's", async () => {
    const ours = await generateKeyPair("RS256");
    const stranger = await generateKeyPair("RS256");
    const jwks = { keys: [{ ...(await exportJWK(ours.publicKey)), kid: "ours", use: "sig", alg: "RS256" }] };
    const answered = async (claims: Record<string, unknown>, key = ours.privateKey) => {
      const login = known();
      const browser = new TestBrowser();
      const back = await provider.signIn(await begin(browser), login);
      const now = Math.floor(Date.now() / 1000);
      const own = { iss: provider.issuer, aud: provider.clients.id, sub: login, iat: now, exp: now + 600 };
      const whole = { ...own, email: `${login}@example.com`, email_verified: true, nonce: await nonceOf(browser) };
      const header = { alg: "RS256", kid: "ours" };
      const idToken = await new SignJWT({ ...whole, ...claims }).setProtectedHeader(header).sign(key);
      provider.intercept = (request, response) => {
        const bodies = { "/jwks": jwks, "/token": { access_token: "x", token_type: "Bearer", id_token: idToken } };
        const body = Object.entries(bodies).find(([path]) => path === request.url)?.[1];
        if (body) response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
        return body !== undefined;
      };
      const page = await comeBack(browser, back);
      provider.intercept = null;
      return [page, await whoIs(browser)];
    };
    expect(await answered({})).toEqual(["/acme", expect.stringMatching(/^login-/)]);
    for (const changed of [{ nonce: "another" }, { iss: "https://evil.example" }, { aud: "another-app" }, { exp: 1 }]) {
      expect(await answered(changed)).toEqual([expect.stringMatching(refused), null]);
    }
    expect(await answered({}, stranger.privateKey)).toEqual([expect.stringMatching(refused), null]);
  });

  test("a nonce of another sign-in of the same browser", async () => {
    const login = known();
    const browser = new TestBrowser();
    const first = await begin(browser);
    const nonceName = [...browser.cookies.keys()].find((name) => name.endsWith("nonce")) ?? "";
    const other = new TestBrowser();
    await begin(other);
    browser.cookies.set(nonceName, other.cookies.get(nonceName) ?? "");
    expect(await comeBack(browser, await provider.signIn(first, login))).toMatch(refused);
  });

  test("somebody who thinks better of it there", async () => {
    const browser = new TestBrowser();
    const back = await provider.signIn(await begin(browser), known(), "abort");
    expect(await comeBack(browser, back)).toMatch(/error=/);
    expect(await whoIs(browser)).toBeNull();
  });
});

describe("the address at the provider", () => {
  test("that the provider does not vouch for opens and makes nothing, and tells nothing of whether it is known", async () => {
    const person = await personInBrowser(plane);
    const [before] = await plane.db.select({ n: sql<number>`count(*)::int` }).from(users);
    const answers = [];
    for (const email of [person.email, "unknown-there@example.com"]) {
      answers.push(await signIn(new TestBrowser(), known({ email, email_verified: false })));
    }
    expect(answers).toEqual(Array(2).fill("/sign-in?error=Unverified&provider=Example%20ID"));
    expect(await plane.db.select({ n: sql<number>`count(*)::int` }).from(users)).toEqual([before]);
  });

  test("links to the account whose address is confirmed, and its owner is told", async () => {
    const { id, email } = await personInBrowser(plane);
    await plane.db.update(users).set({ emailVerifiedAt: sql`now()` }).where(eq(users.id, id));
    const browser = new TestBrowser();
    expect(await signIn(browser, known({ email: email.toUpperCase() }))).toBe("/acme");
    expect(await whoIs(browser)).toBe(email);
    const told = (await mailsTo(plane.db, email)).map(({ text }) => text).join();
    expect(told).toContain("an account at Example ID was linked to yours");
  });

  test("of an account whose address was never confirmed links nothing: somebody may lie in wait there", async () => {
    const { id, email } = await personInBrowser(plane);
    expect(await signIn(new TestBrowser(), known({ email }))).toBe("/sign-in?error=LinkFirst&provider=Example%20ID");
    expect(await plane.db.select().from(accountLinks).where(eq(accountLinks.userId, id))).toEqual([]);
  });
});

describe("linking from within", () => {
  test("takes whatever account it comes back with, once, and not another's", async () => {
    const { browser, email } = await personInBrowser(plane);
    const login = known({ email: "somewhere-else@example.com", email_verified: false });
    expect((await browser.mutate("accounts.links.begin", { provider: "nowhere" })).error?.code).toBe("not_found");
    await browser.mutate("accounts.links.begin", { provider: "oidc" });
    expect(await signIn(browser, login)).toBe("/account/security?link=added");
    expect(await whoIs(browser)).toBe(email);
    expect(await links(browser)).toMatchObject([{ provider: "oidc", email: "somewhere-else@example.com" }]);
    const elsewhere = new TestBrowser();
    expect(await signIn(elsewhere, login)).toBe("/acme");
    expect(await whoIs(elsewhere)).toBe(email);
    const other = await personInBrowser(plane);
    await other.browser.mutate("accounts.links.begin", { provider: "oidc" });
    expect(await signIn(other.browser, login)).toBe("/account/security?link=taken");
    expect(await links(other.browser)).toEqual([]);
  });

  test("without having asked, signing in at the provider changes who is signed in, and links nothing", async () => {
    const { browser } = await personInBrowser(plane);
    const login = known();
    expect(await signIn(browser, login)).toBe("/acme");
    expect(await whoIs(browser)).toBe(`${login}@example.com`);
  });

  test("ten minutes later it is a sign-in again; asking needs a fresh proof", async () => {
    const { browser, id, email } = await personInBrowser(plane);
    await browser.mutate("accounts.links.begin", { provider: "oidc" });
    const past = sql`now() - interval '11 minutes'`;
    await plane.db.update(sessions).set({ linkingUntil: past, provenAt: past }).where(eq(sessions.userId, id));
    expect((await browser.mutate("accounts.links.begin", { provider: "oidc" })).error?.code).toBe("proof_required");
    await signIn(browser, known());
    expect(await whoIs(browser)).not.toBe(email);
  });

  test("the only way in cannot be taken away", async () => {
    const login = known();
    const browser = new TestBrowser();
    await signIn(browser, login);
    const [{ id }] = await links(browser);
    expect((await browser.mutate("accounts.links.remove", { id })).error?.code).toBe("conflict");
    await browser.mutate("accounts.password.change", { password: "analytical engine" });
    expect((await browser.mutate("accounts.links.remove", { id })).status).toBe(200);
    expect(await links(browser)).toEqual([]);
  });
});

describe("GitHub, which knows no OpenID Connect", () => {
  test("tells the first address that it has seen confirmed", async () => {
    const browser = new TestBrowser();
    expect(await comeBack(browser, await github.signIn(await begin(browser, "github")))).toBe("/acme");
    expect(await whoIs(browser)).toBe("octo@example.com");
    expect((await links(browser))[0]).toMatchObject({ provider: "github", email: "octo@example.com" });
  });

  test("an address that is not confirmed there counts for nothing", async () => {
    github.user = { id: 8, login: "shadow", verified: false };
    const back = await comeBack(new TestBrowser(), await github.signIn(await begin(new TestBrowser(), "github")));
    expect(back).toMatch(/error=/);
    const browser = new TestBrowser();
    const answer = await comeBack(browser, await github.signIn(await begin(browser, "github")));
    expect(answer).toBe("/sign-in?error=Unverified&provider=GitHub");
  });
});

/** The nonce that this browser sent along, out of next-auth's cookie. */
async function nonceOf(browser: TestBrowser): Promise<unknown> {
  const { decode } = await import("next-auth/jwt");
  const [name = "", token = ""] = [...browser.cookies].find(([key]) => key.endsWith("nonce")) ?? [];
  const secret = process.env.NEXTAUTH_SECRET ?? "";
  return (await decode({ token, secret, salt: name }))?.value;
}

/** The four addresses of a GitHub Enterprise Server that signing in uses; it checks PKCE and the client's secret. */
async function startGithub() {
  const challenges = new Map<string, string>();
  const self = { url: "", user: { id: 7, login: "octo", verified: true }, signIn, close: () => server.close() };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (url.pathname === "/login/oauth/access_token") {
      let body = "";
      for await (const part of request) body += part;
      const given = new URLSearchParams(body);
      const { createHash } = await import("node:crypto");
      const hash = createHash("sha256")
        .update(given.get("code_verifier") ?? "")
        .digest("base64url");
      const basic = `Basic ${btoa("gantry:known+to+both")}`;
      const right = challenges.get(given.get("code") ?? "") === hash && request.headers.authorization === basic;
      return answer(
        right ? 200 : 400,
        right ? { access_token: "t", token_type: "bearer" } : { error: "invalid_grant" },
      );
    }
    if (request.headers.authorization !== "Bearer t") return answer(401, {});
    const { id, login, verified } = self.user;
    if (url.pathname === "/api/v3/user") return answer(200, { id, login, name: null, email: "public@example.com" });
    return answer(200, [
      { email: "other@example.com", primary: false, verified: true },
      { email: `${login}@example.com`, primary: true, verified },
    ]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  self.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  /** Agrees at once: where GitHub sends back to. */
  async function signIn(asked: string): Promise<string> {
    const { searchParams } = new URL(asked);
    const code = crypto.randomUUID();
    challenges.set(code, searchParams.get("code_challenge") ?? "");
    const back = new URL(searchParams.get("redirect_uri") ?? "");
    back.search = new URLSearchParams({ code, state: searchParams.get("state") ?? "" }).toString();
    return back.href;
  }
  return self;
}
