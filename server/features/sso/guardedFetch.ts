import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { AppError } from "#lib/errors/AppError.ts";
import { guardedLookup } from "../../http/guardedLookup.ts";
import { allowsPrivateEgress } from "../environments/service.ts";

const answerMilliseconds = 10_000;
const largestAnswer = 1024 * 1024;

interface Asked {
  readonly method?: string | undefined;
  readonly headers?: HeadersInit | undefined;
  readonly body?: unknown;
}

/**
 * `fetch` to a provider that an organisation has named: to the open internet only, each name looked up once so that what
 * was judged is what is connected to; bounded in time and size; redirects are not followed. Throws AppError.
 */
export async function guardedFetch(address: string | URL, { method = "GET", headers, body }: Asked = {}) {
  const url = readProviderUrl(String(address));
  const sent = bodyText(body);
  const open = url.protocol === "https:" ? secureRequest : plainRequest;
  const { promise, resolve: settle, reject } = Promise.withResolvers<Response>();
  const outgoing = open(url, {
    method,
    headers: {
      ...Object.fromEntries(new Headers(headers)),
      ...(sent !== null && { "content-length": String(Buffer.byteLength(sent)) }),
    },
    lookup: guardedLookup(url),
    agent: false,
    signal: AbortSignal.timeout(answerMilliseconds),
  });
  outgoing.on("error", reject);
  outgoing.on("response", (incoming) => answerOf(incoming).then(settle, reject));
  outgoing.end(sent ?? undefined);
  return await promise.catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    throw new AppError("unavailable", `${url.host} could not be reached.`, { cause });
  });
}

/** Throws AppError for what is no address of a provider. */
export function readProviderUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url?.protocol === "https:" || (url?.protocol === "http:" && allowsPrivateEgress());
  if (url && isWeb && url.username === "" && url.password === "") return url;
  throw new AppError("invalid_input", "Give an address of the provider that begins with https://.");
}

async function answerOf(incoming: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestAnswer) throw new AppError("unavailable", "The provider's answer is too large.");
    chunks.push(chunk);
  }
  const status = incoming.statusCode ?? 502;
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(chunks), { status, headers });
}

function bodyText(body: unknown): string | null {
  if (body === undefined || body === null) return null;
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError("Only text is sent to providers.");
}
