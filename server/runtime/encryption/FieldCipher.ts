import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { EncryptionSpec } from "#lib/compile/Snapshot.ts";

const nonceLength = 12;
const tagLength = 16;

/**
 * AES-256-GCM with the keys of one environment: `v1.<key id>.<base64url of nonce, tag and ciphertext>`. The place that a
 * value belongs to is authenticated with it, so that none can be moved to another field.
 */
export class FieldCipher {
  readonly #keys = new Map<string, Buffer>();
  readonly #current: string;

  constructor({ keys, current }: EncryptionSpec) {
    for (const { id, key } of keys) this.#keys.set(id, Buffer.from(key, "base64url"));
    this.#current = current;
    this.#key(current);
  }

  /** What every value begins with that the current key has sealed. */
  get prefix(): string {
    return `v1.${this.#current}.`;
  }

  seal(text: string, place: string): string {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv("aes-256-gcm", this.#key(this.#current), nonce);
    cipher.setAAD(Buffer.from(place));
    const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return this.prefix + Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString("base64url");
  }

  /** Throws when the value is none, was sealed elsewhere or altered, or by a key that is not there. */
  open(sealed: string, place: string): string {
    const [version, id = "", payload = ""] = sealed.split(".");
    const bytes = Buffer.from(payload, "base64url");
    if (version !== "v1" || bytes.length < nonceLength + tagLength) throw new Error(`${place} holds no sealed value.`);
    const decipher = createDecipheriv("aes-256-gcm", this.#key(id), bytes.subarray(0, nonceLength));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
    return Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]).toString("utf8");
  }

  #key(id: string): Buffer {
    const key = this.#keys.get(id);
    if (!key) throw new Error(`There is no key ${id} in this environment.`);
    return key;
  }
}
