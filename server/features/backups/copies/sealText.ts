import { createCipheriv, randomBytes } from "node:crypto";
import type { EncryptionSpec } from "#lib/compile/Snapshot.ts";

/** Encrypts a text as an environment's runtime does (docs/decisions/0012), for a column of a table. */
export function sealText(text: string, place: string, { keys, current }: EncryptionSpec): string {
  const key = keys.find(({ id }) => id === current);
  if (!key) throw new Error(`There is no key ${current} in this environment.`);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(key.key, "base64url"), nonce);
  cipher.setAAD(Buffer.from(place));
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `v1.${current}.${Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString("base64url")}`;
}
