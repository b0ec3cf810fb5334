/** Wakes one who waits for something to happen; rung while nobody waits, the next wait ends at once. */
export class Bell {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Settles when it is rung, or after so many milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#rung && milliseconds > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = setTimeout(resolve, Math.min(milliseconds, longest));
      await promise;
      clearTimeout(timer);
      this.#wake = null;
    }
    this.#rung = false;
  }
}

/** More than this is no time for a timer. */
const longest = 2 ** 31 - 1;
