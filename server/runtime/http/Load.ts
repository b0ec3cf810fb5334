export interface LoadLimits {
  /** Requests under way in the whole process. */
  readonly all: number;
  /** Of one environment: one that is asked too much leaves room for the others. */
  readonly perEnvironment: number;
}

/** How many requests are under way; beyond its bounds it is better to refuse at once than to let everybody wait. */
export class Load {
  readonly #limits: LoadLimits;
  #all = 0;
  /** How many were taken on, ever. */
  taken = 0;
  /** How many were refused. */
  refused = 0;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
  }

  get requests(): number {
    return this.#all;
  }

  /** Whether one more request may begin, of an environment that has so many under way; it must be told to `leave`. */
  enter(ofEnvironment: number): boolean {
    if (this.#all >= this.#limits.all || ofEnvironment >= this.#limits.perEnvironment) {
      this.refused += 1;
      return false;
    }
    this.#all += 1;
    this.taken += 1;
    return true;
  }

  leave(): void {
    this.#all -= 1;
  }
}
