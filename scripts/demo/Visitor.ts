import { openAsBlob } from "node:fs";
import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "../../server/trpc/root.ts";
import { Failure } from "../Failure.ts";
import { CookieJar } from "./CookieJar.ts";

/** Someone at the web application without a browser: signs in as the forms do and calls what the screens call. */
export class Visitor {
  readonly #web: string;
  readonly #jar = new CookieJar();
  readonly api;

  constructor(web: string) {
    this.#web = web;
    this.api = createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${web}/api/trpc`,
          transformer: superjson,
          headers: { origin: new URL(web).origin },
          // tRPC's own type of fetch is narrower than the platform's.
          fetch: (input, init) => this.#jar.fetch(input, init as RequestInit),
        }),
      ],
    });
  }

  async signIn(email: string, password: string): Promise<void> {
    const { csrfToken } = (await (await this.#jar.fetch(`${this.#web}/api/auth/csrf`)).json()) as { csrfToken: string };
    const response = await this.#jar.fetch(`${this.#web}/api/auth/callback/credentials`, {
      method: "POST",
      body: new URLSearchParams({ csrfToken, email, password, json: "true", callbackUrl: this.#web }),
    });
    if (!response.ok) throw new Failure(`Signing in was refused with status ${response.status}.`);
  }

  /** Sends a dump and answers the id to import it by. */
  async upload(file: string): Promise<string> {
    const body = await openAsBlob(file).catch(() => {
      throw new Failure(`There is no file ${file} that can be read.`);
    });
    const response = await this.#jar.fetch(`${this.#web}/api/uploads`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", origin: new URL(this.#web).origin },
      body,
    });
    const answer = (await response.json()) as { uploadId?: string; message?: string };
    if (answer.uploadId === undefined) throw new Failure(answer.message ?? "The dump was not accepted.");
    return answer.uploadId;
  }
}
