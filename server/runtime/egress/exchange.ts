import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { EgressError } from "./EgressError.ts";
import type { EgressGuard } from "./EgressGuard.ts";

export interface ExchangeCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface ExchangeTerms {
  readonly guard: EgressGuard;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  readonly cut: boolean;
  readonly keepsConnection: boolean;
}

export interface Exchanged {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** One request and its answer. */
export async function exchange(call: ExchangeCall, terms: ExchangeTerms): Promise<Exchanged> {
  const { url } = call;
  // A name is judged when a connection to it is opened; an address that is none is never looked up.
  if (isIP(url.hostname.replace(/^\[|\]$/g, "")))
    await terms.guard.addressesOf({ host: url.hostname, port: portOf(url) });
  try {
    return await send(call, terms);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    return await send(call, { ...terms, keepsConnection: false });
  }
}

/** The other side had just closed a connection that waited. */
class StaleConnection extends Error {}

async function send(call: ExchangeCall, terms: ExchangeTerms): Promise<Exchanged> {
  terms.signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Exchanged>();
  const outgoing = openRequest(call, terms);
  let received: IncomingMessage | null = null;
  outgoing.on("response", (incoming) => {
    received = incoming;
    receive(incoming, terms).then(resolve, reject);
  });
  outgoing.on("error", (error) => {
    const isStale = outgoing.reusedSocket && "code" in error && error.code === "ECONNRESET";
    reject(isStale ? new StaleConnection("", { cause: error }) : error);
  });
  // Not an option of the request: it would end the connection when it waits for the next one.
  const stop = () => outgoing.destroy(new Error("The request was broken off."));
  terms.signal.addEventListener("abort", stop, { once: true });
  outgoing.end(call.body);
  try {
    return await promise;
  } finally {
    terms.signal.removeEventListener("abort", stop);
    // What was not read of an answer is not waited for.
    if (!isComplete(received)) outgoing.destroy();
  }
}

const isComplete = (incoming: IncomingMessage | null) => incoming?.complete === true;

function openRequest({ method, url, headers, body }: ExchangeCall, terms: ExchangeTerms): ClientRequest {
  const { guard, keepsConnection } = terms;
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  try {
    return open(url, {
      method,
      headers: {
        "user-agent": "Gantry",
        "accept-encoding": "identity",
        ...checked(headers),
        ...lengthOf(method, body),
      },
      lookup: guard.lookup(portOf(url)),
      agent: keepsConnection ? guard.agent(url.protocol === "https:" ? "https:" : "http:") : false,
    });
  } catch (cause) {
    throw new EgressError("invalid_request", "A header or the method of the request cannot be sent.", { cause });
  }
}

function portOf({ port, protocol }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

/** Headers that say how the message is carried are ours. */
const ours = new Set(
  "connection content-length expect host keep-alive proxy-connection te trailer transfer-encoding upgrade".split(" "),
);

function checked(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const taken = Object.keys(headers).find((name) => ours.has(name.toLowerCase()));
  if (taken === undefined) return headers;
  throw new EgressError("invalid_request", `The header ${taken} cannot be set.`);
}

function lengthOf(method: string, body: string | Uint8Array | undefined): Readonly<Record<string, string>> {
  if (body === undefined) return ["POST", "PUT", "PATCH"].includes(method) ? { "content-length": "0" } : {};
  return { "content-length": String(Buffer.byteLength(body)) };
}

async function receive(incoming: IncomingMessage, { maxBytes, cut }: ExchangeTerms): Promise<Exchanged> {
  const { headers, statusCode = 0 } = incoming;
  const status = statusCode;
  const packed = headers["content-encoding"] ?? "identity";
  if (packed !== "identity") {
    throw new EgressError(
      "unusable_answer",
      `The answer is packed (${packed.slice(0, 20)}) although that was not asked for.`,
    );
  }
  const tooLarge = () => new EgressError("unusable_answer", `The answer has more than ${maxBytes} bytes.`);
  if (!cut && Number(headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
    if (size <= maxBytes) continue;
    if (cut) break;
    throw tooLarge();
  }
  return { status, headers: plainHeaders(headers), body: Buffer.concat(chunks) };
}

function plainHeaders(headers: IncomingMessage["headers"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")]],
    ),
  );
}
