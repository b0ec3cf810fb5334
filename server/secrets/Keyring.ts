import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const nonceLength = 12;
const tagLength = 16;

interface Key {
  /** First characters of the key's SHA-256: says which key sealed a text, and nothing about it. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** The keys of an installation: the newest seals, and any of them opens what it has sealed. */
export class Keyring {
  readonly #newest: Key;
  readonly #byId: ReadonlyMap<string, Key>;

  /** Each 32 bytes in hex, the newest first. */
  constructor([newest, ...previous]: readonly [string, ...string[]]) {
    this.#newest = keyOf(newest);
    this.#byId = new Map([this.#newest, ...previous.map(keyOf)].map((key) => [key.id, key]));
  }

  /** What texts begin with that the newest key has sealed. */
  get prefix(): string {
    return `v1.${this.#newest.id}.`;
  }

  /** Encrypts with AES-256-GCM: `v1.<key id>.<base64url of nonce, tag and ciphertext>`. */
  seal(text: string): string {
    const { id, bytes } = this.#newest;
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv("aes-256-gcm", bytes, nonce);
    cipher.setAAD(Buffer.from(id));
    const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return this.prefix + Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString("base64url");
  }

  /** The text that was sealed. Throws when it was sealed with a key that is not here, or has been altered. */
  unseal(sealed: string): string {
    const [version, id, payload] = sealed.split(".");
    if (version !== "v1" || id === undefined || payload === undefined) throw new Error("Not a sealed text.");
    const key = this.#byId.get(id);
    if (!key) throw new Error(`Sealed with key ${id}, but there ${this.#known()}.`);
    const bytes = Buffer.from(payload, "base64url");
    if (bytes.length < nonceLength + tagLength) throw new Error("Not a sealed text.");
    const decipher = createDecipheriv("aes-256-gcm", key.bytes, bytes.subarray(0, nonceLength));
    decipher.setAAD(Buffer.from(id));
    decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
    return Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]).toString("utf8");
  }

  #known(): string {
    const ids = [...this.#byId.keys()];
    return ids.length === 1 ? `is only key ${ids[0]}` : `are only the keys ${ids.join(", ")}`;
  }
}

/** The keys as settings hold them: the newest, and older ones with commas between. */
export function keyringOf({ newest, previous }: { readonly newest: string; readonly previous?: string | undefined }) {
  return new Keyring([newest, ...(previous ? previous.split(",") : [])]);
}

function keyOf(secret: string): Key {
  const bytes = Buffer.from(secret, "hex");
  return { id: createHash("sha256").update("gantry key id").update(bytes).digest("hex").slice(0, 8), bytes };
}
