import type { OneReleaseFigures } from "#lib/compile/Snapshot.ts";
import { percentileOf } from "#lib/figures/percentileOf.ts";

/** How a release fares, in numbers that people compare. */
export interface Fare {
  readonly release: number;
  readonly requests: number;
  readonly errors: number;
  /** 0 to 100; 0 without requests. */
  readonly errorPercent: number;
  /** Milliseconds that so many percent of the requests took at most; null without requests. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export function fareOf(figures: OneReleaseFigures): Fare {
  const { release, requests, errors, buckets } = figures;
  return {
    release,
    requests,
    errors,
    errorPercent: requests === 0 ? 0 : (100 * errors) / requests,
    p50: percentileOf(buckets, 0.5),
    p95: percentileOf(buckets, 0.95),
    p99: percentileOf(buckets, 0.99),
  };
}
