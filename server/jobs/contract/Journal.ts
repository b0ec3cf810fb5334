/** What the functions of a test did, in order, and a way to wait for it. */
export class Journal {
  readonly entries: string[] = [];
  readonly #waiting = new Set<() => void>();

  add(entry: string): void {
    this.entries.push(entry);
    for (const check of this.#waiting) check();
  }

  /** Adds the entry and hands the result on. */
  note<Result>(entry: string, result: Result): Result {
    this.add(entry);
    return result;
  }

  count(entry: string): number {
    return this.entries.filter((candidate) => candidate === entry).length;
  }

  /** Resolves once the entry is there the given number of times. */
  async until(entry: string, times = 1): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = () => {
      if (this.count(entry) >= times) resolve();
    };
    this.#waiting.add(check);
    check();
    await promise;
    this.#waiting.delete(check);
  }
}
