import type { IncomingHttpHeaders } from "node:http";
import { Agent, request } from "node:http";
import type { CallBody } from "./protocol.ts";
import { syncSchema } from "./protocol.ts";
import { canonicalJson, isSigned, sign } from "./signature.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Message {
  readonly method: "PUT" | "POST";
  readonly url: string;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** Nobody answered as the application does: not reached at all, or gone in the middle of the call. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  /** Whether the application may have begun to work on the call. */
  readonly begun: boolean;

  constructor(message: string, { begun, cause }: { readonly begun: boolean; readonly cause?: unknown }) {
    super(message, { cause });
    this.begun = begun;
  }
}

/** The endpoint that serves the functions; every call and every answer is signed. */
export class Application {
  readonly #url: string;
  readonly #signingKey: string;
  // Steps may take hours, and a connection that was idle may be dead: neither suits a pool with limits.
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 8 });

  constructor(url: string, signingKey: string) {
    this.#url = url;
    this.#signingKey = signingKey;
  }

  /** What the application says of each of its functions. */
  async functions(signal: AbortSignal): Promise<readonly { readonly id: string }[]> {
    const body = canonicalJson({ url: this.#url });
    const answer = await this.#send({ method: "PUT", url: this.#url, body, signal });
    const json: unknown = JSON.parse(answer.body);
    if (answer.status !== 200) throw new Error(`The application refused to be synced: ${answer.status} ${answer.body}`);
    return syncSchema.parse(json).functions;
  }

  async call(functionId: string, stepId: string, call: CallBody & { readonly signal: AbortSignal }): Promise<Answer> {
    const { signal, ...content } = call;
    const url = new URL(this.#url);
    url.searchParams.set("fnId", functionId);
    url.searchParams.set("stepId", stepId);
    const body = canonicalJson(JSON.parse(JSON.stringify(content)));
    return this.#send({ method: "POST", url: url.href, body, signal });
  }

  close(): void {
    this.#agent.destroy();
  }

  async #send(message: Message): Promise<Answer> {
    const answer = await this.#exchange(message);
    const signature = answer.headers["x-inngest-signature"];
    // Anything in between, or a web server that is on its way down, answers without a signature.
    if (typeof signature !== "string" || !isSigned(answer.body, signature, this.#signingKey))
      throw new Unreachable(`The answer (${answer.status}) is not signed by the application.`, { begun: true });
    return answer;
  }

  #exchange({ method, url, body, signal }: Message): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    let sent = false;
    const fail = (cause: unknown) => {
      const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
      reject(new Unreachable("The application cannot be reached.", { begun: sent && code !== "ECONNREFUSED", cause }));
    };
    const outgoing = request(url, {
      method,
      agent: this.#agent,
      signal,
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "x-inngest-signature": sign(body, this.#signingKey),
        "x-inngest-sync-kind": "in_band",
        "x-inngest-req-version": "2",
        "x-inngest-server-kind": "cloud",
      },
    });
    outgoing.on("socket", (socket) => {
      if (socket.connecting) socket.once("connect", () => (sent = true));
      else sent = true;
    });
    outgoing.on("error", fail);
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", fail);
      response.on("end", () => {
        if (!response.complete) return fail(new Error("The answer ended too early."));
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    outgoing.end(body);
    return promise;
  }
}
