import type { Readable } from "node:stream";
import { AppError } from "#lib/errors/AppError.ts";

/** What is read of a refused body, so that its sender gets to read why. */
const mostDiscarded = 64 << 20;

/** A body that is read piece by piece: it flows only while somebody waits for the next one. */
export class Incoming {
  readonly #content: Readable;
  #pieces: Buffer[] = [];
  #isEnded = false;
  #error: AppError | null = null;
  #wake: (() => void) | null = null;

  constructor(content: Readable) {
    this.#content = content;
    content.on("data", (piece: Buffer) => {
      this.#pieces.push(piece);
      content.pause();
      this.#wake?.();
    });
    content.on("end", () => {
      this.#isEnded = true;
      this.#wake?.();
    });
    content.on("error", () => this.#brokeOff());
    content.on("close", () => this.#brokeOff());
    content.pause();
  }

  /** Null when there is no more; rejects when the sender broke off. */
  async next(): Promise<Buffer | null> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece) return piece;
      if (this.#isEnded) return null;
      if (this.#error) throw this.#error;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      this.#content.resume();
      await promise;
      this.#wake = null;
    }
  }

  /** Reads what is still to come without keeping it, up to a limit. */
  async discard(): Promise<void> {
    let size = 0;
    try {
      for (let piece = await this.next(); piece && size < mostDiscarded; piece = await this.next())
        size += piece.length;
    } catch {
      // There is nobody left to be told.
    }
  }

  #brokeOff(): void {
    if (this.#isEnded) return;
    this.#error ??= new AppError("invalid_request", "The request broke off.");
    this.#wake?.();
  }
}
