import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sessions } from "#db/schema/sessions.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { mailsTo } from "#tests/support/mailsTo.ts";
import { knownPassword as password, personInBrowser } from "#tests/support/personInBrowser.ts";
import { TestBrowser } from "#tests/support/TestBrowser.ts";
import { describeBrowser } from "../features/sessions/describeBrowser.ts";
import { sweepSignIns } from "../features/sessions/jobs/sweepSessions.ts";
import { forgetSessionsOf } from "../features/sessions/service.ts";
import { signInBy } from "./signInBy.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await testControlPlane();
});
afterAll(() => plane[Symbol.asyncDispose]());

const newPerson = () => personInBrowser(plane);

const sessionName = "next-auth.session-token";

test("each sign-in is another session, and ends the one that the browser had: a planted cookie gains nothing", async () => {
  const { email, browser } = await newPerson();
  const attacker = await newPerson();
  const planted = new TestBrowser();
  // The attacker's own session is put into the victim's browser before the victim signs in.
  for (const [name, value] of attacker.browser.cookies) planted.cookies.set(name, value);
  expect(await planted.signIn(email, password)).toBe("ok");
  expect(planted.cookies.get(sessionName)).not.toBe(attacker.browser.cookies.get(sessionName));
  expect((await attacker.browser.query("accounts.me")).data).toBeNull();
  expect((await planted.query("accounts.me")).data).toMatchObject({ email });
  // And the victim's other browser goes on.
  expect((await browser.query("accounts.me")).data).toMatchObject({ email });
});

test("sessions are listed in words, and one or all others are ended at once", async () => {
  const { email, browser } = await newPerson();
  const telephone = new TestBrowser("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1");
  const third = new TestBrowser();
  for (const other of [telephone, third]) expect(await other.signIn(email, password)).toBe("ok");
  const { data } = await browser.query("sessions.list");
  expect(data).toMatchObject([{ browser: "Firefox on Linux", isThis: true, method: "password" }, {}, {}]);
  const { id } = data.find((session: { browser: string }) => session.browser === "Safari on iPhone");
  expect((await browser.mutate("sessions.end", { id })).status).toBe(200);
  expect((await telephone.query("accounts.me")).data).toBeNull();
  expect((await browser.mutate("sessions.end", { id })).error?.code).toBe("not_found");
  expect((await browser.mutate("sessions.endOthers")).data).toEqual({ ended: 1 });
  expect((await third.query("accounts.me")).data).toBeNull();
  expect((await browser.query("accounts.me")).data).toMatchObject({ email });
});

test("nobody sees or ends another's session", async () => {
  const one = await newPerson();
  const other = await newPerson();
  const [{ id }] = (await other.browser.query("sessions.list")).data;
  expect((await one.browser.mutate("sessions.end", { id })).error?.code).toBe("not_found");
  expect((await other.browser.query("accounts.me")).data).toMatchObject({ email: other.email });
});

test("signing out ends the session for good: its cookie is of no use to whoever has copied it", async () => {
  const { browser } = await newPerson();
  const thief = new TestBrowser();
  for (const [name, value] of browser.cookies) thief.cookies.set(name, value);
  await browser.auth("signout", { body: { csrfToken: await browser.csrfToken(), callbackUrl: "/", json: "true" } });
  expect(browser.cookies.has(sessionName)).toBe(false);
  expect((await thief.query("accounts.me")).data).toBeNull();
});

test.each([
  ["two weeks without a visit", { lastSeenAt: sql`now() - interval '14 days 1 minute'` }],
  ["thirty days after its start", { expiresAt: sql`now() - interval '1 minute'` }],
])("a session ends %s", async (_, change) => {
  const { browser, id } = await newPerson();
  await plane.db.update(sessions).set(change).where(eq(sessions.userId, id));
  forgetSessionsOf(id);
  expect((await browser.query("accounts.me")).data).toBeNull();
});

test("a visit keeps a session alive", async () => {
  const { browser, id } = await newPerson();
  await plane.db.update(sessions).set({ lastSeenAt: sql`now() - interval '13 days'` }).where(eq(sessions.userId, id));
  forgetSessionsOf(id);
  expect((await browser.query("accounts.me")).data).not.toBeNull();
  const [seen] = await plane.db.select({ at: sessions.lastSeenAt }).from(sessions).where(eq(sessions.userId, id));
  expect(seen?.at.getTime()).toBeGreaterThan(Date.now() - 60_000);
});

test("a browser never seen before is told by mail, one that was is not", async () => {
  const { email, browser } = await newPerson();
  const told = async () => (await mailsTo(plane.db, email)).filter(({ subject }) => /new browser/.test(subject));
  expect(await told()).toEqual([]);
  await browser.signIn(email, password);
  expect(await told()).toEqual([]);
  await new TestBrowser().signIn(email, password);
  expect(await told()).toMatchObject([{ text: expect.stringContaining("Firefox on Linux") }]);
});

test("who was vouched for by another way goes through the same door, and on to a page of ours", async () => {
  const { id, email } = await newPerson();
  const request = new Request("http://localhost:3000/api/sso/callback", { headers: { "user-agent": "test" } });
  const shown = { userId: id, method: "sso", organisationId: null, secondFactor: false } as const;
  const response = await signInBy(request, { ...shown, next: "/acme" });
  expect([response.status, response.headers.get("location")]).toEqual([303, "http://localhost:3000/acme"]);
  const browser = new TestBrowser();
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value) browser.cookies.set(name, value);
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax/);
  }
  expect((await browser.query("sessions.list")).data).toContainEqual(expect.objectContaining({ method: "sso" }));
  expect((await browser.query("accounts.me")).data).toMatchObject({ email });
});

test("what is long over is cleared away, what tells known browsers stays", async () => {
  const { id } = await newPerson();
  await plane.db.update(sessions).set({ endedAt: sql`now() - interval '89 days'` }).where(eq(sessions.userId, id));
  await sweepSignIns(plane.db);
  expect(await plane.db.select().from(sessions).where(eq(sessions.userId, id))).toHaveLength(1);
  await plane.db.update(sessions).set({ endedAt: sql`now() - interval '91 days'` }).where(eq(sessions.userId, id));
  await sweepSignIns(plane.db);
  expect(await plane.db.select().from(sessions).where(eq(sessions.userId, id))).toEqual([]);
});

test.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows"],
  ["Mozilla/5.0 (Linux; Android 15) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari on macOS"],
  ["curl/8.5.0", "curl"],
  [null, "An unknown browser"],
  ["<script>", "An unknown browser"],
])("%j is called %j", (userAgent, words) => {
  expect(describeBrowser(userAgent)).toBe(words);
});
