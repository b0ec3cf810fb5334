import { Bucket, type RateGate } from "./RateGate.ts";
import { RateLimitError } from "./RateLimitError.ts";

const unused = new Bucket();

/** What one request is counted against. */
export class Admission {
  readonly #gates: readonly RateGate[];
  readonly #buckets: readonly Bucket[];
  #beside: Admission | null = null;

  constructor(gates: readonly RateGate[], buckets: readonly Bucket[]) {
    this.#gates = gates;
    this.#buckets = buckets;
  }

  /** What is counted is counted there as well, whether it is over the rates there or not. */
  beside(other: Admission): this {
    this.#beside = other;
    return this;
  }

  /** Counts requests against every rate, or against none: throws RateLimitError where one of them is met. */
  charge(count: number, now = performance.now()): void {
    let longest = 0;
    for (let at = 0; at < this.#gates.length; at++) longest = Math.max(longest, this.#wait(at, count, now));
    if (longest > 0) {
      const met = this.#gates.filter((_, at) => this.#wait(at, count, now) > 0);
      throw new RateLimitError(
        met.map(({ name }) => name),
        longest,
      );
    }
    this.note(count, now);
    this.#beside?.note(count, now);
  }

  /** Counts requests, over the rates or not. */
  note(count: number, now: number): void {
    for (let at = 0; at < this.#gates.length; at++) {
      const bucket = this.#buckets[at];
      if (bucket) this.#gates[at]?.take(bucket, count, now);
    }
  }

  /** The fields `RateLimit-Policy` and `RateLimit`, names and values in turn. */
  fields(now = performance.now()): readonly string[] {
    if (this.#gates.length === 0) return [];
    const left = this.#gates.map((gate, at) => gate.left(this.#buckets[at] ?? unused, now));
    return ["ratelimit-policy", this.#gates.map(({ policy }) => policy).join(", "), "ratelimit", left.join(", ")];
  }

  #wait(at: number, count: number, now: number): number {
    const bucket = this.#buckets[at];
    return (bucket && this.#gates[at]?.wait(bucket, count, now)) || 0;
  }
}
