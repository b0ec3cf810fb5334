import type { RateLimits } from "#lib/model/types.ts";
import type { Caller } from "../../auth/Callers.ts";
import { Admission } from "./Admission.ts";
import { type Bucket, RateGate } from "./RateGate.ts";

/**
 * The rates of one environment and what was used of them, in the memory of this process: two processes that serve one
 * environment each allow as much.
 */
export class RateLimiter {
  readonly #rates: RateLimits;
  readonly #environment: RateGate | null;
  readonly #key: RateGate | null;
  readonly #actor: RateGate | null;
  #beside: RateLimiter | null = null;

  private constructor(rates: RateLimits) {
    this.#rates = rates;
    const { environment, key, actor } = rates;
    this.#environment = environment ? new RateGate("environment", environment) : null;
    this.#key = key ? new RateGate("key", key) : null;
    this.#actor = actor ? new RateGate("actor", actor) : null;
  }

  /** Null where nothing is bounded; one of those before where its rates go on, with what was used of them. */
  static of(rates: RateLimits | undefined, before: readonly (RateLimiter | null)[]): RateLimiter | null {
    if (!rates || isUnbounded(rates)) return null;
    return before.find((known) => known !== null && sameRates(known.#rates, rates)) ?? new RateLimiter(rates);
  }

  /**
   * Lets two releases that are served side by side count the requests of both, each against its own rates; answers what
   * each is to count with. Either may bound nothing.
   */
  static together(
    one: RateLimiter | null,
    other: RateLimiter | null,
  ): readonly [RateLimiter | null, RateLimiter | null] {
    if (one === other) return [one, other];
    const [first, second] = [one ?? new RateLimiter({}), other ?? new RateLimiter({})];
    first.#beside = second;
    second.#beside = first;
    return [first, second];
  }

  /** What a release counts with that is served alone; null where it bounds nothing. */
  static alone(limiter: RateLimiter | null): RateLimiter | null {
    if (!limiter || isUnbounded(limiter.#rates)) return null;
    limiter.#beside = null;
    return limiter;
  }

  /** What a request is counted against: whoever has no key and is nobody in particular goes by the address. */
  admission(caller: Pick<Caller, "actor" | "key">, address: string, now: number): Admission | null {
    return this.#both((limiter) => limiter.#admission(caller, address, now));
  }

  /** What a request is counted against that came with a key that is none. */
  stranger(address: string, now: number): Admission | null {
    return this.#both((limiter) => limiter.#stranger(address, now));
  }

  #both(admitted: (limiter: RateLimiter) => Admission | null): Admission | null {
    const own = admitted(this);
    const beside = this.#beside && admitted(this.#beside);
    return beside ? (own ?? new Admission([], [])).beside(beside) : own;
  }

  #admission({ actor, key }: Pick<Caller, "actor" | "key">, address: string, now: number): Admission | null {
    const gates: RateGate[] = [];
    const buckets: Bucket[] = [];
    const count = (gate: RateGate | null, caller: string) => {
      if (!gate) return;
      gates.push(gate);
      buckets.push(gate.bucket(caller, now));
    };
    count(this.#environment, "");
    if (key !== null) count(this.#key, key);
    if (actor.kind === "user" && actor.id !== null) count(this.#actor, actor.id);
    else if (key === null) count(this.#actor, `@${address}`);
    return gates.length > 0 ? new Admission(gates, buckets) : null;
  }

  #stranger(address: string, now: number): Admission | null {
    const gate = this.#actor;
    return gate && new Admission([gate], [gate.bucket(`@${address}`, now)]);
  }

  /** Puts away what is known of callers who have used nothing of late; true when nothing at all is left. */
  isUnused(now: number): boolean {
    let left = 0;
    for (const gate of [this.#environment, this.#key, this.#actor]) {
      gate?.sweep(now);
      left += gate?.size ?? 0;
    }
    return left === 0;
  }
}

function isUnbounded({ environment, key, actor }: RateLimits): boolean {
  return !(environment || key || actor);
}

function sameRates(one: RateLimits, other: RateLimits): boolean {
  const names = ["environment", "key", "actor"] as const;
  return names.every(
    (name) => one[name]?.requests === other[name]?.requests && one[name]?.seconds === other[name]?.seconds,
  );
}
