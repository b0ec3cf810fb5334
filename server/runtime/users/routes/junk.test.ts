import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testSeed } from "#tests/support/testSeed.ts";
import { type AuthApp, authApp, type Person } from "../testing/authApp.ts";
import { usersModel } from "../testing/usersModel.ts";
import { authRoutes } from "./authRoutes.ts";

// Whatever is sent to whichever route is answered by what was wrong with it.

let on: AuthApp;
let token: string;
let person: Person;
let rounds = 0;

async function signedIn(from: string): Promise<string> {
  const { email, password } = person;
  return (await on.send("POST", "/auth/sign-in", { body: { email, password }, from })).body.accessToken;
}

beforeAll(async () => {
  on = await authApp(usersModel({ magicLink: true, code: true, totp: {}, redirects: ["https://notes.example/"] }));
  person = await on.person({ roles: ["admin"] });
  token = await signedIn("10.2.0.1");
});
afterAll(() => on[Symbol.asyncDispose]());

const names = [
  "email",
  "password",
  "current",
  "token",
  "refreshToken",
  "roles",
  "profile",
  "redirect",
  "device",
  "userId",
  "code",
  "disabled",
  "send",
];
const nasty = fc.constantFrom<unknown>(
  "",
  "a\u0000b",
  "\ud800",
  "' or 1=1 --",
  "a@example.com",
  "x".repeat(5000),
  "\u202e\u0130ﬁ",
  null,
  -1,
  1e308,
  true,
  [],
  ["admin", null],
  { __proto__: 1, constructor: {} },
  { companyId: "nope", name: "\u0000", email: "b@example.com" },
);
const body = fc.oneof(
  { weight: 8, arbitrary: fc.dictionary(fc.constantFrom(...names), fc.oneof(nasty, fc.string({ unit: "binary" }))) },
  { weight: 1, arbitrary: nasty },
  { weight: 1, arbitrary: fc.json() },
);
const segment = fc.constantFrom("0198c0de-0000-7000-8000-000000000001", "x", "%00", "%ff", "..", "a%2Fb", "google");
const query = fc.constantFrom(
  "",
  "?",
  "?limit=0",
  "?limit=x&after=1",
  "?email=%00",
  "?userId=%00&a=b",
  "?limit=9e9",
  "?%ff=%ff",
);
const as = fc.constantFrom("nobody", "somebody", "key");

test("no route answers 500, whatever it is sent", { timeout: 60_000 }, async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...authRoutes),
      body,
      segment,
      query,
      as,
      async (route, sent, part, asked, who) => {
        // Each from another network: rates are another matter.
        const from = `10.0.${rounds >> 8}.${rounds++ & 255}`;
        const path = `/auth${route.path.replaceAll(/:\w+/g, part)}${asked}`;
        const { status } = await on.send(route.method, path, {
          from,
          ...(route.method !== "GET" && { body: sent }),
          ...(who !== "nobody" && { token: who === "key" ? on.app.key : token }),
        });
        seen.add(status);
        expect(status).not.toBe(500);
        // The session is needed for the next round.
        if (/sign-out|rotate/.test(route.path)) token = await signedIn(from);
      },
    ),
    { numRuns: 250, seed: testSeed },
  );
  expect([...seen]).toEqual(expect.arrayContaining([400, 401, 422]));
});

test("what is no JSON, or not said to be, is refused", async () => {
  const sent = (text: string, type: string) =>
    on.send("POST", "/auth/sign-in", { body: text, headers: { "content-type": type }, from: "10.1.0.1" });
  expect((await sent('{"email":', "application/json")).status).toBe(400);
  expect((await sent('{"email":"a@example.com","password":"x"}', "text/plain")).status).toBe(415);
  expect((await sent("email=a%40example.com", "application/x-www-form-urlencoded")).status).toBe(415);
});

test("paths that are none are not found; methods that are none are named", async () => {
  expect((await on.send("GET", "/auth/nothing")).status).toBe(404);
  expect((await on.send("GET", "/auth/")).status).toBe(404);
  const { status, headers } = await on.send("GET", "/auth/sign-in");
  expect([status, headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
});

test("a text that the database cannot keep is refused where all else is right", async () => {
  const { email, password } = person;
  const reply = await on.send("POST", "/auth/sign-in", {
    body: { email, password, device: "a\u0000b" },
    from: "10.3.0.1",
  });
  expect([reply.status, reply.body.code]).toEqual([422, "invalid_input"]);
});

test("a network is bounded, and a server of the app's own is not", async () => {
  const statuses = async (sending: object) => {
    const seen = new Set<number>();
    for (let at = 0; at < 62; at++) {
      seen.add(
        (await on.send("POST", "/auth/sign-up/confirm", { body: { token: "x" }, from: "10.4.0.1", ...sending })).status,
      );
    }
    return [...seen].sort();
  };
  expect(await statuses({})).toEqual([422, 429]);
  expect(await statuses({ token: on.app.key })).toEqual([422]);
});
