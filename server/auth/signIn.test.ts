import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { users } from "#db/schema/users.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { signUp } from "../features/accounts/service.ts";
import { Browser } from "./Browser.ts";
import { authOptions } from "./options.ts";
import { attemptCookies, type SignInAttempt } from "./SignInAttempt.ts";
import { principalOfCookies } from "./session.ts";
import { withSignInStatus } from "./signInStatus.ts";

let plane: TestControlPlane;
const ada = { email: "ada@example.com", name: "Ada Lovelace", password: "analytical engine" };
beforeAll(async () => {
  plane = await testControlPlane();
  await signUp(plane.db, { ...ada, address: null });
});
afterAll(() => plane[Symbol.asyncDispose]());

interface Answer {
  readonly response: Response;
  readonly cookies: readonly string[];
}

/** A call of one of next-auth's actions, through its handler that needs no Next.js around it. */
async function call(action: string, given: { body?: Record<string, string>; cookies?: Record<string, string> } = {}) {
  const answer = Promise.withResolvers<Answer>();
  const headers = new Map<string, string | string[]>();
  let status = 200;
  const finish = (body: unknown) => {
    const cookies = [headers.get("Set-Cookie") ?? []].flat();
    answer.resolve({ response: Response.json(body ?? null, { status }), cookies });
  };
  const response = {
    status(code: number) {
      status = code;
      return response;
    },
    getHeader: (name: string) => headers.get(name),
    setHeader(name: string, value: string | string[]) {
      headers.set(name, value);
      return response;
    },
    json: finish,
    send: finish,
    end: () => finish(null),
  };
  const request = {
    method: given.body ? "POST" : "GET",
    query: { nextauth: action.split("/") },
    headers: {},
    cookies: given.cookies ?? {},
    body: given.body,
  };
  const cookie = Object.entries(given.cookies ?? {}).map(([name, value]) => `${name}=${value}`);
  const sent = new Headers({ cookie: cookie.join("; "), "user-agent": "test" });
  const attempt: SignInAttempt = { browser: new Browser(sent), admission: null };
  await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, authOptions(attempt));
  const { response: answered, cookies } = await answer.promise;
  return { response: answered, cookies: [...cookies, ...(await attemptCookies(attempt))] };
}

function jarOf(cookies: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    cookies.map((cookie) => {
      const [name = "", value = ""] = cookie.split(";")[0]?.split("=") ?? [];
      return [name, decodeURIComponent(value)];
    }),
  );
}

async function signIn(email: string, password: string) {
  const csrf = await call("csrf");
  const { csrfToken } = (await csrf.response.json()) as { csrfToken: string };
  const { response, cookies } = await call("callback/credentials", {
    body: { email, password, csrfToken, callbackUrl: "/", json: "true" },
    cookies: jarOf(csrf.cookies),
  });
  return { response: await withSignInStatus(response), cookies };
}

const sessionCookie = "next-auth.session-token";

test("the right password gives a session whose cookie scripts and other sites cannot use", async () => {
  const { response, cookies } = await signIn(" Ada@Example.com ", ada.password);
  expect(response.status).toBe(200);
  const session = cookies.find((cookie) => cookie.startsWith(`${sessionCookie}=`));
  expect(session).toMatch(/; HttpOnly(;|$)/);
  expect(session).toMatch(/; SameSite=Lax(;|$)/);
  expect(session).toMatch(/; Path=\/(;|$)/);
  const jar = jarOf(cookies);
  expect((await principalOfCookies(jar))?.user).toMatchObject({ email: ada.email, name: ada.name });
  const { response: shown } = await call("session", { cookies: jar });
  expect(await shown.json()).toMatchObject({ user: { email: ada.email, name: ada.name } });
});

test("a wrong password and an unknown address are answered alike, whatever else is sent", async () => {
  const answers = [];
  for (const email of [ada.email, "unknown@example.com", "no address", "nul\u0000@example.com"]) {
    const { response, cookies } = await signIn(email, "wrong password");
    answers.push({ status: response.status, body: await response.text(), cookies: Object.keys(jarOf(cookies)) });
  }
  expect(answers[0]).toMatchObject({ status: 401, body: expect.stringContaining("error=CredentialsSignin") });
  expect(answers[0]?.cookies).not.toContain(sessionCookie);
  for (const answer of answers.slice(1)) expect(answer).toEqual(answers[0]);
});

test("too many tries answer 429 with the seconds to wait, for known and unknown addresses alike", async () => {
  for (const email of ["ada@example.com", "unknown@example.com"]) {
    let { response } = await signIn(email, "wrong password");
    for (let n = 0; n < 10; n += 1) ({ response } = await signIn(email, "wrong password"));
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await response.text()).toMatch(/error=RateLimited%3A\d+/);
  }
});

test("without the CSRF token of the same browser nobody is signed in", async () => {
  const { cookies } = await call("callback/credentials", {
    body: { email: ada.email, password: ada.password, csrfToken: "0".repeat(64), callbackUrl: "/", json: "true" },
  });
  expect(Object.keys(jarOf(cookies))).not.toContain(sessionCookie);
});

test("a session that was altered or whose account is no more is nobody's", async () => {
  const eve = { email: "eve@example.com", name: "Eve", password: "curious listener" };
  await signUp(plane.db, { ...eve, address: null });
  const { cookies } = await signIn(eve.email, eve.password);
  const jar = jarOf(cookies);
  const token = jar[sessionCookie] ?? "";
  for (const broken of [`${token.slice(0, -2)}AA`, token.slice(1), "", "a.b.c.d.e"]) {
    expect(await principalOfCookies({ [sessionCookie]: broken })).toBeNull();
  }
  await plane.db.delete(users);
  expect(await principalOfCookies(jar)).toBeNull();
  const { response } = await call("session", { cookies: jar });
  expect(await response.json()).not.toHaveProperty("user");
});
