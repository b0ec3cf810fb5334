import { cookiesOf } from "../http/cookiesOf.ts";
import { type KnownVisit, visitOf } from "./visitOf.ts";

/** The browser at the other end of a request: what it has sent, and what it is given to keep. */
export class Browser {
  readonly headers: Headers;
  readonly #given: string[] = [];
  #visit: Promise<KnownVisit> | null = null;

  constructor(headers: Headers) {
    this.headers = headers;
  }

  get cookies(): Readonly<Record<string, string>> {
    return cookiesOf(this.headers);
  }

  /** The same each time: a browser that is not known gets one lasting cookie, whatever asks for it. */
  visit(): Promise<KnownVisit> {
    this.#visit ??= visitOf(this.headers);
    return this.#visit;
  }

  /** Values of `Set-Cookie`. */
  keep(cookies: readonly string[]): void {
    this.#given.push(...cookies);
  }

  get given(): readonly string[] {
    return this.#given;
  }
}
