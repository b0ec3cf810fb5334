import type { Rate } from "#lib/model/types.ts";

/** What one caller has used of a rate. */
export class Bucket {
  /** When nothing of it will be used any more, in ms of the process's own clock. */
  restored = 0;
}

/** Buckets are put away when there are so many; whoever has used nothing of late is among them. */
const firstSweep = 1000;
/** At that the older half goes, used or not: a flood of addresses must not take the memory. */
const maxBuckets = 50_000;
/** Rounding of times must not make a request too many of the last one. */
const epsilon = 1e-6;

/**
 * One rate and what its callers have used of it (the generic cell rate algorithm): a bucket holds as many requests as
 * the rate allows at once and fills again evenly. A caller costs one number; nothing is done while nobody asks.
 */
export class RateGate {
  readonly name: string;
  /** As the field `RateLimit-Policy` tells it. */
  readonly policy: string;
  readonly #quota: number;
  readonly #window: number;
  /** ms in which one request more is allowed. */
  readonly #pace: number;
  readonly #buckets = new Map<string, Bucket>();
  #sweepAt = firstSweep;

  constructor(name: string, { requests, seconds }: Rate) {
    this.name = name;
    this.policy = `"${name}";q=${requests};w=${seconds}`;
    this.#quota = requests;
    this.#window = 1000 * seconds;
    this.#pace = this.#window / requests;
  }

  get size(): number {
    return this.#buckets.size;
  }

  bucket(caller: string, now: number): Bucket {
    let bucket = this.#buckets.get(caller);
    if (!bucket) {
      if (this.#buckets.size >= this.#sweepAt) this.sweep(now);
      bucket = new Bucket();
      this.#buckets.set(caller, bucket);
    }
    return bucket;
  }

  /** ms until so many requests are allowed; 0 when they are now. */
  wait({ restored }: Bucket, count: number, now: number): number {
    const wait = Math.max(restored, now) + count * this.#pace - now - this.#window;
    return wait > epsilon ? wait : 0;
  }

  take(bucket: Bucket, count: number, now: number): void {
    bucket.restored = Math.max(bucket.restored, now) + count * this.#pace;
  }

  /** As the field `RateLimit` tells it: how many are left, and in how many seconds there is one more. */
  left({ restored }: Bucket, now: number): string {
    const used = Math.max(restored - now, 0) / this.#pace;
    const left = Math.max(Math.floor(this.#quota - used + epsilon), 0);
    const more = left >= this.#quota ? 0 : Math.ceil((used - (this.#quota - left - 1)) * this.#pace * 0.001 - epsilon);
    return `"${this.name}";r=${left};t=${Math.max(more, 0)}`;
  }

  /** Puts away what is whole again: it is as if it had never been asked for. */
  sweep(now: number): void {
    for (const [caller, { restored }] of this.#buckets) if (restored <= now) this.#buckets.delete(caller);
    const surplus = this.#buckets.size >= maxBuckets ? this.#buckets.size - maxBuckets / 2 : 0;
    let gone = 0;
    for (const caller of this.#buckets.keys()) {
      if (gone++ >= surplus) break;
      this.#buckets.delete(caller);
    }
    this.#sweepAt = Math.min(Math.max(2 * this.#buckets.size, firstSweep), maxBuckets);
  }
}
