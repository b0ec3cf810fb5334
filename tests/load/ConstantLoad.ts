import { Agent, request } from "node:http";

export interface Asked {
  readonly method: string;
  /** Below the app's address. */
  readonly path: string;
  readonly body?: unknown;
}

/** What came of one request; moments are of the process's own clock, in ms. */
export interface Told {
  readonly asked: Asked;
  /** When it was due, whether it could be sent then or not. */
  readonly due: number;
  readonly began: number;
  readonly ended: number;
  /** Of the answer, or the reason why there was none. */
  readonly status: string;
  readonly release: string | null;
  readonly text: string;
}

export interface LoadOptions {
  /** Address of the app. */
  readonly url: string;
  readonly key: string;
  /** Requests in a second, whether those before have been answered or not. */
  readonly rate: number;
  /** The request of that number; what it needs of answers it takes from `onTold`. */
  readonly next: (number: number) => Asked;
  readonly onTold?: (told: Told) => void;
}

const tick = 5;

/** Asks at a constant rate, as many independent callers do: slow answers make nobody wait with the next request. */
export class ConstantLoad {
  readonly told: Told[] = [];
  readonly #options: LoadOptions;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #underWay = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  readonly #beganAt = performance.now();
  #sent = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#send(), tick);
  }

  /** Requests that were answered well. */
  get good(): number {
    return this.told.filter(isGood).length;
  }

  /** Sends nothing more and waits for the answers. */
  async end(): Promise<readonly Told[]> {
    clearInterval(this.#timer);
    await Promise.all(this.#underWay);
    this.#agent.destroy();
    return this.told;
  }

  #send(): void {
    const { rate, next } = this.#options;
    const due = Math.floor(((performance.now() - this.#beganAt) * rate) / 1000);
    while (this.#sent < due) {
      this.#sent += 1;
      const asking = this.#ask(next(this.#sent), this.#beganAt + (1000 * this.#sent) / rate);
      const followed = asking.finally(() => this.#underWay.delete(followed));
      this.#underWay.add(followed);
    }
  }

  async #ask(asked: Asked, due: number): Promise<void> {
    const began = performance.now();
    const answer = await this.#answer(asked);
    const told = { asked, due, began, ended: performance.now(), ...answer };
    this.told.push(told);
    this.#options.onTold?.(told);
  }

  #answer({ method, path, body }: Asked): Promise<Pick<Told, "status" | "release" | "text">> {
    const { url, key } = this.#options;
    const { promise, resolve } = Promise.withResolvers<Pick<Told, "status" | "release" | "text">>();
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const headers = { authorization: `Bearer ${key}`, ...type };
    const sent = request(`${url}${path}`, { method, headers, agent: this.#agent }, (response) => {
      const parts: Buffer[] = [];
      const release = String(response.headers["gantry-release"] ?? "") || null;
      const told = (status: string) => resolve({ status, release, text: Buffer.concat(parts).toString("utf8") });
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => told(String(response.statusCode)));
      response.on("error", () => told("broken answer"));
    });
    sent.on("error", (error) => resolve({ status: error.message, release: null, text: "" }));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    return promise;
  }
}

export function isGood({ status, text }: Told): boolean {
  // GraphQL tells of errors in answers that are good for HTTP.
  return /^2\d\d$/.test(status) && !text.startsWith('{"errors"');
}
