import { durationBounds } from "../compile/Snapshot.ts";

/**
 * The duration in milliseconds that a share of all requests (0 to 1) did not exceed, from their counts by duration. Within
 * a bucket durations are taken to be even; of the last one, which has no end, its beginning is told. Null without requests.
 */
export function percentileOf(buckets: readonly number[], share: number): number | null {
  const all = buckets.reduce((sum, count) => sum + count, 0);
  if (all <= 0) return null;
  const wanted = Math.min(Math.max(share, 0), 1) * all;
  let below = 0;
  for (const [at, count] of buckets.entries()) {
    const [from, to] = [durationBounds[at - 1] ?? 0, durationBounds[at]];
    if (count > 0 && below + count >= wanted) {
      return to === undefined ? from : from + ((to - from) * (wanted - below)) / count;
    }
    below += count;
  }
  return durationBounds.at(-1) ?? 0;
}
