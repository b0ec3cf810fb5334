import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import superjson from "superjson";
import { Browser } from "#server/auth/Browser.ts";
import { authOptions } from "#server/auth/options.ts";
import { attemptCookies, type SignInAttempt } from "#server/auth/SignInAttempt.ts";
import { withSignInStatus } from "#server/auth/signInStatus.ts";
import { handleTrpc } from "#server/trpc/handler.ts";

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly { readonly field: string }[];
}

/** What a procedure answered over HTTP: its data, or our error. */
export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers differ by procedure, and what is expected of them stands in the tests.
  readonly data: any;
  readonly error: Failure | null;
}

/** A browser without screens: it keeps cookies, and talks to tRPC and to next-auth as pages do. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #userAgent: string;

  constructor(userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0") {
    this.#userAgent = userAgent;
  }

  /** The value of `Cookie`. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; ");
  }

  async query(path: string, input?: unknown): Promise<Reply> {
    const asked = encodeURIComponent(JSON.stringify(superjson.serialize(input)));
    return await this.#ask(`${path}?input=${asked}`, { method: "GET" });
  }

  async mutate(path: string, input?: unknown): Promise<Reply> {
    const body = JSON.stringify(superjson.serialize(input));
    return await this.#ask(path, { method: "POST", body, headers: { "content-type": "application/json" } });
  }

  async #ask(path: string, init: RequestInit): Promise<Reply> {
    const headers = { ...init.headers, cookie: this.cookie, "user-agent": this.#userAgent };
    const response = await handleTrpc(new Request(`http://localhost:3000/api/trpc/${path}`, { ...init, headers }));
    this.#keep(response.headers.getSetCookie());
    const { result, error } = (await response.json()) as {
      result?: { data: Parameters<typeof superjson.deserialize>[0] };
      error?: { json: { message: string; data: Omit<Failure, "message"> } };
    };
    if (error)
      return { status: response.status, data: null, error: { ...error.json.data, message: error.json.message } };
    return { status: response.status, data: result ? superjson.deserialize(result.data) : null, error: null };
  }

  /** One of next-auth's actions, by its handler that needs no Next.js around it. */
  async auth(action: string, given: { body?: Record<string, string>; query?: Record<string, string> } = {}) {
    const answer = Promise.withResolvers<Response>();
    const headers = new Map<string, string | string[]>();
    let status = 200;
    const finish = (body: unknown) => {
      const location = [headers.get("Location") ?? []].flat()[0];
      answer.resolve(Response.json(body ?? null, { status, headers: location ? { location } : {} }));
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
      query: { nextauth: action.split("/"), ...given.query },
      headers: {},
      cookies: Object.fromEntries(this.cookies),
      body: given.body,
    };
    const sent = new Headers({ cookie: this.cookie, "user-agent": this.#userAgent });
    const attempt: SignInAttempt = { browser: new Browser(sent), admission: null };
    await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, authOptions(attempt));
    const answered = await answer.promise;
    this.#keep([...[headers.get("Set-Cookie") ?? []].flat(), ...(await attemptCookies(attempt))]);
    return await withSignInStatus(answered);
  }

  async csrfToken(): Promise<string> {
    return ((await (await this.auth("csrf")).json()) as { csrfToken: string }).csrfToken;
  }

  /** Signs in by the form: `ok`, or the error that the page is told. */
  async signIn(email: string, password: string): Promise<string> {
    const body = { email, password, csrfToken: await this.csrfToken(), callbackUrl: "/", json: "true" };
    const response = await this.auth("callback/credentials", { body });
    const { url } = (await response.json()) as { url: string };
    return new URL(url, "http://localhost:3000").searchParams.get("error") ?? "ok";
  }

  #keep(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [pair = "", ...attributes] = cookie.split("; ");
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
      if (value === "" || attributes.some((attribute) => /^Max-Age=0$/i.test(attribute))) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
