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
  response.end(body ?? undefined);
}
