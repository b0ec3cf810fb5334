import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp, goodPassword } from "../testing/authApp.ts";
import { usersModel } from "../testing/usersModel.ts";

let on: AuthApp;
beforeAll(async () => {
  on = await authApp(usersModel({ redirects: ["https://notes.example/"] }));
});
afterAll(() => on[Symbol.asyncDispose]());

let number = 0;
const newEmail = () => `new${++number}@example.com`;
const confirm = (token: string, more: object = { password: goodPassword }) =>
  on.auth("sign-up/confirm", { token, ...more });

describe("signing up", () => {
  test("makes an account and its record once the mail was read", async () => {
    const email = newEmail();
    const asked = await on.auth("sign-up", { email: ` ${email.toUpperCase()} `, profile: { name: "Ada" } });
    expect(asked.status).toBe(202);
    expect(await on.app.sql`select 1 from gantry_accounts where email = ${email}`).toHaveLength(0);
    const { status, body } = await confirm(on.mailedToken(email), { password: goodPassword, device: "Ada's phone" });
    expect(status).toBe(201);
    expect(body.account).toMatchObject({ email, emailVerified: true, roles: ["member"] });
    const own = await on.send("GET", `/rest/v1/people/${body.account.userId}`, { token: body.accessToken });
    expect(own.body).toMatchObject({ id: body.account.userId, email, name: "Ada", level: 1 });
    expect((await on.auth("sign-in", { email, password: goodPassword })).status).toBe(200);
    expect((await on.send("GET", "/auth/sessions", { token: body.accessToken })).body.data).toHaveLength(2);
  });

  test("leads to a page that the app names, and nowhere else", async () => {
    const email = newEmail();
    const to = (redirect: string) => on.auth("sign-up", { email, redirect });
    expect((await to("https://notes.example/welcome")).status).toBe(202);
    expect(on.mails.at(-1)?.text).toContain("https://notes.example/welcome?token=");
    const elsewhere = await to("https://evil.example/welcome");
    expect([elsewhere.status, elsewhere.body.errors[0].field]).toEqual([422, "redirect"]);
  });

  test("answers the same for an address that has an account, and tells only its mailbox", async () => {
    const known = await on.person();
    const email = newEmail();
    const [one, other] = [await on.auth("sign-up", { email }), await on.auth("sign-up", { email: known.email })];
    expect([other.status, other.body]).toEqual([one.status, one.body]);
    expect(Object.fromEntries(other.headers).date).toBeDefined();
    expect(on.mails.at(-1)?.recipients).toEqual([known.email]);
    expect(on.mails.at(-1)?.text).toContain("has an account already");
    expect(() => on.mailedToken(known.email)).toThrow();
  });

  test("tells of oneself what the action signUp accepts, and nothing else", async () => {
    const email = newEmail();
    const { status, body } = await on.auth("sign-up", { email, profile: { level: 5 } });
    expect([status, body.code]).not.toContain(202);
    expect(body.errors[0].field).toBe("level");
    expect(on.mails.some(({ recipients }) => recipients.includes(email))).toBe(false);
  });

  test("uses a confirmation once, by whichever of two comes first", async () => {
    const email = newEmail();
    await on.auth("sign-up", { email });
    const token = on.mailedToken(email);
    const replies = await Promise.all([confirm(token), confirm(token), confirm(token)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    expect(await on.app.sql`select 1 from gantry_accounts where email = ${email}`).toHaveLength(1);
    expect(await on.app.sql`select 1 from people where email = ${email}`).toHaveLength(1);
  });

  test("keeps the confirmation where the password was no good", async () => {
    const email = newEmail();
    await on.auth("sign-up", { email });
    const token = on.mailedToken(email);
    for (const password of ["short", "password123", email, "x".repeat(201)]) {
      const { status, body } = await confirm(token, { password });
      expect([status, body.errors[0].field]).toEqual([422, "password"]);
    }
    expect((await confirm(token, {})).body.errors[0]).toMatchObject({ field: "password", rule: "required" });
    expect((await confirm(token)).status).toBe(201);
  });

  test("gives the record that is there with the address to whoever reads its mail", async () => {
    const email = newEmail();
    const [row] = await on.app
      .sql`insert into people (id, email, name) values (gen_random_uuid(), ${email}, 'Bob') returning id`;
    await on.auth("sign-up", { email });
    const { body } = await confirm(on.mailedToken(email));
    expect(body.account.userId).toBe(row?.id);
  });

  test("is not kept beyond a day", async () => {
    const email = newEmail();
    await on.auth("sign-up", { email });
    const token = on.mailedToken(email);
    await on.app.sql`update gantry_account_tokens set expires_at = now() - interval '1 second' where email = ${email}`;
    expect((await confirm(token)).body.errors[0]).toMatchObject({ field: "token", rule: "expired" });
  });
});

test("a mailbox is not flooded", async () => {
  const email = newEmail();
  const statuses: number[] = [];
  for (let at = 0; at < 6; at++) statuses.push((await on.auth("sign-up", { email })).status);
  expect(statuses.slice(0, 5)).toEqual([202, 202, 202, 202, 202]);
  expect(statuses.at(-1)).toBe(429);
});

test("an app that takes whom it invites says so; one without mail says what to do", async () => {
  await using closed = await authApp(usersModel({ signUp: undefined } as object), { withMail: false });
  expect((await closed.auth("sign-up", { email: "a@example.com" })).body.code).toBe("forbidden");
  const { status, body } = await closed.auth("password/forgot", { email: "a@example.com" });
  expect([status, body.code]).toEqual([503, "unavailable"]);
  expect(body.detail).toContain("mail server");
});
