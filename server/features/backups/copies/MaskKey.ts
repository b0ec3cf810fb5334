import { createHmac } from "node:crypto";

/** What masks are worked out from: equal values of one field are masked equally, and nobody works them out again. */
export class MaskKey {
  readonly #secret: Buffer;
  /** The field: masks of different fields have nothing to do with each other. */
  readonly #field: string;

  constructor(secret: Buffer, field: string) {
    this.#secret = secret;
    this.#field = field;
  }

  /** 32 bytes. */
  digest(text: string): Buffer {
    return createHmac("sha256", this.#secret).update(`${this.#field}\n${text}`).digest();
  }

  /** A whole number below `size`, the same for the same text. */
  below(text: string, size: bigint): bigint {
    return BigInt(`0x${this.digest(text).toString("hex")}`) % size;
  }

  /** So many bytes. */
  bytes(text: string, count: number): Buffer {
    const pieces: Buffer[] = [];
    for (let at = 0; at * 32 < count; at += 1) pieces.push(this.digest(`${at} ${text}`));
    return Buffer.concat(pieces).subarray(0, count);
  }
}
