import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp, goodPassword } from "../testing/authApp.ts";

let on: AuthApp;
beforeAll(async () => {
  on = await authApp();
});
afterAll(() => on[Symbol.asyncDispose]());

const signIn = (email: string, password: string) => on.auth("sign-in", { email, password });
const me = (token: string) => on.send("GET", "/auth/me", { token });
const another = "correct horse battery staple";

describe("a wrong password", () => {
  test("is answered as an address that nobody has", async () => {
    const { email } = await on.person();
    const [wrong, unknown] = [await signIn(email, another), await signIn("nobody@example.com", another)];
    expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body]);
    expect(wrong.status).toBe(401);
    expect([...wrong.headers.keys()]).toEqual([...unknown.headers.keys()]);
  });

  test("makes pauses that grow, for addresses that nobody has as well", async () => {
    const { email } = await on.person();
    for (const address of [email, "nobody-else@example.com"]) {
      const statuses: number[] = [];
      for (let at = 0; at < 6; at++) statuses.push((await signIn(address, another)).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    }
    const paused = await signIn(email, goodPassword);
    expect([paused.status, paused.body.code]).toEqual([429, "rate_limited"]);
    expect(Number(paused.headers.get("retry-after"))).toBeGreaterThan(0);
    const pauseOver = () => on.app.sql`update gantry_attempts set paused_until = now()`;
    const pauses: number[] = [];
    for (let at = 0; at < 4; at++) {
      await pauseOver();
      expect((await signIn(email, another)).status).toBe(401);
      expect((await signIn(email, goodPassword)).status).toBe(429);
      const [row] = await on.app.sql`
        select max(extract(epoch from paused_until - at))::integer as pause from gantry_attempts where count > 5`;
      pauses.push(row?.pause);
    }
    expect(pauses).toEqual([4, 8, 16, 32]);
    await pauseOver();
    expect((await signIn(email, goodPassword)).status).toBe(200);
    expect((await signIn(email, another)).status).toBe(401);
  });

  test("is counted before it is known to be wrong: many at a time are no way around", async () => {
    const { email } = await on.person();
    const replies = await Promise.all(Array.from({ length: 12 }, () => signIn(email, another)));
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  test("that others try elsewhere keeps nobody out of a network that they have used", async () => {
    const { email } = await on.person();
    expect((await signIn(email, goodPassword)).status).toBe(200);
    // As many guesses from other networks as make the longest pause.
    const key = createHash("sha256")
      .update(JSON.stringify(["sign-in", 50, email]))
      .digest("base64url");
    await on.app.sql`
      insert into gantry_attempts (key, count, paused_until) values (${key}, 99, now() + interval '30 seconds')
      on conflict (key) do update set count = 99, paused_until = excluded.paused_until`;
    expect((await signIn(email, goodPassword)).status).toBe(200);
    await on.app.sql`update gantry_sessions set address = '203.0.113.7'`;
    expect((await signIn(email, goodPassword)).status).toBe(429);
  });
});

describe("a forgotten password", () => {
  test("is replaced by whoever reads the mail, which ends all sessions", async () => {
    const person = await on.person();
    const before = await on.signedIn(person);
    expect((await on.auth("password/forgot", { email: person.email })).status).toBe(202);
    const token = on.mailedToken(person.email);
    const replies = await Promise.all([1, 2].map(() => on.auth("password/reset", { token, password: another })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect((await me(before.accessToken)).status).toBe(401);
    expect((await on.auth("refresh", { refreshToken: before.refreshToken })).status).toBe(401);
    expect((await signIn(person.email, goodPassword)).status).toBe(401);
    expect((await signIn(person.email, another)).status).toBe(200);
    expect(on.mails.at(-1)?.subject).toContain("was changed");
  });

  test("sends a mail to an address without an account too, and answers the same", async () => {
    const { email } = await on.person();
    const known = await on.auth("password/forgot", { email });
    const unknown = await on.auth("password/forgot", { email: "stranger@example.com" });
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    expect(on.mails.at(-1)).toMatchObject({ recipients: ["stranger@example.com"] });
    expect(on.mails.at(-1)?.text).toContain("there is no account");
  });

  test("of a disabled account stays forgotten", async () => {
    const { email, account } = await on.person();
    await on.auth("password/forgot", { email });
    const token = on.mailedToken(email);
    await on.app.sql`update gantry_accounts set disabled_at = now() where id = ${account}`;
    expect((await on.auth("password/reset", { token, password: another })).status).toBe(403);
    expect((await signIn(email, goodPassword)).status).toBe(403);
  });
});

test("a change of the password wants the old one, and ends the other sessions", async () => {
  const person = await on.person();
  const [here, there] = [await on.signedIn(person), await on.signedIn(person)];
  const change = (current: string | undefined) =>
    on.auth("password", { ...(current && { current }), password: another }, here.accessToken);
  expect((await change(undefined)).body.errors[0].field).toBe("current");
  expect((await change("not this one")).status).toBe(422);
  expect((await change(goodPassword)).status).toBe(204);
  expect((await me(here.accessToken)).status).toBe(200);
  expect((await me(there.accessToken)).status).toBe(401);
  expect((await signIn(person.email, another)).status).toBe(200);
});

describe("an address", () => {
  test("is changed with the record's once its mail was read, and the old one is told", async () => {
    const person = await on.person();
    const { accessToken: token } = await on.signedIn(person);
    const email = "moved@example.com";
    expect((await on.auth("email", { email }, token)).status).toBe(422);
    expect((await on.auth("email", { email, current: goodPassword }, token)).status).toBe(202);
    const mailed = on.mailedToken(email);
    expect((await on.auth("email/confirm", { token: mailed })).status).toBe(204);
    expect((await on.auth("email/confirm", { token: mailed })).status).toBe(422);
    expect((await me(token)).body).toMatchObject({ email, emailVerified: true });
    expect((await on.send("GET", `/rest/v1/people/${person.user}`, { token })).body.email).toBe(email);
    expect(on.mails.at(-1)?.recipients).toEqual([person.email]);
  });

  test("of somebody else is not given away, and not told to have an account", async () => {
    const [one, other] = [await on.person(), await on.person()];
    const { accessToken: token } = await on.signedIn(one);
    const reply = await on.auth("email", { email: other.email, current: goodPassword }, token);
    expect(reply.status).toBe(202);
    expect(on.mails.at(-1)?.text).toContain("An address belongs to one account");
    expect(() => on.mailedToken(other.email)).toThrow();
  });
});

test("who leaves is gone at once, and the record stays", async () => {
  const person = await on.person();
  const { accessToken: token, refreshToken } = await on.signedIn(person);
  const leave = (body: object) => on.send("POST", "/auth/me/delete", { token, body });
  expect((await leave({})).status).toBe(422);
  expect((await leave({ current: goodPassword })).status).toBe(204);
  expect((await me(token)).status).toBe(401);
  expect((await on.auth("refresh", { refreshToken })).status).toBe(401);
  expect((await signIn(person.email, goodPassword)).status).toBe(401);
  expect(await on.app.sql`select 1 from people where id = ${person.user}`).toHaveLength(1);
});
