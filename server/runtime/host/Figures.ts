import { durationBounds, type OneReleaseFigures } from "#lib/compile/Snapshot.ts";

/** How one release fares, since it is served by this process in one split. */
export class Figures {
  readonly release: number;
  readonly #since = new Date().toISOString();
  readonly #buckets = new Float64Array(durationBounds.length + 1);
  #errors = 0;

  constructor(release: number) {
    this.release = release;
  }

  observe(status: number, milliseconds: number): void {
    let at = 0;
    while (at < durationBounds.length && milliseconds > (durationBounds[at] ?? 0)) at += 1;
    this.#buckets[at] = (this.#buckets[at] ?? 0) + 1;
    if (status >= 500) this.#errors += 1;
  }

  get report(): OneReleaseFigures {
    const buckets = [...this.#buckets];
    const requests = buckets.reduce((sum, count) => sum + count, 0);
    return { release: this.release, since: this.#since, requests, errors: this.#errors, buckets };
  }
}
