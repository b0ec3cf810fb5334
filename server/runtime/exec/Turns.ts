import { AppError } from "#lib/errors/AppError.ts";
import { callerOf, type WaitingCaller } from "./callerOf.ts";

export interface TurnsOptions {
  /** How many may be under way at once. */
  readonly places: number;
  /** Whoever has waited so long is refused. */
  readonly waitSeconds: number;
}

interface Waiter {
  readonly since: number;
  readonly caller: WaitingCaller | undefined;
  readonly admit: () => void;
  readonly refuse: (error: AppError) => void;
}

/**
 * So many places, and a line before them in which nobody waits for long. Places that are free cost a number; whoever
 * hangs up while in line is passed over.
 */
export class Turns {
  readonly #places: number;
  readonly #wait: number;
  #taken = 0;
  #mostTaken = 0;
  /** The line, from `#first` on. */
  #line: Waiter[] = [];
  #first = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor({ places, waitSeconds }: TurnsOptions) {
    this.#places = places;
    this.#wait = 1000 * waitSeconds;
  }

  /** How many wait in line. */
  get waiting(): number {
    return this.#line.length - this.#first;
  }

  /** The most places that were taken at once since the last call. */
  takePeak(): number {
    const most = this.#mostTaken;
    this.#mostTaken = this.#taken;
    return most;
  }

  /** Takes a place: null when there is one, else a promise of one. A place is given back once. */
  take(): Promise<void> | null {
    if (this.#taken < this.#places) {
      this.#taken += 1;
      if (this.#taken > this.#mostTaken) this.#mostTaken = this.#taken;
      return null;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#line.push({ since: performance.now(), caller: callerOf.getStore(), admit: resolve, refuse: reject });
    this.#timer ??= setTimeout(this.#refuseLate, this.#wait);
    return promise;
  }

  giveBack(): void {
    let next = this.#shift();
    while (next?.caller?.destroyed) {
      next.refuse(tooMany());
      next = this.#shift();
    }
    if (next) next.admit();
    else this.#taken -= 1;
  }

  #shift(): Waiter | null {
    const next = this.#line[this.#first];
    if (!next) return null;
    this.#first += 1;
    // What was left behind goes when it is most of the list.
    if (this.#first > 64 && this.#first * 2 > this.#line.length) {
      this.#line = this.#line.slice(this.#first);
      this.#first = 0;
    }
    return next;
  }

  readonly #refuseLate = () => {
    this.#timer = null;
    const now = performance.now();
    for (;;) {
      const first = this.#line[this.#first];
      if (!first) return;
      const left = first.since + this.#wait - now;
      if (left > 1) {
        this.#timer = setTimeout(this.#refuseLate, left);
        return;
      }
      this.#shift();
      first.refuse(tooMany());
    }
  };
}

export function tooMany(): AppError {
  return new AppError("unavailable", "This app has more requests than it can serve. Try again in a moment.");
}
