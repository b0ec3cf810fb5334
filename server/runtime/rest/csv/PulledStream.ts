import { Readable } from "node:stream";

/** A stream whose maker waits until its reader wants more. */
export class PulledStream extends Readable {
  readonly #gone = new AbortController();
  #waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void } | null = null;

  /** Tells when nobody reads any more. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Settles when the reader wants more; rejects when it is gone. */
  give(piece: Buffer): Promise<void> {
    this.signal.throwIfAborted();
    if (this.push(piece)) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting = { resolve, reject };
    return promise;
  }

  end(): void {
    this.push(null);
  }

  override _read(): void {
    this.#waiting?.resolve();
    this.#waiting = null;
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    const gone = error ?? new Error("Nobody reads this any more.");
    this.#gone.abort(gone);
    this.#waiting?.reject(gone);
    this.#waiting = null;
    callback(error);
  }
}
