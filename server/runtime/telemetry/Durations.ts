import { durationBounds } from "#lib/compile/Snapshot.ts";

const bounds = Float64Array.from(durationBounds);

/** How long things took: their number, their sum in ms, and how many within each of `durationBounds`. */
export class Durations {
  count = 0;
  sum = 0;
  readonly buckets = new Float64Array(bounds.length + 1);

  add(milliseconds: number): void {
    this.count += 1;
    this.sum += milliseconds;
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (milliseconds <= (bounds[middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    this.buckets[low] = (this.buckets[low] ?? 0) + 1;
  }

  /** Adds what others have counted. */
  merge({ count, sum, buckets }: Durations): void {
    this.count += count;
    this.sum += sum;
    for (let at = 0; at < buckets.length; at += 1) this.buckets[at] = (this.buckets[at] ?? 0) + (buckets[at] ?? 0);
  }
}
