import { hash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AppAuth } from "#lib/model/processTypes.ts";
import { type AuthApp, authApp } from "../testing/authApp.ts";
import { type TestProvider, testProvider } from "../testing/testProvider.ts";
import { usersModel } from "../testing/usersModel.ts";

const redirect = "https://shop.example/signed-in";
const settings = { clientSecret: "ACME_SECRET", roles: { claim: "groups", map: { staff: "admin" } } };

let provider: TestProvider;
let other: TestProvider;
let on: AuthApp;

async function served({ closed = false } = {}): Promise<AuthApp> {
  const { signUp: _, ...invitedOnly } = usersModel().app.auth ?? {};
  const auth: AppAuth = {
    redirects: ["https://shop.example/"],
    providers: [
      { name: "acmeWorks", issuer: provider.issuer, clientId: provider.clients.id, ...settings },
      { name: "other", issuer: other.issuer, clientId: other.clients.id, clientSecret: "ACME_SECRET" },
      { name: "lost", issuer: "https://issuer.invalid", clientId: "x", clientSecret: "NOT_THERE" },
    ],
  };
  const model = closed ? usersModel({}, { app: { auth: { ...invitedOnly, ...auth } } }) : usersModel(auth);
  const app = await authApp(model, {
    secrets: { ACME_SECRET: provider.clients.secret },
    egress: { allow: [provider, other].map(({ issuer }) => new URL(issuer).host) },
  });
  await provider.redirectTo(...callbacks(app));
  await other.redirectTo(...callbacks(app));
  return app;
}

const callbacks = ({ app }: AuthApp) => ["acme-works", "other"].map((name) => `${app.url}/auth/${name}/callback`);

beforeAll(async () => {
  [provider, other] = await Promise.all([testProvider(), testProvider()]);
  on = await served();
});
afterAll(async () => {
  await on[Symbol.asyncDispose]();
  await Promise.all([provider, other].map((each) => each[Symbol.asyncDispose]()));
});

/** A browser that keeps what it is told to keep, and the client app in it. */
class Browser {
  readonly #on: AuthApp;
  readonly verifier = randomBytes(32).toString("base64url");
  readonly cookies = new Map<string, string>();

  constructor(of: AuthApp = on) {
    this.#on = of;
  }

  async start(parameters: Readonly<Record<string, string>> = {}, name = "acme-works"): Promise<Response> {
    const query = new URLSearchParams({
      redirect,
      challenge: hash("sha256", this.verifier, "base64url"),
      ...parameters,
    });
    return this.visit(`${this.#on.app.url}/auth/${name}/start?${query}`);
  }

  async visit(url: string): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (set.includes("Max-Age=0")) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Up to the provider's answer. */
  async wayBack(login: string, { answer, ...more }: { readonly answer?: "abort"; readonly invitation?: string } = {}) {
    const started = await this.start(more);
    return provider.signIn(started.headers.get("location") ?? "", login, answer);
  }

  async signIn(login: string, more: { readonly invitation?: string } = {}): Promise<URL> {
    const ended = await this.visit(await this.wayBack(login, more));
    return new URL(ended.headers.get("location") ?? "about:blank");
  }

  exchange(back: URL) {
    return this.#on.auth("token", { code: back.searchParams.get("code") ?? "", verifier: this.verifier });
  }
}

let people = 0;
/** Somebody whom the provider knows. */
function known(claims: Readonly<Record<string, unknown>> = {}): string {
  const login = `person-${++people}`;
  provider.people.set(login, { email: `${login}@example.com`, email_verified: true, ...claims });
  return login;
}

describe("signing in by a provider", () => {
  test("makes an account with its record, and ends in the client app with a code for its tokens", async () => {
    const login = known({ email: "Grace.Hopper@Example.com", name: "Grace Hopper", groups: ["staff", "others"] });
    const browser = new Browser();
    const back = await browser.signIn(login);
    expect(`${back.origin}${back.pathname}`).toBe(redirect);
    expect([...back.searchParams.keys()]).toEqual(["code"]);
    expect(browser.cookies.size).toBe(0);
    const { status, body } = await browser.exchange(back);
    expect(status).toBe(200);
    expect(body.account).toMatchObject({ email: "grace.hopper@example.com", emailVerified: true });
    expect(body.account.roles.toSorted()).toEqual(["admin", "member"]);
    const person = await on.send("GET", `/rest/v1/people/${body.account.userId}`, { token: body.accessToken });
    expect(person.body).toMatchObject({ email: "grace.hopper@example.com", name: "Grace Hopper", level: 1 });
    const [session] = await on.app.sql`select methods from gantry_sessions where id = ${body.session}`;
    expect(session?.methods).toEqual(["acmeWorks"]);
  });

  test("comes to the same account again, by who it is and not by the address, with the roles of now", async () => {
    const login = known({ groups: ["staff"] });
    const first = await (async (browser) => browser.exchange(await browser.signIn(login)))(new Browser());
    await on.app.sql`update gantry_accounts set roles = '["member", "admin"]' where id = ${first.body.account.id}`;
    provider.people.set(login, { email: "moved@example.com", email_verified: true, groups: [] });
    const second = await (async (browser) => browser.exchange(await browser.signIn(login)))(new Browser());
    expect(second.body.account).toMatchObject({ id: first.body.account.id, roles: ["member"] });
    expect(second.body.account.email).toBe(`${login}@example.com`);
  });

  test("comes to the account that has the address, where both sides have confirmed it", async () => {
    const ada = await on.person();
    const browser = new Browser();
    const back = await browser.signIn(known({ email: ada.email.toUpperCase() }));
    expect((await browser.exchange(back)).body.account).toMatchObject({ id: ada.account, userId: ada.user });
  });

  test("goes on with several at once in one browser", async () => {
    const [one, two] = [known(), known()];
    const browser = new Browser();
    const [first, second] = [await browser.wayBack(one), await browser.wayBack(two)];
    expect(browser.cookies.size).toBe(2);
    for (const way of [second, first]) {
      const back = new URL((await browser.visit(way)).headers.get("location") ?? "");
      expect((await browser.exchange(back)).status).toBe(200);
    }
  });
});

test("whoever comes for the first time in two windows at once has one account", async () => {
  const login = known();
  const browsers = [new Browser(), new Browser()];
  const ways = await Promise.all(browsers.map((browser) => browser.wayBack(login)));
  const ends = await Promise.all(browsers.map((browser, at) => browser.visit(ways[at] ?? "")));
  const accounts = await Promise.all(
    browsers.map(async (browser, at) => browser.exchange(new URL(ends[at]?.headers.get("location") ?? ""))),
  );
  expect(accounts.map(({ status }) => status)).toEqual([200, 200]);
  expect(accounts[0]?.body.account.id).toBe(accounts[1]?.body.account.id);
});

describe("no account is given", () => {
  const refusedAs = async (login: string, parts: { readonly browser?: Browser } = {}) => {
    const back = await (parts.browser ?? new Browser()).signIn(login);
    expect(back.href.startsWith(`${redirect}?`)).toBe(true);
    expect(back.searchParams.get("message")).toBeTruthy();
    expect(back.searchParams.get("code")).toBe(null);
    return back.searchParams.get("error");
  };

  test("to whoever claims an address at the provider that it has not confirmed, known or not", async () => {
    const ada = await on.person();
    expect(await refusedAs(known({ email: ada.email, email_verified: false }))).toBe("forbidden");
    expect(await refusedAs(known({ email: "nobody@example.com", email_verified: false }))).toBe("forbidden");
  });

  test("with an address where the provider says nothing of it", async () => {
    const ada = await on.person();
    const browser = new Browser();
    const back = await browser.signIn(known({ email: ada.email, email_verified: undefined }));
    const { body } = await browser.exchange(back);
    expect(body.account).toMatchObject({ email: null, emailVerified: false });
    expect(body.account.id).not.toBe(ada.account);
  });

  test("where the account with the address never confirmed it", async () => {
    const ada = await on.person();
    await on.app.sql`update gantry_accounts set email_verified = 'false' where id = ${ada.account}`;
    expect(await refusedAs(known({ email: ada.email }))).toBe("conflict");
  });

  test("that is disabled", async () => {
    const ada = await on.person();
    await on.app.sql`update gantry_accounts set disabled_at = now() where id = ${ada.account}`;
    expect(await refusedAs(known({ email: ada.email }))).toBe("forbidden");
  });
});

describe("where only those come in who were invited", () => {
  let closed: AuthApp;
  beforeAll(async () => {
    closed = await served({ closed: true });
  });
  afterAll(async () => {
    await closed[Symbol.asyncDispose]();
    await provider.redirectTo(...callbacks(on));
  });
  const invited = async (email: string) => {
    const body = { email, roles: ["member"], send: false };
    const reply = await closed.send("POST", "/auth/invitations", { body, token: closed.app.key });
    expect(reply.status).toBe(201);
    return reply.body.token as string;
  };

  test("others are refused", async () => {
    const back = await new Browser(closed).signIn(known());
    expect(back.searchParams.get("error")).toBe("forbidden");
  });

  test("whoever has the address of an invitation gets what it says", async () => {
    const login = known();
    await invited(`${login}@example.com`);
    const browser = new Browser(closed);
    const { body } = await browser.exchange(await browser.signIn(login));
    expect(body.account).toMatchObject({ email: `${login}@example.com`, roles: ["member"] });
  });

  test("whoever comes with an invitation gets its account, whatever address they have at the provider", async () => {
    const invitation = await invited("boss@example.com");
    const login = known();
    const browser = new Browser(closed);
    const { body } = await browser.exchange(await browser.signIn(login, { invitation }));
    expect(body.account).toMatchObject({ email: "boss@example.com", emailVerified: true, roles: ["member"] });
    const again = await new Browser(closed).signIn(known(), { invitation });
    expect(again.searchParams.get("error")).toBe("invalid_input");
  });
});

describe("nobody comes in by a way that is not theirs", () => {
  let browser: Browser;
  let login: string;
  beforeEach(() => {
    browser = new Browser();
    login = known();
  });

  test("in another browser, whose own way goes on", async () => {
    const way = await browser.wayBack(login);
    const stranger = await new Browser().visit(way);
    expect(stranger.status).toBe(400);
    expect(stranger.headers.get("content-type")).toContain("text/html");
    expect(stranger.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await browser.visit(way)).status).toBe(303);
  });

  test("with the cookie of another way", async () => {
    const mine = await browser.wayBack(login);
    const attacker = new Browser();
    const theirs = await attacker.wayBack(known());
    const [[name = ""] = []] = [...attacker.cookies];
    const [[, value = ""] = []] = [...browser.cookies];
    browser.cookies.set(name, value);
    expect((await browser.visit(theirs)).status).toBe(400);
    expect((await browser.visit(mine)).status).toBe(303);
  });

  test("with another state, or none", async () => {
    const way = new URL(await browser.wayBack(login));
    for (const state of ["another", "", "\u0000", "x".repeat(3000)]) {
      way.searchParams.set("state", state);
      expect((await browser.visit(way.href)).status).toBe(400);
    }
    way.searchParams.delete("state");
    expect((await browser.visit(way.href)).status).toBe(400);
  });

  test("a second time, with the cookie or without", async () => {
    const way = await browser.wayBack(login);
    const cookies = new Map(browser.cookies);
    expect((await browser.visit(way)).status).toBe(303);
    expect((await browser.visit(way)).status).toBe(400);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    expect((await browser.visit(way)).status).toBe(400);
  });

  test("at the callback of another provider", async () => {
    const way = (await browser.wayBack(login)).replace("/acme-works/", "/other/");
    expect((await browser.visit(way)).status).toBe(400);
  });

  test("with the answer of another issuer", async () => {
    const way = new URL(await browser.wayBack(login));
    way.searchParams.set("iss", other.issuer);
    const ended = new URL((await browser.visit(way.href)).headers.get("location") ?? "");
    expect(ended.searchParams.get("error")).toBe("unauthenticated");
  });

  test("after too long", async () => {
    const way = await browser.wayBack(login);
    await on.app.sql`update gantry_account_tokens set expires_at = now() where purpose = 'provider'`;
    expect((await browser.visit(way)).status).toBe(400);
  });

  test("where they broke off", async () => {
    const ended = await browser.visit(await browser.wayBack(login, { answer: "abort" }));
    const back = new URL(ended.headers.get("location") ?? "");
    expect([back.searchParams.get("error"), back.searchParams.get("code")]).toEqual(["unauthenticated", null]);
  });

  test("with a code that was used, is another's, or came to another client", async () => {
    const back = await browser.signIn(login);
    const thief = await on.auth("token", { code: back.searchParams.get("code"), verifier: "t".repeat(43) });
    expect(thief.status).toBe(401);
    // Somebody has come by the code: it is good no longer.
    expect((await browser.exchange(back)).status).toBe(401);
    const again = await browser.signIn(login);
    expect((await on.auth("token", { code: again.searchParams.get("code") })).status).toBe(401);
    const third = await browser.signIn(login);
    expect((await browser.exchange(third)).status).toBe(200);
    expect((await browser.exchange(third)).status).toBe(401);
  });

  test("and what is kept of a way is of no use to whoever reads the database", async () => {
    await browser.start();
    const rows = await on.app.sql`select t::text as text from gantry_account_tokens t where purpose = 'provider'`;
    const text = rows.map((row) => String(row.text)).join("\n");
    for (const value of browser.cookies.values()) expect(text).not.toContain(value);
  });
});

describe("a way does not begin", () => {
  test.each<[string, Record<string, string>, string, number]>([
    ["to a redirect that is not allowed", { redirect: "https://evil.example/" }, "acme-works", 422],
    ["to what is no address", { redirect: "/here" }, "acme-works", 422],
    ["without a challenge", { challenge: "" }, "acme-works", 422],
    ["with a verifier in the clear", { challenge: "x".repeat(44) }, "acme-works", 422],
    ["with what nobody knows", { scope: "admin" }, "acme-works", 422],
    ["by a provider that the app does not have", {}, "acmeWorks", 404],
    ["by a name that objects have", {}, "constructor", 404],
    ["by a provider without its secret", {}, "lost", 503],
  ])("%s", async (_, parameters, name, status) => {
    const response = await new Browser().start(parameters, name);
    expect(response.status).toBe(status);
    expect(response.headers.get("location")).toBe(null);
  });

  test("to a provider that is down", async () => {
    await using app = await served();
    provider.down = true;
    try {
      expect((await new Browser(app).start()).status).toBe(503);
    } finally {
      provider.down = false;
      await provider.redirectTo(...callbacks(on));
    }
  });
});
