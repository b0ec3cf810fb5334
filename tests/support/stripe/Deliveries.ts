import Stripe from "stripe";

const mostTries = 8;
const firstWait = 20;

export interface Endpoint {
  readonly url: string;
  readonly secret: string;
}

/** Tells an endpoint of events: signed, each until it is taken, none waiting for another. */
export class Deliveries {
  readonly #endpoint: Endpoint;
  readonly #open = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  tell(event: Stripe.Event): void {
    const delivery = this.#deliver(event).finally(() => this.#open.delete(delivery));
    this.#open.add(delivery);
  }

  /** Once all that was told has been taken or given up. */
  async settled(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.settled();
  }

  async #deliver(event: Stripe.Event): Promise<void> {
    const body = JSON.stringify(event);
    for (let tried = 0; tried < mostTries && !this.#stopping.signal.aborted; tried += 1) {
      if (tried > 0) await new Promise((resolve) => setTimeout(resolve, firstWait * 2 ** tried));
      if (await this.#send(body)) return;
    }
  }

  async #send(body: string): Promise<boolean> {
    const { url, secret } = this.#endpoint;
    try {
      const { ok } = await fetch(url, {
        ...{ method: "POST", body, signal: this.#stopping.signal, redirect: "manual" },
        headers: { "content-type": "application/json", "stripe-signature": signature(body, secret) },
      });
      return ok;
    } catch {
      return false;
    }
  }
}

/** What the header `Stripe-Signature` says, at this or another moment. */
export function signature(payload: string, secret: string, timestamp: number = Math.floor(Date.now() / 1000)): string {
  return signer.webhooks.generateTestHeaderString({ payload, secret, timestamp });
}

const signer = new Stripe("sk_test_none");
