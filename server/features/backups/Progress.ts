import { logDefect } from "../../log.ts";

const pauseMilliseconds = 500;

/** Counts rows and tells of them now and then, so that whoever looks sees that it goes on. */
export class Progress {
  readonly #tell: (rows: number) => Promise<unknown>;
  #rows = 0;
  #toldAt = 0;
  #telling: Promise<void> = Promise.resolve();

  constructor(tell: (rows: number) => Promise<unknown>) {
    this.#tell = tell;
  }

  get rows(): number {
    return this.#rows;
  }

  readonly add = (rows: number): void => {
    this.#rows += rows;
    const now = Date.now();
    if (now - this.#toldAt < pauseMilliseconds) return;
    this.#toldAt = now;
    const count = this.#rows;
    this.#telling = this.#telling
      .then(async () => {
        await this.#tell(count);
      })
      .catch((error: unknown) => logDefect("Progress could not be noted.", error));
  };

  /** Nothing is told after this. */
  async end(): Promise<void> {
    this.#toldAt = Number.POSITIVE_INFINITY;
    await this.#telling;
  }
}
