import type { ServerResponse } from "node:http";
import type { Answer } from "./Answer.ts";

/**
 * Any site may call with a key of its own: nothing here rests on cookies, so that a browser sends nothing along that
 * the page could not send by itself.
 */
const general = [
  "access-control-allow-origin",
  "*",
  "access-control-expose-headers",
  "Location, Retry-After, Allow",
  "cache-control",
  "no-store",
  "x-content-type-options",
  "nosniff",
];

export function send(response: ServerResponse, { status, contentType, body, headers }: Answer): void {
  const all = [...general];
  if (contentType !== null) all.push("content-type", contentType);
  if (body !== null)
    all.push("content-length", String(typeof body === "string" ? Buffer.byteLength(body) : body.length));
  else if (status !== 204) all.push("content-length", "0");
  for (const header of headers) all.push(header);
  response.writeHead(status, all);
  if (body === null) response.end();
  else if (typeof body === "string") response.end(body);
  // A text of one character per byte goes out together with the head in one write; a buffer would take two, and the
  // wake-ups of readers are what an answer costs most.
  else response.end(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1"), "latin1");
}
