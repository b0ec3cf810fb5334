/** Takes exact numbers of bytes out of a stream that comes in pieces of any size. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #held: Uint8Array[] = [];
  #size = 0;
  #ended = false;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** So many bytes; null where the stream ends before. */
  async take(count: number): Promise<Buffer | null> {
    while (this.#size < count && !this.#ended) {
      const { value, done } = await this.#pieces.next();
      if (done) this.#ended = true;
      else {
        this.#held.push(value);
        this.#size += value.length;
      }
    }
    if (this.#size < count) return null;
    const whole = this.#held.length === 1 && this.#held[0] ? this.#held[0] : Buffer.concat(this.#held);
    const rest = whole.subarray(count);
    this.#held.splice(0, this.#held.length, ...(rest.length > 0 ? [rest] : []));
    this.#size = rest.length;
    return Buffer.from(whole.buffer, whole.byteOffset, count);
  }

  /** Whether nothing comes any more. */
  async isAtEnd(): Promise<boolean> {
    if (this.#size > 0) return false;
    while (!this.#ended) {
      const { value, done } = await this.#pieces.next();
      if (done) this.#ended = true;
      else if (value.length > 0) {
        this.#held.push(value);
        this.#size += value.length;
        return false;
      }
    }
    return true;
  }

  /** All that is held, at the end of the stream. */
  rest(): Promise<Buffer> {
    return this.take(this.#size).then((bytes) => bytes ?? Buffer.alloc(0));
  }

  /** Lets whoever makes the stream know that no more is wanted. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
