import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Answer } from "./Answer.ts";

const general = ["cache-control", "no-store", "x-content-type-options", "nosniff"];

/**
 * Any site may call with a key of its own: nothing here rests on cookies, so that a browser sends nothing along that
 * the page could not send by itself.
 */
const forBrowsers = [
  "access-control-allow-origin",
  "*",
  "access-control-expose-headers",
  "Location, Retry-After, Allow",
];

/** Settles when the answer is on its way, or all of a stream has gone. */
export async function sendAll(response: ServerResponse, answer: Answer): Promise<void> {
  if (answer.length === undefined) return send(response, answer);
  const { status, contentType, headers, stream, length } = answer;
  const all = [...general, "content-type", contentType ?? "application/octet-stream", "content-length", String(length)];
  if (response.req.headers.origin !== undefined) all.push(...forBrowsers);
  response.writeHead(status, [...all, ...headers]);
  if (!stream) response.end();
  // Whoever hangs up in between has what he wanted.
  else await pipeline(stream, response).catch(() => response.destroy());
}

export function send(response: ServerResponse, { status, contentType, body, headers }: Answer): void {
  const all = [...general];
  if (contentType !== null) all.push("content-type", contentType);
  if (body !== null) {
    all.push("content-length", String(typeof body === "string" ? Buffer.byteLength(body) : body.length));
  } else if (status !== 204 && status !== 304) all.push("content-length", "0");
  // Only browsers tell where a request comes from, and only they ask for these.
  if (response.req.headers.origin !== undefined) all.push(...forBrowsers);
  if (headers.length > 0) all.push(...headers);
  response.writeHead(status, all);
  if (body === null) response.end();
  else if (typeof body === "string") response.end(body);
  // A text of one character per byte goes out together with the head in one write; a buffer would take two, and the
  // wake-ups of readers are what an answer costs most.
  else response.end(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1"), "latin1");
}
