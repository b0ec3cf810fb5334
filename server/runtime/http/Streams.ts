import { AppError } from "#lib/errors/AppError.ts";

export interface StreamLimits {
  /** Of the whole process. */
  readonly all: number;
  readonly perEnvironment: number;
}

/** How many long-lived streams the process has open. */
export class StreamCount {
  readonly limits: StreamLimits;
  open = 0;

  constructor(limits: StreamLimits) {
    this.limits = limits;
  }
}

/**
 * The long-lived streams of one release of one environment: change feeds and connections for subscriptions. No time-out
 * concerns them, so their number is bounded; they end with the release, and their callers come back to the next one.
 */
export class Streams {
  readonly #count: StreamCount;
  /** Of the environment, on whichever release. */
  readonly #environment: { streams: number };
  readonly #open = new Set<() => void>();
  #ended = false;

  constructor(count: StreamCount, environment: { streams: number }) {
    this.#count = count;
    this.#environment = environment;
  }

  /**
   * Makes place for a stream, which `end` will be called to end; throws AppError when there are too many. Call the answer
   * once when the stream has ended, by itself or not.
   */
  open(end: () => void): () => void {
    const { all, perEnvironment } = this.#count.limits;
    if (this.#ended || this.#count.open >= all || this.#environment.streams >= perEnvironment) {
      throw new AppError("unavailable", "This app has more streams open than it can serve. Try again in a moment.");
    }
    const entry = () => end();
    this.#open.add(entry);
    this.#count.open += 1;
    this.#environment.streams += 1;
    return () => this.#close(entry);
  }

  /** Ends all of them, and lets no other begin. */
  endAll(): void {
    this.#ended = true;
    for (const end of [...this.#open]) {
      // Its caller may be back before the connection has ended.
      this.#close(end);
      end();
    }
  }

  #close(entry: () => void): void {
    if (!this.#open.delete(entry)) return;
    this.#count.open -= 1;
    this.#environment.streams -= 1;
  }
}
