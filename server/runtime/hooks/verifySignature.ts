import { createHmac, hash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { HookSignature } from "#lib/model/processTypes.ts";
import { readPointer } from "../outbound/readPointer.ts";

export interface Signed {
  readonly headers: IncomingHttpHeaders;
  /** As it was sent. */
  readonly body: string;
  /** What the body is as JSON. */
  readonly json: () => Parameters<typeof readPointer>[0] | undefined;
}

/** Null where the signature is right; else why not. `id` tells requests apart; null where each is one of its own. */
export type Verdict =
  | { readonly isRight: true; readonly id: string | null }
  | { readonly isRight: false; readonly why: string };

/** A signature that was made longer ago, or is to be made later, does not count. */
const toleranceSeconds = 300;

/** Whether a request comes from whom it says, by any of the secrets. */
export function verifySignature(signature: HookSignature, secrets: readonly string[], signed: Signed): Verdict {
  switch (signature.scheme) {
    case "stripe":
      return stripe(secrets, signed);
    case "github":
      return ofBody(secrets, signed, "x-hub-signature-256");
    case "hmac":
      return ofBody(secrets, signed, (signature.header ?? "").toLowerCase());
    case "standard":
      return standard(secrets, signed);
    case "none":
      return { isRight: true, id: header(signed, "webhook-id") ?? header(signed, "idempotency-key") ?? null };
  }
}

/** `t=<seconds>,v1=<hex>`, perhaps with several `v1`: over the time and the body. */
function stripe(secrets: readonly string[], signed: Signed): Verdict {
  const parts = (header(signed, "stripe-signature") ?? "").split(",").map((part) => part.trim().split("=", 2));
  const time = parts.find(([name]) => name === "t")?.[1] ?? "";
  const given = parts.filter(([name]) => name === "v1").map(([, value = ""]) => Buffer.from(value, "hex"));
  if (given.length === 0) return missing("Stripe-Signature");
  if (!isRecent(time)) return late;
  const keys = secrets.map((secret) => Buffer.from(secret));
  if (!isSignedBy(keys, `${time}.${signed.body}`, given)) return wrong;
  const json = signed.json();
  const id = json === undefined ? undefined : readPointer(json, "/id");
  return { isRight: true, id: typeof id === "string" && id.length <= 200 ? id : digest(signed.body) };
}

/** Over the body alone: two equal requests are one. */
function ofBody(secrets: readonly string[], signed: Signed, name: string): Verdict {
  const text = header(signed, name)?.trim();
  if (text === undefined || text === "") return missing(name);
  const plain = text.replace(/^sha256=/i, "");
  const given = [Buffer.from(plain, "hex"), Buffer.from(plain, "base64")];
  const keys = secrets.map((secret) => Buffer.from(secret));
  return isSignedBy(keys, signed.body, given) ? { isRight: true, id: digest(signed.body) } : wrong;
}

/** Standard Webhooks: `v1,<base64>`, perhaps several; over the id, the time and the body. */
function standard(secrets: readonly string[], signed: Signed): Verdict {
  const [id, time, text] = ["id", "timestamp", "signature"].map((name) => header(signed, `webhook-${name}`));
  if (!id || !time || !text) return missing("webhook-id, webhook-timestamp or webhook-signature");
  if (!isRecent(time)) return late;
  const given = text
    .split(" ")
    .filter((part) => part.startsWith("v1,"))
    .map((part) => Buffer.from(part.slice(3), "base64"));
  const keys = secrets.map((secret) => Buffer.from(secret.replace(/^whsec_/, ""), "base64"));
  if (!isSignedBy(keys, `${id}.${time}.${signed.body}`, given)) return wrong;
  return { isRight: true, id: id.slice(0, 200) };
}

const wrong: Verdict = { isRight: false, why: "The signature is not right." };
const late: Verdict = { isRight: false, why: "The signature was not made within the last five minutes." };

function missing(name: string): Verdict {
  return { isRight: false, why: `The signature is missing: ${name}.` };
}

function isRecent(text: string): boolean {
  return /^\d{1,12}$/.test(text) && Math.abs(Date.now() / 1000 - Number(text)) <= toleranceSeconds;
}

/** Every key and every signature is looked at, equally long. */
function isSignedBy(keys: readonly Buffer[], content: string, given: readonly Buffer[]): boolean {
  let isRight = false;
  for (const key of keys) {
    const expected = createHmac("sha256", key).update(content).digest();
    for (const one of given) {
      if (one.length === expected.length && timingSafeEqual(one, expected)) isRight = true;
    }
  }
  return isRight;
}

function header({ headers }: Signed, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const digest = (text: string) => hash("sha256", text, "hex");
