import { AppError } from "../errors/AppError.ts";

/**
 * Lets a few pieces of work run at a time and a bounded number wait in order; more are refused as `unavailable`.
 * Keeps a storm of sign-ins from taking the memory and all threads of the machine.
 */
export class HashingSlots {
  readonly #atOnce: number;
  readonly #mayWait: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor({ atOnce, mayWait }: { readonly atOnce: number; readonly mayWait: number }) {
    this.#atOnce = atOnce;
    this.#mayWait = mayWait;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else await this.#wait();
    try {
      return await work();
    } finally {
      // The slot goes straight to the next in the queue, so that nobody overtakes.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  async #wait(): Promise<void> {
    if (this.#waiting.length >= this.#mayWait) {
      throw new AppError("unavailable", "Very many people are signing in right now. Try again in a few seconds.");
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
