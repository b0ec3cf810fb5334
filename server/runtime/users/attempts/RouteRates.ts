import { Admission } from "../../http/limits/Admission.ts";
import { RateGate } from "../../http/limits/RateGate.ts";

/** What kind of load a route is: `guess` may try secrets, `mail` sends mails. */
export type RouteRate = "guess" | "mail" | "usual";

/** What one network may ask in this process, whatever the app's own rates are. Many people may share a network. */
const rates: Readonly<Record<RouteRate, { readonly requests: number; readonly seconds: number }>> = {
  guess: { requests: 60, seconds: 60 },
  mail: { requests: 30, seconds: 600 },
  usual: { requests: 600, seconds: 60 },
};

export class RouteRates {
  readonly #gates = new Map<RouteRate, RateGate>();

  /** Counts a request of a network address; throws RateLimitError where it is one too many. */
  charge(rate: RouteRate, address: string): void {
    const gate = this.#gates.get(rate) ?? new RateGate(`auth-${rate}`, rates[rate]);
    this.#gates.set(rate, gate);
    const now = performance.now();
    new Admission([gate], [gate.bucket(address, now)]).charge(1, now);
  }
}
