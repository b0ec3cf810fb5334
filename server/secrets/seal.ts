import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { env } from "../env.ts";

const nonceLength = 12;
const tagLength = 16;

interface Key {
  /** First characters of the key's SHA-256: says which key sealed a text, and nothing about it. */
  readonly id: string;
  readonly bytes: Buffer;
}

function installationKey(): Key {
  return keyOf(env().GANTRY_SECRET);
}

function keyOf(secret: string): Key {
  const bytes = Buffer.from(secret, "hex");
  return { id: createHash("sha256").update("gantry key id").update(bytes).digest("hex").slice(0, 8), bytes };
}

/** Encrypts with AES-256-GCM under the installation's key: `v1.<key id>.<base64url of nonce, tag and ciphertext>`. */
export function seal(text: string): string {
  const key = installationKey();
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce);
  cipher.setAAD(Buffer.from(key.id));
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `v1.${key.id}.${Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString("base64url")}`;
}

/** The text that was sealed. Throws when it was sealed with another key or has been altered. */
export function unseal(sealed: string): string {
  return unsealWith(installationKey(), sealed);
}

/** The same, for programs that are given the installation's secret (`GANTRY_SECRET`) alone. */
export function unsealBy(secret: string, sealed: string): string {
  return unsealWith(keyOf(secret), sealed);
}

function unsealWith(key: Key, sealed: string): string {
  const [version, keyId, payload] = sealed.split(".");
  if (version !== "v1" || keyId === undefined || payload === undefined) throw new Error("Not a sealed text.");
  if (keyId !== key.id) throw new Error(`Sealed with key ${keyId}, but GANTRY_SECRET holds key ${key.id}.`);
  const bytes = Buffer.from(payload, "base64url");
  if (bytes.length < nonceLength + tagLength) throw new Error("Not a sealed text.");
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, bytes.subarray(0, nonceLength));
  decipher.setAAD(Buffer.from(keyId));
  decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
  return Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]).toString("utf8");
}
