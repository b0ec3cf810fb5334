import { AppError } from "#lib/errors/AppError.ts";

/** How much may go on at one time: altogether, and for one person. Whoever finds no room is told so at once. */
export class CallSlots {
  readonly #most: number;
  readonly #mostEach: number;
  readonly #taken = new Map<string, number>();
  #total = 0;

  constructor(most: number, mostEach: number) {
    this.#most = most;
    this.#mostEach = mostEach;
  }

  /** Answers how to give the slot back; giving it back twice is giving it back once. */
  take(person: string): () => void {
    const theirs = this.#taken.get(person) ?? 0;
    if (theirs >= this.#mostEach || this.#total >= this.#most) {
      throw new AppError("unavailable", "Too many clones and pushes go on just now. Try again in a moment.");
    }
    this.#taken.set(person, theirs + 1);
    this.#total += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#total -= 1;
      const left = (this.#taken.get(person) ?? 1) - 1;
      if (left === 0) this.#taken.delete(person);
      else this.#taken.set(person, left);
    };
  }
}
