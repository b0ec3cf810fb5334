import { AppError } from "#lib/errors/AppError.ts";

export const onceHeader = "idempotency-key";

/** A string of structured fields (RFC 9651), as the header's draft has it. */
const quoted = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;
/** What many clients send: the key as it is. */
const bare = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;
const longest = 255;

/** The key of an `Idempotency-Key` header. Throws AppError for a text that is none. */
export function readOnceKey(header: string): string {
  const text = header.trim();
  const key = quoted.exec(text)?.[1]?.replaceAll(/\\(.)/g, "$1") ?? (bare.test(text) ? text : "");
  if (key.length >= 1 && key.length <= longest) return key;
  const message = `Give one key of at most ${longest} characters in quotes, such as Idempotency-Key: "8e03978e-40d5-43e8-bc93-6894a57f9324".`;
  throw new AppError("invalid_request", message, { fields: [{ field: "Idempotency-Key", rule: "syntax", message }] });
}
