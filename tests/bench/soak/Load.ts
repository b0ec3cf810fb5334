import { Agent, request } from "node:http";
import type { Call } from "../requests/takeSample.ts";

export interface Caller {
  /** Base address of the app. */
  readonly base: string;
  readonly key: string;
}

/** Callers that ask one thing after the other, each on a connection of its own, and count what they are told. */
export class Load {
  /** Answers by kind: `2xx`, a status, or the code of a failed connection. */
  readonly kinds = new Map<string, number>();
  /** ms of the answers since they were last taken. */
  #times: number[] = [];
  #isOver = false;
  readonly #agent: Agent;
  readonly #caller: Caller;
  readonly #callers: Promise<void>[];

  constructor(caller: Caller, calls: readonly Call[], callers: number) {
    this.#caller = caller;
    this.#agent = new Agent({ keepAlive: true, maxSockets: callers });
    this.#callers = Array.from({ length: callers }, (_, at) => this.#ask(calls, at));
  }

  takeTimes(): readonly number[] {
    const times = this.#times;
    this.#times = [];
    return times;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#callers);
    this.#agent.destroy();
  }

  async #ask(calls: readonly Call[], offset: number): Promise<void> {
    for (let at = offset; !this.#isOver; at += 7) {
      const call = calls[at % calls.length];
      if (!call) return;
      const began = performance.now();
      const kind = await answerTo(this.#caller, call, this.#agent);
      this.#times.push(performance.now() - began);
      this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
      if (kind !== "2xx") await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** `2xx`, another status, or the code of a failed connection. */
export function answerTo({ base, key }: Caller, { method, path, body }: Call, agent?: Agent): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const headers = { authorization: `Bearer ${key}`, ...type };
  const sent = request(`${base}${path}`, { method, headers, ...(agent && { agent }) }, (response) => {
    const { statusCode = 0 } = response;
    response.resume();
    response.on("end", () => resolve(statusCode >= 200 && statusCode < 300 ? "2xx" : String(statusCode)));
    response.on("error", () => resolve("broken answer"));
  });
  sent.on("error", (error) => resolve("code" in error ? String(error.code) : error.message));
  sent.end(body);
  return promise;
}
