import { Readable } from "node:stream";

export interface EventStreamParts {
  /** Texts to send, each made when the one before it was taken. */
  readonly events: AsyncIterator<string, void, void>;
  /** What is sent when nothing else was for a while. */
  readonly heartbeat: () => string;
  /** The last that is sent; null: nothing. */
  readonly farewell: string | null;
  /** Whether the reader may still listen; asked before anything is sent. */
  readonly isAllowed: () => boolean;
  /** Called once, however it ends. */
  readonly onEnd: () => void;
  readonly onDefect: (error: unknown) => void;
}

const heartbeatMilliseconds = 15_000;
/** A reader that takes nothing for so long is taken for gone; it may come back and go on where it was. */
const longestSleep = 10 * 60_000;

/**
 * Server-sent events as they come. Nothing is made before there is room for it: a reader that sleeps costs its
 * connection and no more.
 */
export class EventStream extends Readable {
  readonly #parts: EventStreamParts;
  readonly #heart: NodeJS.Timeout;
  #isMaking = false;
  #isEnded = false;
  #takenAt = performance.now();
  #sentAt = performance.now();

  constructor(parts: EventStreamParts) {
    super({ highWaterMark: 1, encoding: "utf8" });
    this.#parts = parts;
    this.#heart = setInterval(() => this.#beat(), heartbeatMilliseconds / 3);
    this.#heart.unref();
  }

  /** Says goodbye, to whoever listens; the reader comes back by itself. */
  finish(): void {
    if (this.#isEnded) return;
    if (this.readableLength > 0) {
      this.destroy();
      return;
    }
    this.#isEnded = true;
    if (this.#parts.farewell !== null) this.push(this.#parts.farewell);
    this.push(null);
    this.#release();
  }

  override _read(): void {
    this.#takenAt = performance.now();
    if (this.#isMaking || this.#isEnded) return;
    this.#isMaking = true;
    this.#make().catch((error: unknown) => {
      this.#parts.onDefect(error);
      this.finish();
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#isEnded = true;
    this.#release();
    done(error);
  }

  async #make(): Promise<void> {
    const { value, done } = await this.#parts.events.next();
    this.#isMaking = false;
    if (this.#isEnded) return;
    if (done || value === undefined || !this.#parts.isAllowed()) this.finish();
    else {
      this.#sentAt = performance.now();
      // Asks for more when it was taken.
      this.push(value);
    }
  }

  #beat(): void {
    if (this.#isEnded) return;
    const now = performance.now();
    if (!this.#parts.isAllowed()) this.finish();
    else if (this.readableLength > 0 || !this.#isMaking) {
      if (now - this.#takenAt > longestSleep) this.destroy();
    } else if (now - this.#sentAt >= heartbeatMilliseconds) {
      this.#sentAt = now;
      this.push(this.#parts.heartbeat());
    }
  }

  #release(): void {
    clearInterval(this.#heart);
    this.#parts.events.return?.().catch(() => {});
    this.#parts.onEnd();
  }
}
