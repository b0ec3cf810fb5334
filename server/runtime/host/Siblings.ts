import type { Environment } from "./Environment.ts";

/**
 * What the releases of one environment that this process has awake count and know together: those that are served side by
 * side, and those before them that end what they began.
 */
export class Siblings {
  /** Requests under way, streams among them. */
  requests = 0;
  /** Change feeds and subscriptions that are open. */
  streams = 0;
  /** Those that take requests. */
  readonly releases = new Set<Environment>();
  readonly #parts = new Map<unknown, unknown>();

  /** Something that is one for all of them, made once by the class or function that stands for it. */
  part<Part>(key: unknown, make: () => Part): Part {
    if (!this.#parts.has(key)) this.#parts.set(key, make());
    return this.#parts.get(key) as Part;
  }
}
