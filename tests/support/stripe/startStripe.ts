import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { completeSession, type Payment } from "./checkout.ts";
import { advance } from "./clock.ts";
import { Deliveries, type Endpoint } from "./Deliveries.ts";
import { expanded } from "./expand.ts";
import { type Form, parseForm } from "./form.ts";
import { makeCard, makeCoupon, makePrice } from "./objects.ts";
import { pages } from "./pages.ts";
import { words } from "./readForm.ts";
import { routes } from "./routes.ts";
import { State } from "./State.ts";
import { invalid, StripeFailure } from "./StripeFailure.ts";

export interface StripeServer extends AsyncDisposable {
  readonly url: string;
  /** The key that it takes. */
  readonly key: string;
  readonly state: State;
  /** What it was asked, in order: `POST /v1/customers`. */
  readonly calls: readonly string[];
  /** Somebody pays on the page of checkout; answers where the browser goes. */
  pay(sessionUrl: string, payment?: Partial<Payment>): string;
  /** Gives a customer another card. */
  giveCard(customer: string, number: string): void;
  /** Lets time go by. */
  advance(time: { readonly days: number }): void;
  /** So many of the next calls are done, but their answers are lost. */
  loseAnswers(count: number): void;
  /** So many of the next calls are not done and answered 500. */
  fail(count: number): void;
  /** From now on events are told there. */
  tellTo(endpoint: Endpoint): void;
  /** Once all that was told has been taken. */
  settled(): Promise<void>;
}

/**
 * A server that speaks the part of Stripe's API that the product uses, on a port of its own: stateful, with a clock
 * that can be moved on, with pages to pay on, and with webhooks. It is talked to through Stripe's own SDK alone.
 */
export async function startStripe(port = 0): Promise<StripeServer> {
  const state = new State();
  const key = "sk_test_local";
  const calls: string[] = [];
  const answers = new Map<string, { readonly asked: string; readonly status: number; readonly body: string }>();
  const faults = { lost: 0, failing: 0 };
  let deliveries: Deliveries | undefined;
  let told = 0;
  sell(state);

  /** Events are told once the change that they are of is done. */
  function tellNew(): void {
    const { events } = state.data;
    for (const event of events.slice(told)) deliveries?.tell(event);
    told = events.length;
  }

  const doing = <Result>(work: () => Result): Result => {
    const result = state.wholly(work);
    tellNew();
    return result;
  };

  function answerCall(method: string, path: string, form: Form): { readonly status: number; readonly body: string } {
    try {
      if (faults.failing > 0) {
        faults.failing -= 1;
        throw new StripeFailure(500, { type: "api_error", message: "Something went wrong on our end." });
      }
      const { handler, id } = find(routes, method, path);
      const answer = doing(() => handler({ state, id, form }));
      return { status: 200, body: JSON.stringify(expanded(state, answer, words(form.expand))) };
    } catch (error) {
      if (!(error instanceof StripeFailure)) throw error;
      return { status: error.status, body: JSON.stringify(error.body) };
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    const { pathname, search } = new URL(url, "http://stripe.invalid");
    const body = await read(request);
    const form = parseForm(method === "GET" || method === "DELETE" ? search.slice(1) || body : body);
    if (!pathname.startsWith("/v1/")) return showPage(response, { method, path: pathname, form });
    calls.push(`${method} ${pathname}`);
    const requestId = `req_${calls.length}`;
    const head = { "content-type": "application/json", "request-id": requestId };
    if (headers.authorization !== `Bearer ${key}`) {
      const error = { type: "invalid_request_error", message: "Invalid API Key provided." };
      response.writeHead(401, head).end(JSON.stringify({ error }));
      return;
    }
    const idempotencyKey = headers["idempotency-key"];
    const asked = `${method} ${pathname} ${body}`;
    const before = typeof idempotencyKey === "string" ? answers.get(idempotencyKey) : undefined;
    if (before && before.asked !== asked) {
      const message = "Keys for idempotent requests can only be used with the same parameters.";
      response.writeHead(400, head).end(JSON.stringify({ error: { type: "idempotency_error", message } }));
      return;
    }
    const answer = before ?? answerCall(method, pathname, form);
    if (typeof idempotencyKey === "string" && answer.status < 500) answers.set(idempotencyKey, { asked, ...answer });
    if (faults.lost > 0) {
      faults.lost -= 1;
      request.socket.destroy();
      return;
    }
    const again = before ? { "idempotent-replayed": "true" } : {};
    response.writeHead(answer.status, { ...head, ...again }).end(answer.body);
  }

  function showPage(response: ServerResponse, asked: { method: string; path: string; form: Form }): void {
    const html = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
    try {
      const { handler, id } = find(pages, asked.method, asked.path);
      const page = doing(() => handler({ state, id, form: asked.form }));
      if ("to" in page) response.writeHead(303, { location: page.to }).end();
      else response.writeHead(200, html).end(page.html);
    } catch (error) {
      if (!(error instanceof StripeFailure)) throw error;
      response
        .writeHead(error.status, html)
        .end(`<!doctype html><title>Refused</title><p role="alert">${error.message}</p>`);
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const message = error instanceof StripeFailure ? error.message : `The local Stripe server failed: ${error}`;
      const status = error instanceof StripeFailure ? error.status : 501;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { type: "invalid_request_error", message } }));
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...{ url: state.url, key, state, calls },
    pay(sessionUrl, payment = {}) {
      const id = new URL(sessionUrl).pathname.split("/").at(-1) ?? "";
      return doing(() => completeSession(state, id, { card: "4242424242424242", country: "DE", ...payment }));
    },
    giveCard(customer, number) {
      doing(() => {
        const { id } = makeCard(state, customer, number);
        for (const subscription of state.data.subscriptions.values()) {
          if (subscription.customer === customer) subscription.default_payment_method = id;
        }
      });
    },
    advance({ days }) {
      doing(() => advance(state, days * 24 * 60 * 60));
    },
    loseAnswers(count) {
      faults.lost = count;
    },
    fail(count) {
      faults.failing = count;
    },
    tellTo(endpoint) {
      deliveries = new Deliveries(endpoint);
    },
    settled: async () => await deliveries?.settled(),
    async [Symbol.asyncDispose]() {
      await deliveries?.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The prices that the docs tell one to set up. */
function sell(state: State): void {
  const seats = { team: { month: 2000, year: 20_000 }, business: { month: 5000, year: 50_000 } };
  for (const [plan, { month, year }] of Object.entries(seats)) {
    makePrice(state, { key: `gantry_${plan}_month`, amount: month, interval: "month" });
    makePrice(state, { key: `gantry_${plan}_year`, amount: year, interval: "year" });
  }
  for (const interval of ["month", "year"] as const) {
    makePrice(state, { key: `gantry_requests_${interval}`, amount: 2, interval, each: 1000 });
  }
  makeCoupon(state, { percent: 50, code: "HALF" });
}

/** `/v1/customers/cus_1` fits `/v1/customers/:id`; what is written out comes first. */
function find<Handler>(table: Readonly<Record<string, Handler>>, method: string, path: string) {
  const exact = table[`${method} ${path}`];
  if (exact) return { handler: exact, id: "" };
  for (const [pattern, handler] of Object.entries(table)) {
    const [, id] = new RegExp(`^${pattern.replace(":id", "([A-Za-z0-9_]+)")}$`).exec(`${method} ${path}`) ?? [];
    if (id !== undefined) return { handler, id };
  }
  throw invalid(`Unrecognized request URL (${method}: ${path}).`, "resource_missing");
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
