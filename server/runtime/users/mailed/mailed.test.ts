import { hash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp } from "../testing/authApp.ts";
import { usersModel } from "../testing/usersModel.ts";

const redirect = "https://shop.example/signed-in";
const model = usersModel({ magicLink: true, code: true, redirects: ["https://shop.example/"] });

let on: AuthApp;
// What one network may try in a minute is bounded, so parts have apps of their own.
const withApp = () => {
  beforeAll(async () => {
    on = await authApp(model);
  });
  afterAll(() => on[Symbol.asyncDispose]());
};

const mailTo = (email: string) => on.mails.findLast(({ recipients }) => recipients.includes(email));
const address = (text: string | undefined) => /https?:\/\/\S+/.exec(text ?? "")?.[0] ?? "";

describe("a link by mail", () => {
  withApp();
  const ask = (email: string, more: object = {}) => on.auth("link", { email, redirect, ...more });
  const pageOf = (email: string) => address(mailTo(email)?.text);

  async function press(url: string, headers: Record<string, string> = { origin: new URL(on.app.url).origin }) {
    const token = new URL(url).searchParams.get("token") ?? "";
    const body = new URLSearchParams({ token });
    const response = await fetch(url, { method: "POST", redirect: "manual", body, headers });
    const location = response.headers.get("location");
    return { status: response.status, back: location === null ? null : new URL(location) };
  }

  test("leads to a page whose button leads back to the app, with a code for its tokens", async () => {
    const ada = await on.person();
    expect((await ask(ada.email)).status).toBe(202);
    const url = pageOf(ada.email);
    const shown = await fetch(url);
    const html = await shown.text();
    expect(shown.status).toBe(200);
    expect(html).toContain(ada.email);
    expect(shown.headers.get("cache-control")).toBe("no-store");
    expect(shown.headers.get("content-security-policy")).toContain("form-action 'self' https://shop.example;");
    const { status, back } = await press(url);
    expect(status).toBe(303);
    expect(back?.href.startsWith(`${redirect}?code=`)).toBe(true);
    const { body } = await on.auth("token", { code: back?.searchParams.get("code") });
    expect(body.account).toMatchObject({ id: ada.account, email: ada.email });
    expect((await on.send("GET", "/rest/v1/notes", { token: body.accessToken })).status).toBe(200);
  });

  test("is not used up by programs that open it, and once by a person", async () => {
    const ada = await on.person();
    await ask(ada.email);
    const url = pageOf(ada.email);
    for (let scan = 0; scan < 3; scan += 1) expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
    expect((await press(url)).status).toBe(303);
    expect((await press(url)).status).toBe(400);
    expect((await fetch(url)).status).toBe(400);
  });

  test("cannot be pressed by another site", async () => {
    const ada = await on.person();
    await ask(ada.email);
    const url = pageOf(ada.email);
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: new URL(on.app.url).origin },
    ]) {
      expect((await press(url, headers as Record<string, string>)).status).toBe(403);
    }
    expect((await press(url, { "sec-fetch-site": "same-origin" })).status).toBe(303);
  });

  test("is good for the client alone that asked, where that gave a challenge", async () => {
    const ada = await on.person();
    const verifier = "v".repeat(43);
    await ask(ada.email, { challenge: hash("sha256", verifier, "base64url") });
    const code = (await press(pageOf(ada.email))).back?.searchParams.get("code");
    expect((await on.auth("token", { code, verifier })).status).toBe(200);
    await ask(ada.email, { challenge: hash("sha256", verifier, "base64url") });
    const stolen = (await press(pageOf(ada.email))).back?.searchParams.get("code");
    expect((await on.auth("token", { code: stolen })).status).toBe(401);
  });

  test("makes an account for whoever has none, where anybody may have one", async () => {
    const email = "somebody-new@example.com";
    await ask(email);
    const code = (await press(pageOf(email))).back?.searchParams.get("code");
    const { body } = await on.auth("token", { code });
    expect(body.account).toMatchObject({ email, emailVerified: true, roles: ["member"] });
  });

  test("is too old after ten minutes", async () => {
    const ada = await on.person();
    await ask(ada.email);
    await on.app.sql`update gantry_account_tokens set expires_at = expires_at - interval '10 minutes'`;
    expect((await press(pageOf(ada.email))).status).toBe(400);
  });

  test("of a disabled account leads back with the reason", async () => {
    const ada = await on.person();
    await ask(ada.email);
    await on.app.sql`update gantry_accounts set disabled_at = now() where id = ${ada.account}`;
    expect((await press(pageOf(ada.email))).back?.searchParams.get("error")).toBe("forbidden");
  });

  test("leads nowhere that the app does not name", async () => {
    const reply = await ask("ada@example.com", { redirect: "https://evil.example/" });
    expect([reply.status, reply.body.errors[0].field]).toEqual([422, "redirect"]);
  });
});

describe("a code by mail", () => {
  withApp();
  const ask = async (email: string) => (await on.auth("code", { email })).body.ticket as string;
  const digits = (email: string) => /^\d{6}$/m.exec(mailTo(email)?.text ?? "")?.[0] ?? "";
  const confirm = (ticket: string, code: string) => on.auth("code/confirm", { ticket, code });
  const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

  test("signs in once, with the ticket of whoever asked", async () => {
    const ada = await on.person();
    const ticket = await ask(ada.email);
    const code = digits(ada.email);
    const other = await ask((await on.person()).email);
    expect((await confirm(other, code)).status).toBe(401);
    expect((await confirm("x".repeat(43), code)).status).toBe(401);
    const { status, body } = await confirm(ticket, ` ${code.slice(0, 3)} ${code.slice(3)}`);
    expect(status).toBe(200);
    expect(body.account.id).toBe(ada.account);
    expect((await confirm(ticket, code)).status).toBe(401);
  });

  test("is gone after five guesses", async () => {
    const ada = await on.person();
    const ticket = await ask(ada.email);
    const code = digits(ada.email);
    for (let guess = 0; guess < 5; guess += 1) expect((await confirm(ticket, wrong(code))).status).toBe(401);
    expect((await confirm(ticket, code)).status).toBe(401);
  });

  test("counts guesses that come at once", async () => {
    const ada = await on.person();
    const ticket = await ask(ada.email);
    const code = digits(ada.email);
    const replies = await Promise.all(Array.from({ length: 5 }, () => confirm(ticket, wrong(code))));
    expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect((await confirm(ticket, code)).status).toBe(401);
  });

  test("bounds guesses at all codes of an address together", async () => {
    const ada = await on.person();
    const ticket = await ask(ada.email);
    await confirm(ticket, wrong(digits(ada.email)));
    await on.app.sql`update gantry_attempts set count = 40, paused_until = now()`;
    await confirm(ticket, wrong(digits(ada.email)));
    await on.app.sql`update gantry_attempts set paused_until = now() where count < 41`;
    const reply = await confirm(ticket, digits(ada.email));
    expect(reply.status).toBe(429);
    expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(3000);
  });

  test("is too old after ten minutes", async () => {
    const ada = await on.person();
    const ticket = await ask(ada.email);
    await on.app.sql`update gantry_account_tokens set expires_at = expires_at - interval '10 minutes'`;
    expect((await confirm(ticket, digits(ada.email))).status).toBe(401);
  });

  test("cannot be found by whoever reads the database", async () => {
    const ada = await on.person();
    await ask(ada.email);
    const code = digits(ada.email);
    const [row] = await on.app.sql`select hash, data::text from gantry_account_tokens where email = ${ada.email}`;
    for (const text of [code, `${row?.hash}.${code}`]) {
      expect(String(row?.data)).not.toContain(hash("sha256", text, "base64url"));
    }
  });
});

test("whoever comes by a mail alone is told what else their record needs", async () => {
  const users = model.resources.find(({ name }) => name === "Person");
  const attributes = (users?.attributes ?? []).map((one) => (one.name === "name" ? { ...one, required: true } : one));
  await using app = await authApp(usersModel(model.app.auth, { users: { attributes } }));
  const { body } = await app.auth("code", { email: "grace@example.com" });
  const code = /^\d{6}$/m.exec(app.mails.at(-1)?.text ?? "")?.[0];
  const reply = await app.auth("code/confirm", { ticket: body.ticket, code });
  expect([reply.status, reply.body.errors[0].field]).toEqual([422, "name"]);
  expect(reply.body.detail).toContain("Ask whoever runs the app for an invitation");
});

describe("whether an address is known", () => {
  withApp();
  test("is not told by an app that takes only whom it knows", async () => {
    const { signUp: _, ...auth } = model.app.auth ?? {};
    await using closed = await authApp(usersModel({}, { app: { auth } }));
    const ada = await closed.person();
    const strange = "nobody@example.com";
    for (const path of ["link", "code"]) {
      const bodies = await Promise.all(
        [ada.email, strange].map(async (email) => {
          const reply = await closed.auth(path, path === "link" ? { email, redirect } : { email });
          return [reply.status, Object.keys(reply.body ?? {}), String(reply.body?.ticket ?? "").length];
        }),
      );
      expect(bodies[0]).toEqual(bodies[1]);
    }
    // The mailbox itself is told.
    const mails = closed.mails.filter(({ recipients }) => recipients.includes(strange));
    expect(mails.map(({ subject }) => subject)).toEqual(["No account at Notes", "No account at Notes"]);
    expect(mails.some(({ text }) => /\d{6}|token=/.test(text ?? ""))).toBe(false);
    const guesses = await Promise.all(
      [ada.email, strange].map(async (email) => {
        const { body } = await closed.auth("code", { email });
        const reply = await closed.auth("code/confirm", { ticket: body.ticket, code: "abcdef" });
        return [reply.status, reply.body.detail];
      }),
    );
    expect(guesses[0]).toEqual(guesses[1]);
  });

  test("stays untold while too many mails are asked for", async () => {
    const ada = await on.person();
    for (const email of [ada.email, "stranger@example.com"]) {
      await on.auth("code", { email });
      await on.app.sql`update gantry_attempts set count = 20, paused_until = now()`;
      expect((await on.auth("code", { email })).status).toBe(202);
      expect((await on.auth("code", { email })).status).toBe(429);
    }
  });
});

describe("junk", () => {
  test("is refused in words", async () => {
    // What one network may ask for is bounded.
    await using app = await authApp(model);
    const long = "x".repeat(5000);
    const bodies = ["[]", "{", "7", `{"email":"${long}"}`, '{"email":{}}', '{"email":"a@b.c\\u0000"}', "{}"];
    const more = ['{"ticket":"\\u0000","code":"1"}', '{"ticket":[],"code":7}', `{"code":"${long}"}`];
    for (const path of ["link", "code", "code/confirm", "token"]) {
      for (const body of [...bodies, ...more]) {
        const { status } = await app.send("POST", `/auth/${path}`, { body });
        expect([400, 401, 422, 429], `${path} ${body.slice(0, 50)}`).toContain(status);
      }
    }
    for (const query of ["", "?token", "?token=%00", "?token=%ff", `?token=${long}`, "?token=a&token=b"]) {
      expect((await fetch(`${app.app.url}/auth/link/open${query}`)).status).toBe(400);
      const body = new URLSearchParams(query.slice(1));
      expect((await fetch(`${app.app.url}/auth/link/open`, { method: "POST", body })).status).toBe(400);
    }
  });
});
