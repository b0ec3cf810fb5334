import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp, companyId, goodPassword } from "../testing/authApp.ts";

let on: AuthApp;
let admin: string;
let member: string;
beforeAll(async () => {
  on = await authApp();
  admin = (await on.signedIn(await on.person({ roles: ["admin"] }))).accessToken;
  member = (await on.signedIn(await on.person())).accessToken;
});
afterAll(() => on[Symbol.asyncDispose]());

const invite = (body: object, token = on.app.key) => on.auth("invitations", body, token);
const accept = (token: string) => on.auth("invitations/accept", { token, password: goodPassword });
const patch = (id: string, body: object, token = on.app.key) =>
  on.send("PATCH", `/auth/accounts/${id}`, { body, token });
let number = 0;
const newEmail = () => `guest${++number}@example.com`;

describe("an invitation", () => {
  test("of a service key may say anything of the record, and is accepted once", async () => {
    const email = newEmail();
    const sent = await invite({ email, roles: ["admin"], profile: { name: "Grace", level: 7, companyId } });
    expect(sent.status).toBe(201);
    expect(sent.body).not.toHaveProperty("token");
    const open = await on.send("GET", "/auth/invitations", { token: on.app.key });
    expect(open.body.data).toContainEqual(expect.objectContaining({ id: sent.body.id, email, roles: ["admin"] }));
    const token = on.mailedToken(email);
    const replies = await Promise.all([accept(token), accept(token)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 422]);
    const { account, accessToken } = replies.find(({ status }) => status === 201)?.body ?? {};
    expect(account).toMatchObject({ email, emailVerified: true, roles: ["admin"] });
    const record = await on.send("GET", `/rest/v1/people/${account.userId}`, { token: accessToken });
    expect(record.body).toMatchObject({ name: "Grace", level: 7, companyId });
  });

  test("may be for a record that is there, and be mailed by others", async () => {
    const rows = await on.app.sql`insert into people (id, name) values (gen_random_uuid(), 'Old hand') returning id`;
    const userId = rows[0]?.id;
    const { body } = await invite({ email: newEmail(), userId, send: false });
    expect((await accept(body.token)).body.account.userId).toBe(userId);
    const again = await invite({ email: newEmail(), userId: "0198c0de-0000-7000-8000-00000000ffff" });
    expect(again.body.errors[0]).toMatchObject({ field: "userId", rule: "exists" });
  });

  test("of somebody with a role is what the action invite lets them do", async () => {
    const email = newEmail();
    expect((await invite({ email }, member)).status).toBe(403);
    const forbidden = await invite({ email, roles: ["member"], profile: { level: 9 } }, admin);
    expect(forbidden.body.errors[0].field).toBe("level");
    expect((await invite({ email, roles: ["member"], profile: { name: "Lin", companyId } }, admin)).status).toBe(201);
    const { body } = await accept(on.mailedToken(email));
    expect(body.account.roles).toEqual(["member"]);
  });

  test("to whoever is among the records already gives them theirs, by those who may manage them", async () => {
    const email = newEmail();
    const [row] = await on.app.sql`insert into people (id, email) values (gen_random_uuid(), ${email}) returning id`;
    expect((await invite({ email }, member)).status).toBe(403);
    expect((await invite({ email, roles: ["member"] }, admin)).status).toBe(201);
    expect((await accept(on.mailedToken(email))).body.account.userId).toBe(row?.id);
  });

  test("taken back, or followed by another, is good no longer", async () => {
    const email = newEmail();
    await invite({ email });
    const first = on.mailedToken(email);
    const { body } = await invite({ email });
    expect((await accept(first)).status).toBe(422);
    const gone = await on.send("DELETE", `/auth/invitations/${body.id}`, { token: on.app.key });
    expect(gone.status).toBe(204);
    expect((await accept(on.mailedToken(email))).status).toBe(422);
  });

  test("to somebody who has an account is refused", async () => {
    const { email } = await on.person();
    expect((await invite({ email })).body).toMatchObject({ code: "conflict", errors: [{ field: "email" }] });
  });

  test("names roles of the app", async () => {
    const { body } = await invite({ email: newEmail(), roles: ["member", "king"] });
    expect(body.errors[0]).toMatchObject({ field: "roles.1", rule: "unknown", allowed: ["member", "admin"] });
  });
});

describe("an account", () => {
  test("is made by a service key, with a password that works at once", async () => {
    const email = newEmail();
    const made = await on.auth("accounts", { email, password: goodPassword, profile: { name: "Edsger" } }, on.app.key);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ email, emailVerified: false, roles: ["member"], hasPassword: true });
    expect(JSON.stringify(made.body)).not.toContain("argon");
    expect((await on.auth("sign-in", { email, password: goodPassword })).status).toBe(200);
    expect((await on.auth("accounts", { email: newEmail() }, admin)).status).toBe(403);
    expect((await on.auth("accounts", { email: newEmail() })).status).toBe(401);
  });

  test("loses at once what it is no longer to have", async () => {
    const person = await on.person({ roles: ["admin"] });
    const { accessToken: token } = await on.signedIn(person);
    const others = () => on.send("GET", "/rest/v1/people?count=exact", { token });
    expect((await others()).body.count).toBeGreaterThan(1);
    expect((await patch(person.account, { roles: ["member"] })).body.roles).toEqual(["member"]);
    expect((await others()).body.count).toBe(1);
    expect((await patch(person.account, { disabled: true })).body.disabledAt).toEqual(expect.any(String));
    expect((await others()).status).toBe(401);
    expect((await patch(person.account, { disabled: false })).body.disabledAt).toBeNull();
    expect((await others()).status).toBe(401);
    expect((await on.signedIn(person)).account.roles).toEqual(["member"]);
  });

  test("is signed out, and deleted, by a service key", async () => {
    const person = await on.person();
    const { accessToken: token } = await on.signedIn(person);
    expect((await on.auth(`accounts/${person.account}/sign-out`, {}, on.app.key)).status).toBe(204);
    expect((await on.send("GET", "/auth/me", { token })).status).toBe(401);
    const remove = () => on.send("DELETE", `/auth/accounts/${person.account}`, { token: on.app.key });
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
  });

  test("is managed by whoever may do manageAccount to its record", async () => {
    const person = await on.person();
    expect((await patch(person.account, { roles: ["admin"] }, member)).status).toBe(404);
    expect((await patch(person.account, { disabled: true }, admin)).status).toBe(200);
    expect((await patch(person.account, { disabled: false, roles: ["admin"] }, admin)).body.roles).toEqual(["admin"]);
    const found = await on.send("GET", `/auth/accounts?email=${person.email}`, { token: admin });
    expect(found.body.data).toMatchObject([{ id: person.account, userId: person.user }]);
    expect((await on.send("GET", `/auth/accounts?email=${person.email}`, { token: member })).body.data).toEqual([]);
    expect((await on.send("GET", `/auth/accounts/${person.account}`, { token: member })).status).toBe(404);
  });

  test("gives itself no roles, though it may change its own record", async () => {
    const person = await on.person();
    const { accessToken: token } = await on.signedIn(person);
    expect((await patch(person.account, { roles: ["admin"] }, token)).status).toBe(404);
    expect((await on.send("GET", "/auth/me", { token })).body.roles).toEqual(["member"]);
  });

  test("is found in pages", async () => {
    const all: string[] = [];
    let after = "";
    for (;;) {
      const { body } = await on.send("GET", `/auth/accounts?limit=3${after}`, { token: on.app.key });
      all.push(...body.data.map(({ id }: { id: string }) => id));
      if (body.page.next === null) break;
      after = `&after=${body.page.next}`;
    }
    const [row] = await on.app.sql`select count(*)::integer as count from gantry_accounts`;
    expect(new Set(all).size).toBe(row?.count);
    expect(all).toHaveLength(row?.count);
  });
});
