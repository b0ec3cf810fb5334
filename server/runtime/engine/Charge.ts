import type { QueueMemory } from "./QueueSession.ts";
import type { QueueLook } from "./queueLook.ts";
import type { Shift } from "./Shift.ts";

/** One environment that has work: a few words and a timer, unless it has a shift. */
export class Charge {
  readonly id: string;
  /** Where its database is, and what the library remembers of that; null before it first worked. */
  database: { readonly url: string; readonly memory: QueueMemory } | null = null;
  /** What tells, while it sleeps, whether its pumps have something to do; null where only they know. */
  questions: readonly string[] | null = null;
  shift: Shift | null = null;
  /** In the line for a place. */
  isWaiting = false;
  /** From the place it is given to the end of its shift. */
  isWorking = false;
  /** There may be more to do than the shift has seen. */
  isPoked = false;
  /** Its database is another than that of the shift. */
  isMoved = false;
  /** Somebody expects it to work soon: it lingers at the end of its shift. */
  isExpected = false;
  /** When it has something to do again, in ms of the clock. */
  next: number | null = null;
  failures = 0;
  look: QueueLook = { next: null, waiting: 0, failed: 0 };
  #timer: NodeJS.Timeout | null = null;

  constructor(id: string) {
    this.id = id;
  }

  wakeIn(milliseconds: number, wake: () => void): void {
    this.sleepOn();
    this.#timer = setTimeout(wake, milliseconds);
    // The servers keep the process alive.
    this.#timer.unref();
  }

  sleepOn(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
