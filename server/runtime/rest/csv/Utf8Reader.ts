import { isAscii, isUtf8 } from "node:buffer";

/** Text of bytes that come in pieces, which may end within a character. */
export class Utf8Reader {
  #rest: Buffer | null = null;
  #isFirst = true;

  /** Null where the bytes are no UTF-8. A mark of the byte order at the beginning is no part of the text. */
  read(piece: Buffer): string | null {
    const bytes = this.#rest ? Buffer.concat([this.#rest, piece]) : piece;
    const end = wholeEnd(bytes);
    this.#rest = end < bytes.length ? Buffer.from(bytes.subarray(end)) : null;
    const whole = end < bytes.length ? bytes.subarray(0, end) : bytes;
    if (whole.length === 0) return "";
    if (isAscii(whole)) {
      this.#isFirst = false;
      return whole.toString("latin1");
    }
    if (!isUtf8(whole)) return null;
    const text = whole.toString("utf8");
    const marked = this.#isFirst && text.charCodeAt(0) === 0xfeff;
    this.#isFirst = false;
    return marked ? text.slice(1) : text;
  }

  /** Whether all characters were whole. */
  end(): boolean {
    return this.#rest === null;
  }
}

/** Where the last character ends that is there as a whole, as far as lengths of sequences tell. */
function wholeEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
