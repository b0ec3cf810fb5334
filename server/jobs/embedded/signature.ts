import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { JsonValue } from "#lib/model/types.ts";

/** Signatures older or newer than this are refused, as the SDK refuses them. */
const toleranceSeconds = 300;

/** The value of `x-inngest-signature` for a body: `t=<seconds>&s=<hex HMAC-SHA256 of the body and t>`. */
export function sign(body: string, signingKey: string, seconds = Math.floor(Date.now() / 1000)): string {
  return `t=${seconds}&s=${digest(body, signingKey, String(seconds))}`;
}

/** Whether the header is a fresh signature of exactly this body. */
export function isSigned(body: string, signature: string | undefined, signingKey: string): boolean {
  const parts = new URLSearchParams(signature ?? "");
  const time = parts.get("t") ?? "";
  const age = Math.abs(Date.now() / 1000 - Number(time));
  if (!/^\d+$/.test(time) || age > toleranceSeconds) return false;
  return equal(parts.get("s") ?? "", digest(body, signingKey, time));
}

/** JSON with its keys in order (RFC 8785): what the SDK signs after it has parsed a request. */
export function canonicalJson(value: JsonValue | undefined): string {
  if (value === undefined) return "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/** The token by which the SDK calls the job server's API: the key's prefix and the SHA-256 of its bytes. */
export function apiToken(signingKey: string): string {
  const prefix = /^signkey-\w+-/.exec(signingKey)?.[0] ?? "";
  return (
    prefix +
    createHash("sha256")
      .update(Buffer.from(withoutPrefix(signingKey), "hex"))
      .digest("hex")
  );
}

/** Compares secrets in a time that does not tell how much of them is right. */
export function equal(one: string, other: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

function digest(body: string, signingKey: string, time: string): string {
  return createHmac("sha256", withoutPrefix(signingKey))
    .update(body + time)
    .digest("hex");
}

function withoutPrefix(signingKey: string): string {
  return signingKey.replace(/^signkey-\w+-/, "");
}
