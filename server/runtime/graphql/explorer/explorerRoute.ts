import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "#lib/errors/AppError.ts";
import type { Answer } from "../../http/Answer.ts";
import type { AppRequest } from "../../http/AppRequest.ts";
import { packedFiles } from "./packedFiles.ts";

/** Below the address of an app. */
export const explorerRoot = "/graphql/explorer/";

/**
 * Nothing but the page's own files runs or loads. The editor writes its colours as style elements, and its font stands
 * in its style sheet.
 */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

const own: ReadonlyMap<string, Buffer> = new Map(
  ["explorer.html", "explorer.css", "explorer.js"].map((name) => [
    name,
    readFileSync(new URL(`./page/${name}`, import.meta.url)),
  ]),
);

const unpack = promisify(gunzip);

const fresh = ["cache-control", "no-cache"];
/** GraphiQL itself is large and changes seldom. */
const kept = ["cache-control", "public, max-age=86400"];

/** The page of GraphiQL: the same for every app, and open, since it tells nothing of any. */
export function explorerPage(): Answer {
  return answerOf("explorer.html", own.get("explorer.html") ?? Buffer.alloc(0), ["vary", "accept", ...fresh]);
}

/** What belongs to the page. */
export async function explorerAsset({ path, headers }: Pick<AppRequest, "path" | "headers">): Promise<Answer> {
  const name = path.slice(explorerRoot.length);
  const file = own.get(name);
  if (file) return answerOf(name, file, fresh);
  const files = await packedFiles();
  const packed = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!packed) throw new AppError("not_found", "GraphiQL has no such file.");
  const takesPacked = (headers["accept-encoding"] ?? "").includes("gzip");
  if (!takesPacked) return answerOf(name, await unpack(packed), [...kept, "vary", "accept-encoding"]);
  return answerOf(name, packed, [...kept, "vary", "accept-encoding", "content-encoding", "gzip"]);
}

function answerOf(name: string, body: Uint8Array, headers: readonly string[]): Answer {
  const contentType = types[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return { status: 200, contentType, body, headers: ["content-security-policy", policy, ...headers] };
}
