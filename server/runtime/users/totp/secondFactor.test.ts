import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type AuthApp, authApp, goodPassword, type Person } from "../testing/authApp.ts";
import { usersModel } from "../testing/usersModel.ts";
import { codeAt } from "./timeCodes.ts";

const step = 30_000;

let on: AuthApp;
const model = usersModel({ code: true, totp: { required: ["admin"] } });
// Each part has an app of its own: what one network may try in a minute is bounded.
const withApp = () => {
  beforeAll(async () => {
    on = await authApp(model);
  });
  afterAll(() => on[Symbol.asyncDispose]());
};

const signIn = async ({ email, password }: Person) => (await on.auth("sign-in", { email, password })).body;

/** With a second factor, the code of the next half minute not yet used. */
async function enrolled(parts: Parameters<AuthApp["person"]>[0] = {}) {
  const person = await on.person(parts);
  const { accessToken } = await on.signedIn(person);
  const { body } = await on.auth("totp", {}, accessToken);
  const confirmed = await on.auth("totp/confirm", { code: codeAt(body.secret, Date.now()) }, accessToken);
  expect(confirmed.status).toBe(200);
  return {
    ...person,
    accessToken: accessToken as string,
    secret: body.secret as string,
    recoveryCodes: confirmed.body.recoveryCodes as string[],
    code: () => codeAt(body.secret, Date.now() + step),
  };
}

describe("whoever has set a second factor up", () => {
  withApp();
  test("is asked for it, and signs in with its code", async () => {
    const ada = await enrolled();
    const { secondFactor, accessToken } = await signIn(ada);
    expect(accessToken).toBeUndefined();
    expect(secondFactor).toMatchObject({ methods: ["totp", "recoveryCode"] });
    const reply = await on.auth("second-factor", { token: secondFactor.token, code: ada.code() });
    expect(reply.status).toBe(200);
    expect((await on.send("GET", "/rest/v1/notes", { token: reply.body.accessToken })).status).toBe(200);
    const [row] = await on.app.sql`select methods from gantry_sessions where id = ${reply.body.session}`;
    expect(row?.methods).toEqual(["password", "totp"]);
  });

  test("is asked for it whatever they sign in by", async () => {
    const ada = await enrolled();
    const { body } = await on.auth("code", { email: ada.email });
    const mail = on.mails.findLast(({ recipients }) => recipients.includes(ada.email));
    const code = /^\d{6}$/m.exec(mail?.text ?? "")?.[0];
    const asked = await on.auth("code/confirm", { ticket: body.ticket, code });
    expect(asked.body.secondFactor.methods).toContain("totp");
    const { token } = asked.body.secondFactor;
    const reply = await on.auth("second-factor", { token, code: ada.code() });
    const [row] = await on.app.sql`select methods from gantry_sessions where id = ${reply.body.session}`;
    expect(row?.methods).toEqual(["code", "totp"]);
  });

  test("signs in with a recovery code once", async () => {
    const ada = await enrolled();
    const [code] = ada.recoveryCodes;
    const first = await signIn(ada);
    expect((await on.auth("second-factor", { token: first.secondFactor.token, code })).status).toBe(200);
    const second = await signIn(ada);
    expect((await on.auth("second-factor", { token: second.secondFactor.token, code })).status).toBe(401);
    const state = await on.send("GET", "/auth/totp", { token: ada.accessToken });
    expect(state.body).toMatchObject({ enabled: true, recoveryCodesLeft: 9, required: false });
  });

  test("cannot use a sign-in or a code twice, nor one of somebody else", async () => {
    const [ada, bob] = [await enrolled(), await enrolled()];
    const [first, second] = [await signIn(ada), await signIn(ada)];
    const code = ada.code();
    const other = await signIn(bob);
    expect((await on.auth("second-factor", { token: other.secondFactor.token, code })).status).toBe(401);
    expect((await on.auth("second-factor", { token: first.secondFactor.token, code })).status).toBe(200);
    expect((await on.auth("second-factor", { token: first.secondFactor.token, code })).status).toBe(401);
    expect((await on.auth("second-factor", { token: second.secondFactor.token, code })).status).toBe(401);
    expect((await on.auth("second-factor", { token: "another", code })).status).toBe(401);
  });

  test("has to wait after a few guesses, whatever sign-in they are made in, and then goes on", async () => {
    const ada = await enrolled();
    const { secondFactor } = await signIn(ada);
    const guess = () => on.auth("second-factor", { token: secondFactor.token, code: "000000" });
    for (let count = 0; count < 5; count += 1) expect((await guess()).status).toBe(401);
    // Pauses begin with a second, which a slow machine may need for a guess.
    await on.app.sql`update gantry_attempts set count = 20, paused_until = now() where count = 5`;
    expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
    const again = await signIn(ada);
    const reply = await on.auth("second-factor", { token: again.secondFactor.token, code: ada.code() });
    expect(reply.status).toBe(429);
    expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(600);
    await on.app.sql`update gantry_attempts set paused_until = now()`;
    expect((await on.auth("second-factor", { token: again.secondFactor.token, code: ada.code() })).status).toBe(200);
  });

  test("cannot sign in by the first factor where the sign-in waited too long", async () => {
    const ada = await enrolled();
    const { secondFactor } = await signIn(ada);
    await on.app.sql`update gantry_account_tokens set expires_at = now() where account = ${ada.account}`;
    expect((await on.auth("second-factor", { token: secondFactor.token, code: ada.code() })).status).toBe(401);
  });

  test("cannot sign in once the account is disabled", async () => {
    const ada = await enrolled();
    const { secondFactor } = await signIn(ada);
    await on.app.sql`update gantry_accounts set disabled_at = now() where id = ${ada.account}`;
    expect((await on.auth("second-factor", { token: secondFactor.token, code: ada.code() })).status).toBe(401);
  });
});

describe("what guards an account is changed", () => {
  withApp();
  let ada: Awaited<ReturnType<typeof enrolled>>;
  beforeEach(async () => {
    ada = await enrolled();
  });
  const longAgo = () =>
    on.app.sql`update gantry_sessions set created_at = now() - interval '11 minutes' where account = ${ada.account}`;
  const remove = (body: object) => on.send("POST", "/auth/totp/remove", { token: ada.accessToken, body });

  test("by whoever has just signed in", async () => {
    expect((await remove({})).status).toBe(204);
    expect(await signIn(ada)).toHaveProperty("accessToken");
  });

  test("by whoever knows the password, and by nobody else who has come by a token", async () => {
    await longAgo();
    expect((await remove({})).status).toBe(403);
    expect((await remove({ password: "another one" })).status).toBe(422);
    expect((await on.auth("totp/recovery-codes", {}, ada.accessToken)).status).toBe(403);
    const renewed = await on.auth("totp/recovery-codes", { password: goodPassword }, ada.accessToken);
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect((await remove({ password: goodPassword })).status).toBe(204);
    expect((await on.auth("totp", {}, ada.accessToken)).status).toBe(403);
  });

  test("by nobody who has shown the first factor only", async () => {
    const { token } = (await signIn(ada)).secondFactor;
    expect((await on.auth("totp", { token })).status).toBe(409);
    expect((await on.auth("totp/confirm", { token, code: ada.code() })).status).toBe(409);
    expect((await on.send("POST", "/auth/totp/remove", { body: {} })).status).toBe(401);
  });

  test("for whoever has lost it by a service key, and by nobody else", async () => {
    const path = `/auth/accounts/${ada.account}/totp`;
    expect((await on.send("DELETE", path)).status).toBe(401);
    expect((await on.send("DELETE", path, { token: ada.accessToken })).status).toBe(404);
    expect((await on.send("DELETE", path, { token: on.app.key })).status).toBe(204);
    expect((await on.send("GET", "/auth/totp", { token: ada.accessToken })).status).toBe(401);
    expect(await signIn(ada)).toHaveProperty("accessToken");
  });

  test("not to another secret while there is one", async () => {
    expect((await on.auth("totp", {}, ada.accessToken)).status).toBe(409);
  });
});

describe("whoever has a role that must have one", () => {
  withApp();
  test("sets it up before there is a session", async () => {
    const person = await on.person({ roles: ["admin"] });
    const { secondFactor, accessToken } = await signIn(person);
    expect(accessToken).toBeUndefined();
    expect(secondFactor).toMatchObject({ methods: ["totp"], isToSetUp: true });
    const { token } = secondFactor;
    const { body } = await on.auth("totp", { token });
    expect(body.address).toContain("otpauth://totp/Notes:");
    expect((await on.auth("second-factor", { token, code: codeAt(body.secret, Date.now()) })).status).toBe(401);
    expect((await on.auth("totp/confirm", { token, code: "000000" })).status).toBe(422);
    const confirmed = await on.auth("totp/confirm", { token, code: codeAt(body.secret, Date.now()) });
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect((await on.send("GET", "/rest/v1/notes", { token: confirmed.body.accessToken })).status).toBe(200);
    expect((await signIn(person)).secondFactor.isToSetUp).toBeUndefined();
  });
});

describe("junk", () => {
  withApp();
  test("is refused in words", async () => {
    const ada = await on.person();
    const { accessToken } = await on.signedIn(ada);
    const paths = ["second-factor", "totp", "totp/confirm", "totp/recovery-codes"];
    const junk = [
      "[]",
      "{",
      '"x"',
      '{"token":7}',
      `{"token":"${"x".repeat(5000)}"}`,
      '{"code":{}}',
      '{"code":"\\u0000"}',
    ];
    for (const path of paths) {
      for (const body of junk) {
        for (const token of [undefined, accessToken]) {
          const { status } = await on.send("POST", `/auth/${path}`, { body, ...(token && { token }) });
          expect(status, `${path} ${body}`).toBeGreaterThanOrEqual(400);
          expect(status, `${path} ${body}`).toBeLessThan(500);
        }
      }
    }
  });
});
