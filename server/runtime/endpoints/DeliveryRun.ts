import type { Environment } from "../host/Environment.ts";
import { logDefect } from "../log.ts";
import { mostAttempts } from "./backoff.ts";
import {
  type Claim,
  enabledEndpoints,
  nextDelivery,
  type Outcome,
  type Room,
  release,
  settleAndClaim,
  sweepDeliveries,
} from "./deliveryRows.ts";
import type { Endpoint } from "./Endpoint.ts";
import { type EventSink, failed } from "./sinks/EventSink.ts";
import { openSink } from "./sinks/openSink.ts";

/** Of one endpoint and of all of an environment at the same time: who is slow takes no one else's place. */
const mostAtOnce = 64;
const mostInAll = 256;
/** So long a change of an endpoint may go unnoticed. */
const knownMilliseconds = 250;
const sweepMilliseconds = 3_600_000;

const sweptAt = new WeakMap<object, number>();

/** Sends until nothing is to be sent for the moment and nothing is under way. */
export class DeliveryRun {
  readonly #environment: Environment;
  readonly #signal: AbortSignal;
  readonly #sinks = new Map<string, { readonly key: string; readonly sink: EventSink }>();
  /** Numbers of deliveries under way, by their endpoints. */
  readonly #underWay = new Map<string, number>();
  readonly #outcomes: Outcome[] = [];
  readonly #broken: Claim[] = [];
  #known: { readonly at: number; readonly endpoints: readonly Endpoint[] } | null = null;
  /** An endpoint fails, or no longer does, and has other room. */
  #isOtherwise = false;
  #inAll = 0;
  #isPoked = true;
  #isOver = false;
  #wake: (() => void) | null = null;

  constructor(environment: Environment, signal: AbortSignal) {
    this.#environment = environment;
    this.#signal = signal;
  }

  /** There may be more to send, perhaps to an endpoint that is new. False where it is too late to tell this run. */
  poke(): boolean {
    this.#known = null;
    this.#goOnSoon();
    return !this.#isOver;
  }

  #goOnSoon(): void {
    this.#isPoked = true;
    this.#wake?.();
  }

  /** Answers when something is to be sent again. */
  async toItsEnd(): Promise<Date | null> {
    const { database } = this.#environment;
    const stop = () => this.#wake?.();
    this.#signal.addEventListener("abort", stop);
    try {
      for (;;) {
        await this.#goOn();
        if (this.#hasMore) continue;
        if (this.#inAll > 0) {
          await this.#something();
          continue;
        }
        await release(database, this.#broken.splice(0));
        await this.#sweep();
        const next = await nextDelivery(database);
        if (!this.#hasMore) return next;
      }
    } finally {
      this.#isOver = true;
      this.#signal.removeEventListener("abort", stop);
      await Promise.all([...this.#sinks.values()].map(({ sink }) => sink.close()));
    }
  }

  get #hasMore(): boolean {
    return this.#outcomes.length > 0 || (this.#isPoked && !this.#signal.aborted);
  }

  /** Notes what has ended and begins what is due. */
  async #goOn(): Promise<void> {
    const outcomes = this.#outcomes.splice(0);
    const isOtherwise = this.#isOtherwise;
    this.#isOtherwise = false;
    const begins = this.#isPoked && !this.#signal.aborted;
    this.#isPoked = false;
    const room = begins ? await this.#room() : [];
    const claims = await settleAndClaim(this.#environment, { outcomes, room });
    if (isOtherwise) this.#known = null;
    for (const claim of claims) {
      const endpoint = room.find(({ endpoint: { id } }) => id === claim.endpoint)?.endpoint;
      if (endpoint) this.#send(claim, endpoint);
    }
    // There may be as many again.
    if (claims.length > 0) this.#isPoked = true;
  }

  async #room(): Promise<readonly Room[]> {
    const all = await this.#endpoints();
    const share = Math.max(1, Math.floor((mostInAll - this.#inAll) / Math.max(all.length, 1)));
    return all.map((endpoint) => {
      const underWay = this.#underWay.get(endpoint.id) ?? 0;
      // One always has room, however slow all others are.
      const most = underWay === 0 ? share : Math.min(share, mostInAll - this.#inAll);
      return { endpoint, underWay, most: Math.min(most, mostAtOnce - underWay) };
    });
  }

  /** As they were a moment ago. */
  async #endpoints(): Promise<readonly Endpoint[]> {
    if (this.#known && performance.now() - this.#known.at < knownMilliseconds) return this.#known.endpoints;
    const at = performance.now();
    this.#isPoked = false;
    const endpoints = await enabledEndpoints(this.#environment);
    // Unless somebody has come meanwhile, who may know of another.
    if (!this.#isPoked) this.#known = { at, endpoints };
    return endpoints;
  }

  #send(claim: Claim, endpoint: Endpoint): void {
    this.#inAll += 1;
    this.#underWay.set(endpoint.id, (this.#underWay.get(endpoint.id) ?? 0) + 1);
    const at = new Date().toISOString();
    const began = performance.now();
    this.#attempt(claim, endpoint)
      .catch((error: unknown) => {
        logDefect("An event could not be sent.", error, { environment: this.#environment.spec.id });
        return failed("internal", "Something went wrong on our side.");
      })
      .then((result) => {
        this.#inAll -= 1;
        this.#underWay.set(endpoint.id, (this.#underWay.get(endpoint.id) ?? 1) - 1);
        // Broken off by the end of the runtime: no attempt of the receiver's. The next runtime takes it up.
        if (this.#signal.aborted && !result.isTaken) {
          this.#broken.push(claim);
          return this.#wake?.();
        }
        const { status, excerpt } = result;
        const milliseconds = Math.round(performance.now() - began);
        noteAttempt(this.#environment, { claim, endpoint, isTaken: result.isTaken });
        if (result.isTaken !== (endpoint.failingSince === null)) this.#isOtherwise = true;
        this.#outcomes.push({ claim, result, attempt: { at, milliseconds, status, excerpt } });
        // There is room for another, and the next of its line may go.
        this.#goOnSoon();
      });
  }

  async #attempt(claim: Claim, endpoint: Endpoint) {
    const sink = await this.#sinkOf(endpoint);
    return await sink.send(claim, this.#signal);
  }

  async #sinkOf({ id, url, secrets }: Endpoint): Promise<EventSink> {
    const key = JSON.stringify([url, secrets]);
    const open = this.#sinks.get(id);
    if (open?.key === key) return open.sink;
    const sink = await openSink({ url, secrets, allow: this.#environment.spec.egress?.allow ?? [] });
    const other = this.#sinks.get(id);
    // Somebody else was quicker.
    if (other?.key === key) return other.sink;
    this.#sinks.set(id, { key, sink });
    await other?.sink.close();
    return sink;
  }

  async #something(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    if (!this.#isPoked && this.#outcomes.length === 0) await promise;
    this.#wake = null;
  }

  async #sweep(): Promise<void> {
    const { database } = this.#environment;
    if (Date.now() - (sweptAt.get(database) ?? 0) < sweepMilliseconds) return;
    sweptAt.set(database, Date.now());
    await sweepDeliveries(database);
  }
}

interface Attempted {
  readonly claim: Claim;
  readonly endpoint: Endpoint;
  readonly isTaken: boolean;
}

/** For figures and logs, where a receiver is known by its host: addresses may hold passwords. */
function noteAttempt({ telemetry }: Environment, { claim, endpoint, isTaken }: Attempted): void {
  const host = URL.canParse(endpoint.url) ? new URL(endpoint.url).host : "";
  telemetry.count("gantry.deliveries", { "gantry.endpoint": host, "gantry.outcome": isTaken ? "ok" : "failed" });
  if (isTaken || claim.attempts + 1 < mostAttempts) return;
  telemetry.tell({
    severity: "error",
    scope: "delivery",
    body: `A delivery of ${claim.type} to ${host} was given up after ${mostAttempts} attempts.`,
    attributes: { "gantry.endpoint": host, "gantry.event": claim.id, "gantry.event_type": claim.type },
  });
}
