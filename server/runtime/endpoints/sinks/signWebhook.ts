import { createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";

/** 256 random bits, in the writing of Standard Webhooks. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(32).toString("base64");
}

/** The bytes of a secret in that writing. */
function webhookKey(secret: string): Buffer {
  return Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, "base64");
}

export interface Signed {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/** Standard Webhooks: a signature for each secret, so that receivers may know either. */
export function signWebhook(secrets: readonly string[], { id, timestamp, body }: Signed): string {
  const content = `${id}.${timestamp}.${body}`;
  return secrets
    .map((secret) => `v1,${createHmac("sha256", webhookKey(secret)).update(content).digest("base64")}`)
    .join(" ");
}
