import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { codeApps } from "#db/schema/factors.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { sessions } from "#db/schema/sessions.ts";
import { ssoSeenAssertions } from "#db/schema/ssoAttempts.ts";
import { ssoDomains } from "#db/schema/ssoDomains.ts";
import { users } from "#db/schema/users.ts";
import type { Principal, SessionUser } from "#server/access/Principal.ts";
import { principalOfCookies } from "#server/auth/session.ts";
import { sessionCookie } from "#server/auth/sessionCookie.ts";
import { startSession } from "#server/features/sessions/service.ts";
import { type TestProvider, testProvider } from "#server/runtime/users/testing/testProvider.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { recheckDomains } from "../domains/service.ts";
import { oidcCallback } from "../saml/addresses.ts";
import { type NameServer, nameServer } from "../testing/nameServer.ts";
import { type Answering, type SamlIdentityProvider, samlIdentityProvider } from "../testing/samlIdentityProvider.ts";
import {
  handleOidcCallback,
  handleSamlAnswer,
  handleSamlFinish,
  handleSamlMetadata,
  handleStart,
  handleTry,
} from "./handlers.ts";
import { readNotice } from "./notice.ts";

let plane: TestControlPlane;
let names: NameServer;
let idp: SamlIdentityProvider;
let issuer: TestProvider;
const web = "http://localhost:3000";

beforeAll(async () => {
  names = await nameServer();
  plane = await testControlPlane({ GANTRY_DNS_SERVERS: names.address, GANTRY_PLAN: "enterprise" });
  [idp, issuer] = await Promise.all([samlIdentityProvider(), testProvider()]);
  await issuer.redirectTo(oidcCallback());
});
afterAll(async () => {
  await idp[Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
  await plane[Symbol.asyncDispose]();
  await names[Symbol.asyncDispose]();
});

/** A browser: it keeps cookies and follows nothing by itself. */
class Browser {
  readonly cookies = new Map<string, string>();

  request(path: string, init: RequestInit = {}): Request {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return new Request(new URL(path, web), { ...init, headers: { ...init.headers, ...(cookie && { cookie }) } });
  }

  /** The address that it is led to. */
  keep(response: Response): string {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response.headers.get("location") ?? "";
  }

  async start(email: string, next?: string): Promise<string> {
    const asked = new URLSearchParams({ email, ...(next && { next }) });
    return this.keep(await handleStart(this.request(`/api/sso/start?${asked}`)));
  }

  async who(): Promise<Principal | null> {
    return await principalOfCookies(Object.fromEntries(this.cookies));
  }
}

function noticeIn(location: string): string | null {
  return readNotice(new URL(location, web).searchParams.get("said") ?? undefined);
}

interface Team {
  readonly user: SessionUser;
  readonly organisation: string;
  readonly id: string;
  readonly domain: string;
  readonly call: ReturnType<TestControlPlane["caller"]>;
}

/** An organisation with a verified domain. */
async function team(name: string): Promise<Team> {
  const { user, organisation } = await plane.person(name);
  await plane.db.update(users).set({ emailVerifiedAt: new Date() }).where(eq(users.id, user.id));
  const [row] = await plane.db.select().from(organisations).where(eq(organisations.slug, organisation));
  const call = plane.caller(user);
  const domain = `${organisation}.test`;
  const { id: domainId, record } = await call.sso.domains.add({ organisation, domain });
  names.texts.set(record.name, ["something else", record.value]);
  await call.sso.domains.verify({ organisation, id: domainId });
  return { user, organisation, id: row?.id ?? "", domain, call };
}

/** The owner's browser, signed in by their own means. */
async function ownBrowser({ user }: Team): Promise<Browser> {
  const browser = new Browser();
  const visit = { address: null, userAgent: null, deviceHash: "x", sessionId: null };
  const session = await startSession(plane.db, {
    userId: user.id,
    method: "password",
    organisationId: null,
    secondFactor: false,
    visit,
  });
  const [pair = ""] = (await sessionCookie({ id: session.id, userId: user.id })).split(";");
  browser.cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
  return browser;
}

async function samlConnection({ call, organisation }: Team, more: { allowsUnasked?: boolean } = {}) {
  const connection = { kind: "saml", name: "SAML", metadataUrl: idp.metadataUrl, metadata: null, ...more } as const;
  return await call.sso.connections.create({ organisation, connection });
}

function samlAnswer(
  connectionId: string,
  given: Partial<Answering> & Pick<Answering, "requestId" | "email">,
): Promise<Response> {
  const base = `${web}/api/sso/saml/${connectionId}`;
  const SAMLResponse = idp.answer({ callback: `${base}/acs`, audience: `${base}/metadata`, ...given });
  return post(connectionId, SAMLResponse);
}

/** As the provider's page makes the browser post it: from elsewhere, so without cookies. */
function post(connectionId: string, SAMLResponse: string): Promise<Response> {
  return handleSamlAnswer(
    new Request(`${web}/api/sso/saml/${connectionId}/acs`, {
      method: "POST",
      body: new URLSearchParams({ SAMLResponse }),
    }),
    connectionId,
  );
}

async function finish(browser: Browser, response: Response): Promise<string> {
  return browser.keep(await handleSamlFinish(browser.request(response.headers.get("location") ?? "")));
}

async function trySaml(of: Team, connectionId: string, given: Partial<Answering> & { email: string }) {
  const browser = await ownBrowser(of);
  const asked = new URLSearchParams({ organisation: of.organisation, connection: connectionId });
  const away = browser.keep(await handleTry(browser.request(`/api/sso/try?${asked}`)));
  const answered = await samlAnswer(connectionId, { requestId: await idp.requestIdOf(away), ...given });
  const direct = answered.headers.get("location") ?? "";
  const back = direct.includes("tried=") ? direct : await finish(browser, answered);
  const id = new URL(back).searchParams.get("tried") ?? "";
  return await of.call.sso.connections.tried({ organisation: of.organisation, id });
}

/** With a connection that is on. */
async function samlTeam(name: string, more: { allowsUnasked?: boolean } = {}) {
  const of = await team(name);
  const { id } = await samlConnection(of, more);
  expect(await trySaml(of, id, { email: `try@${of.domain}` })).toMatchObject({ ok: true });
  await of.call.sso.connections.setOn({ organisation: of.organisation, id, on: true });
  return { ...of, connectionId: id };
}

async function signInBySaml(of: { connectionId: string }, email: string, given: Partial<Answering> = {}) {
  const browser = new Browser();
  const away = await browser.start(email);
  const requestId = await idp.requestIdOf(away);
  const location = await finish(browser, await samlAnswer(of.connectionId, { requestId, email, ...given }));
  return { browser, location, requestId };
}

async function roleOf({ id }: Team, email: string) {
  const [row] = await plane.db
    .select({ role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organisationId, id), eq(users.email, email)));
  return row?.role;
}

describe("domains", () => {
  test("one is verified by its record, by one organisation only, and is lost a week after the record is gone", async () => {
    const first = await team("First");
    const second = await plane.person("Second");
    const call = plane.caller(second.user);
    const claimed = await call.sso.domains.add({
      organisation: second.organisation,
      domain: ` @${first.domain.toUpperCase()}. `,
    });
    expect(claimed.domain).toBe(first.domain);
    const verify = () => call.sso.domains.verify({ organisation: second.organisation, id: claimed.id });
    await expect(verify()).rejects.toThrow(/none with this value/);
    names.texts.set(claimed.record.name, [claimed.record.value]);
    await expect(verify()).rejects.toThrow(/another organisation/);

    // The record now names the second, so the first loses it once that has lasted.
    expect((await recheckDomains(plane.db)).lost).toEqual([]);
    const ofFirst = and(eq(ssoDomains.organisationId, first.id), eq(ssoDomains.domain, first.domain));
    const [missing] = await plane.db.select().from(ssoDomains).where(ofFirst);
    expect(missing?.missingSince).toBeInstanceOf(Date);
    await plane.db.update(ssoDomains).set({ missingSince: sql`now() - interval '8 days'` }).where(ofFirst);
    expect((await recheckDomains(plane.db)).lost.map(({ organisationId }) => organisationId)).toEqual([first.id]);
    expect(await verify()).toMatchObject({ verifiedAt: expect.any(Date) });
  });

  test.each(["gmail.com", "localhost", "a b.com", "-a.com", "1.2.3.4", "http://x.com"])(
    "%s is none",
    async (domain) => {
      const { user, organisation } = await plane.person(`Bad ${domain.replace(/\W/g, "")}`);
      await expect(plane.caller(user).sso.domains.add({ organisation, domain })).rejects.toMatchObject({
        code: "UNPROCESSABLE_CONTENT",
      });
    },
  );

  test("all addresses without a provider are answered alike", async () => {
    const unverified = await plane.person("Unverified");
    await plane
      .caller(unverified.user)
      .sso.domains.add({ organisation: unverified.organisation, domain: "unverified.test" });
    const off = await team("Switched off");
    await samlConnection(off);
    const said = await Promise.all(
      ["a@nobody.test", "a@unverified.test", `a@${off.domain}`, unverified.user.email, "no address"].map(
        async (email) => noticeIn(await new Browser().start(email)),
      ),
    );
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toMatch(/^No organisation signs in/);
  });
});

describe("by SAML", () => {
  test("from the address to a session: a member is made with the role of their group, and it is in the log", async () => {
    const of = await samlTeam("Saml");
    await of.call.sso.rules.set({
      organisation: of.organisation,
      joinsBySignIn: true,
      defaultRole: "viewer",
      roleRules: [{ group: "crew", role: "developer" }],
    });
    const email = `grace@${of.domain}`;
    const { browser, location } = await signInBySaml(of, email, { groups: ["Crew"] });
    expect(location).toBe(`${web}/saml`);
    expect(await browser.who()).toMatchObject({
      user: { email, name: "Saml Person" },
      vouchedBy: of.id,
      secondFactor: false,
    });
    expect(await roleOf(of, email)).toBe("developer");
    const [entry] = await plane.db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.organisationId, of.id), eq(auditEntries.action, "sso.joined")));
    expect(entry).toMatchObject({
      action: "sso.joined",
      actor: { kind: "directory", id: of.connectionId },
      target: `member ${email}`,
    });
    // The next time with other groups: another role, the same account.
    await signInBySaml(of, email, { groups: [] });
    expect(await roleOf(of, email)).toBe("viewer");
  });

  test("an answer counts once, for one request, in the browser that began, at its connection", async () => {
    const of = await samlTeam("Once");
    const other = await samlTeam("Elsewhere");
    const email = `once@${of.domain}`;
    const browser = new Browser();
    const requestId = await idp.requestIdOf(await browser.start(email));
    const base = `${web}/api/sso/saml/${of.connectionId}`;
    const encoded = idp.answer({ requestId, email, callback: `${base}/acs`, audience: `${base}/metadata` });
    const answered = await post(of.connectionId, encoded);
    expect(answered.headers.get("location")).toContain("/api/sso/saml/finish?handoff=");
    // Another browser cannot come back with it, and does not use it up.
    const stranger = new Browser();
    await stranger.start(email);
    expect(noticeIn(await finish(stranger, answered))).toMatch(/another browser/);
    expect(await stranger.who()).toBeNull();
    await finish(browser, answered);
    expect((await browser.who())?.user.email).toBe(email);
    expect(noticeIn(await finish(browser, answered))).toMatch(/Start again/);
    expect(noticeIn((await post(of.connectionId, encoded)).headers.get("location") ?? "")).toMatch(/used before/);
    // The same request with another assertion.
    const again = await samlAnswer(of.connectionId, { requestId, email });
    expect(noticeIn(again.headers.get("location") ?? "")).toMatch(/Start again/);
    // A request of one connection, answered at another.
    const cross = await idp.requestIdOf(await new Browser().start(email));
    const crossed = await samlAnswer(other.connectionId, { requestId: cross, email: `once@${other.domain}` });
    expect(noticeIn(crossed.headers.get("location") ?? "")).toMatch(/Start again/);
  });

  test("of many processes that get the same assertion at once, one takes it", async () => {
    const of = await samlTeam("Racing");
    const email = `racer@${of.domain}`;
    const requestId = await idp.requestIdOf(await new Browser().start(email));
    const base = `${web}/api/sso/saml/${of.connectionId}`;
    const encoded = idp.answer({
      requestId,
      email,
      callback: `${base}/acs`,
      audience: `${base}/metadata`,
      assertionId: "_race",
    });
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(of.connectionId, encoded)));
    const taken = answers.filter((answer) => answer.headers.get("location")?.includes("handoff="));
    expect(taken).toHaveLength(1);
    const seen = await plane.db.select().from(ssoSeenAssertions).where(eq(ssoSeenAssertions.assertionId, "_race"));
    expect(seen).toHaveLength(1);
  });

  test("nobody comes unasked, unless that is switched on", async () => {
    const strict = await samlTeam("Strict");
    const refused = await samlAnswer(strict.connectionId, { requestId: null, email: `a@${strict.domain}` });
    expect(noticeIn(refused.headers.get("location") ?? "")).toMatch(/may not send people unasked/);
    const open = await samlTeam("Open", { allowsUnasked: true });
    const browser = new Browser();
    await finish(browser, await samlAnswer(open.connectionId, { requestId: null, email: `a@${open.domain}` }));
    expect((await browser.who())?.vouchedBy).toBe(open.id);
  });

  test("a provider signs in nobody of domains that are not its organisation's", async () => {
    const of = await samlTeam("Greedy");
    const victim = await samlTeam("Victim");
    for (const email of [`boss@${victim.domain}`, "someone@example.com", victim.user.email]) {
      const browser = new Browser();
      const requestId = await idp.requestIdOf(await browser.start(`a@${of.domain}`));
      const location = await finish(browser, await samlAnswer(of.connectionId, { requestId, email }));
      expect(noticeIn(location)).toMatch(/not of a domain/);
      expect(await browser.who()).toBeNull();
    }
  });

  test("a try shows what the provider said and signs nobody in; what was refused is told there too", async () => {
    const of = await team("Trying");
    const { id } = await samlConnection(of);
    const { organisation } = of;
    await expect(of.call.sso.connections.setOn({ organisation, id, on: true })).rejects.toThrow(
      /Try the connection first/,
    );
    const bad = await trySaml(of, id, { email: `x@${of.domain}`, audience: "https://other.test" });
    expect(bad).toMatchObject({ ok: false, outcome: expect.stringContaining("audience") });
    const foreign = await trySaml(of, id, { email: "x@other.test" });
    expect(foreign).toMatchObject({
      ok: false,
      email: "x@other.test",
      outcome: expect.stringContaining("not of a domain"),
    });
    const good = await trySaml(of, id, { email: `x@${of.domain}`, groups: ["G"] });
    expect(good).toMatchObject({ ok: true, role: "viewer", groups: ["G"], claims: { email: `x@${of.domain}` } });
    expect(await roleOf(of, `x@${of.domain}`)).toBeUndefined();
    await of.call.sso.connections.setOn({ organisation, id, on: true });
  });

  test("our metadata is there to be given to the provider", async () => {
    const of = await team("Described");
    const { id } = await samlConnection(of);
    const metadata = await handleSamlMetadata(new Request(web), id);
    expect(await metadata.text()).toContain(`${web}/api/sso/saml/${id}/acs`);
    expect((await handleSamlMetadata(new Request(web), crypto.randomUUID())).status).toBe(404);
  });
});

describe("by OpenID Connect", () => {
  const create = (of: Team, more: { issuer?: string; clientSecret?: string | null } = {}) =>
    of.call.sso.connections.create({
      organisation: of.organisation,
      connection: {
        kind: "oidc",
        name: "Issuer",
        issuer: issuer.issuer,
        clientId: issuer.clients.id,
        clientSecret: issuer.clients.secret,
        ...more,
      },
    });

  async function comeBack(browser: Browser, location: string): Promise<string> {
    return browser.keep(await handleOidcCallback(browser.request(location)));
  }

  test("from the address to a session, once, in the browser that began", async () => {
    const of = await team("Oidc");
    const { id } = await create(of);
    issuer.people.set("alan", { email: `alan@${of.domain}`, email_verified: true, name: "Alan", groups: ["ops"] });
    issuer.people.set("unsure", { email: `unsure@${of.domain}`, email_verified: false });
    const owner = await ownBrowser(of);
    const asked = new URLSearchParams({ organisation: of.organisation, connection: id });
    const away = owner.keep(await handleTry(owner.request(`/api/sso/try?${asked}`)));
    const tried = await comeBack(owner, await issuer.signIn(away, "alan"));
    const report = await of.call.sso.connections.tried({
      organisation: of.organisation,
      id: new URL(tried).searchParams.get("tried") ?? "",
    });
    expect(report).toMatchObject({ ok: true, subject: "alan", groups: ["ops"] });
    await of.call.sso.connections.setOn({ organisation: of.organisation, id, on: true });

    const browser = new Browser();
    const address = await browser.start(`alan@${of.domain}`, "/oidc/crm");
    expect(new URL(address).searchParams.get("code_challenge_method")).toBe("S256");
    expect(new URL(address).searchParams.get("login_hint")).toBe(`alan@${of.domain}`);
    const back = await issuer.signIn(address, "alan");
    const stranger = new Browser();
    await stranger.start(`alan@${of.domain}`);
    expect(noticeIn(await comeBack(stranger, back))).toMatch(/another browser/);
    expect(await comeBack(browser, back)).toBe(`${web}/oidc/crm`);
    expect(await browser.who()).toMatchObject({ user: { email: `alan@${of.domain}`, name: "Alan" }, vouchedBy: of.id });
    expect(noticeIn(await comeBack(browser, back))).toMatch(/Start again/);

    const broken = new Browser();
    const denied = await issuer.signIn(await broken.start(`alan@${of.domain}`), "alan", "abort");
    expect(noticeIn(await comeBack(broken, denied))).toMatch(/broken off/);
    const unsure = new Browser();
    const unproven = await issuer.signIn(await unsure.start(`unsure@${of.domain}`), "unsure");
    expect(noticeIn(await comeBack(unsure, unproven))).toMatch(/no confirmed address/);
  });

  test("a connection that cannot work is not kept; a kept secret goes to no other issuer", async () => {
    const of = await team("Careful");
    await expect(create(of, { issuer: "http://127.0.0.1:1/none" })).rejects.toMatchObject({
      cause: { fields: [{ field: "issuer" }] },
    });
    await expect(create(of, { clientSecret: null })).rejects.toMatchObject({
      cause: { fields: [{ field: "clientSecret" }] },
    });
    const { id } = await create(of);
    expect(JSON.stringify(await of.call.sso.connections.list({ organisation: of.organisation }))).not.toContain(
      issuer.clients.secret,
    );
    const other = {
      kind: "oidc",
      name: "Issuer",
      issuer: "http://127.0.0.1:1/other",
      clientId: "x",
      clientSecret: null,
    } as const;
    await expect(
      of.call.sso.connections.change({ organisation: of.organisation, id, connection: other }),
    ).rejects.toMatchObject({ cause: { fields: [{ field: "clientSecret" }] } });
  });
});

describe("accounts and requirements", () => {
  test("an account of the same address is linked, its second factor is asked for, and unconfirmed ones are closed to strangers", async () => {
    const of = await samlTeam("Linking");
    const email = `known@${of.domain}`;
    const [known] = await plane.db
      .insert(users)
      .values({ email, name: "Known", passwordHash: "kept", emailVerifiedAt: new Date() })
      .returning();
    if (!known) throw new Error("No row.");
    await plane.db.insert(codeApps).values({ userId: known.id, secretSealed: "x", confirmedAt: new Date() });
    const { browser, location } = await signInBySaml(of, email);
    expect(location).toMatch(/\/sign-in\/second-factor\?next=/);
    expect(await browser.who()).toBeNull();
    const [after] = await plane.db.select().from(users).where(eq(users.id, known.id));
    expect(after?.passwordHash).toBe("kept");

    const [squatted] = await plane.db
      .insert(users)
      .values({ email: `squat@${of.domain}`, name: "Squat", passwordHash: "a stranger's" })
      .returning();
    const { browser: theirs } = await signInBySaml(of, `squat@${of.domain}`);
    expect((await theirs.who())?.user.id).toBe(squatted?.id);
    const [closed] = await plane.db
      .select()
      .from(users)
      .where(eq(users.email, `squat@${of.domain}`));
    expect(closed).toMatchObject({ passwordHash: null, emailVerifiedAt: expect.any(Date) });
  });

  test("where signing in alone makes no members, strangers stay out", async () => {
    const of = await samlTeam("Closed");
    await of.call.sso.rules.set({
      organisation: of.organisation,
      joinsBySignIn: false,
      defaultRole: "viewer",
      roleRules: [],
    });
    const { location } = await signInBySaml(of, `new@${of.domain}`);
    expect(noticeIn(location)).toMatch(/not a member yet/);
    expect(
      await plane.db
        .select()
        .from(users)
        .where(eq(users.email, `new@${of.domain}`)),
    ).toEqual([]);
  });

  test("required of a domain's members: not by password; owners, guests and those who came by it are let in", async () => {
    const of = await samlTeam("Required");
    const { organisation } = of;
    const { browser } = await signInBySaml(of, `member@${of.domain}`);
    const vouched = await browser.who();
    if (!vouched) throw new Error("Nobody is signed in.");
    await of.call.sso.requirements.setSso({ organisation, requiresSso: true, ssoIsSecondFactor: false });
    const see = (who: Principal) => plane.callerBy(who).organisations.get({ organisation });
    await see(vouched);
    const { vouchedBy: _, ...byPassword } = vouched;
    await expect(see(byPassword)).rejects.toMatchObject({ cause: { code: "single_sign_on_required" } });
    await expect(see({ ...byPassword, vouchedBy: crypto.randomUUID() })).rejects.toMatchObject({
      cause: { code: "single_sign_on_required" },
    });
    await of.call.organisations.get({ organisation });
    const guest = await plane.person("Guest of required");
    await plane.db.insert(memberships).values({ organisationId: of.id, userId: guest.user.id, role: "viewer" });
    await plane.caller(guest.user).organisations.get({ organisation });
    // The last way in cannot be taken away meanwhile.
    const { connectionId: id } = of;
    await expect(of.call.sso.connections.remove({ organisation, id })).rejects.toThrow(/Stop requiring it/);
    await expect(of.call.sso.connections.setOn({ organisation, id, on: false })).rejects.toThrow(/Stop requiring it/);
    await of.call.sso.requirements.setSso({ organisation, requiresSso: false, ssoIsSecondFactor: false });
    await see(byPassword);
  });

  test("a required second factor: not switched on by whoever has none; the provider's counts in its own organisation only", async () => {
    const of = await samlTeam("Factors");
    const { organisation } = of;
    await expect(of.call.sso.requirements.setSecondFactor({ organisation, required: true })).rejects.toThrow(
      /lock yourself out/,
    );
    const two: Principal = {
      user: of.user,
      by: "session",
      credentialId: null,
      scopes: null,
      onlyOrganisationId: null,
      secondFactor: true,
    };
    const { withoutFactor } = await of.call.sso.requirements.get({ organisation });
    expect(withoutFactor.map(({ email }) => email)).toEqual([of.user.email]);
    await plane.callerBy(two).sso.requirements.setSecondFactor({ organisation, required: true });
    await expect(of.call.organisations.get({ organisation })).rejects.toMatchObject({
      cause: { code: "second_factor_required" },
    });
    const { browser } = await signInBySaml(of, `one@${of.domain}`);
    const vouched = await browser.who();
    if (!vouched) throw new Error("Nobody is signed in.");
    const see = (who: Principal) => plane.callerBy(who).organisations.get({ organisation });
    await expect(see(vouched)).rejects.toMatchObject({ cause: { code: "second_factor_required" } });
    await plane.callerBy(two).sso.requirements.setSso({ organisation, requiresSso: false, ssoIsSecondFactor: true });
    await see(vouched);
    await expect(see({ ...vouched, vouchedBy: crypto.randomUUID() })).rejects.toMatchObject({
      cause: { code: "second_factor_required" },
    });
  });

  test("removing the connection ends the sessions that it has started, and no others", async () => {
    const of = await samlTeam("Removing");
    const { browser } = await signInBySaml(of, `goes@${of.domain}`);
    const stays = await ownBrowser(of);
    expect(await browser.who()).not.toBeNull();
    await of.call.sso.connections.remove({ organisation: of.organisation, id: of.connectionId });
    expect(await browser.who()).toBeNull();
    expect(await stays.who()).not.toBeNull();
    const [session] = await plane.db.select().from(sessions).where(eq(sessions.organisationId, of.id));
    expect(session?.endedAt).toBeInstanceOf(Date);
    expect(await roleOf(of, `goes@${of.domain}`)).toBe("viewer");
  });

  test("developers see and change none of it; another organisation's connection is not there", async () => {
    const of = await samlTeam("Guarded");
    const { organisation, connectionId: id } = of;
    const developer = await plane.person("Guarded developer");
    await plane.db.insert(memberships).values({ organisationId: of.id, userId: developer.user.id, role: "developer" });
    await expect(plane.caller(developer.user).sso.connections.list({ organisation })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const other = await plane.person("Guarded other");
    await expect(
      plane.caller(other.user).sso.connections.remove({ organisation: other.organisation, id }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    const browser = await ownBrowser({ ...of, user: developer.user });
    const asked = new URLSearchParams({ organisation, connection: id });
    expect(noticeIn(browser.keep(await handleTry(browser.request(`/api/sso/try?${asked}`))))).toMatch(/Ask an owner/);
  });
});
