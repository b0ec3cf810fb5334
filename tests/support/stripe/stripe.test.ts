import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { laterRefusedCard } from "./objects.ts";
import { type StripeServer, startStripe } from "./startStripe.ts";

// What the tests of billing lean on: that the server behaves as Stripe does where it matters to them.
let server: StripeServer;
let stripe: Stripe;
beforeEach(async () => {
  server = await startStripe();
  const { hostname: host, port } = new URL(server.url);
  stripe = new Stripe(server.key, { host, port, protocol: "http", telemetry: false, maxNetworkRetries: 2 });
});
afterEach(() => server[Symbol.asyncDispose]());

async function subscriber(): Promise<{ readonly customer: string; readonly subscription: Stripe.Subscription }> {
  const { id: customer } = await stripe.customers.create({ email: "ada@example.com" });
  const { data } = await stripe.prices.list({ lookup_keys: ["gantry_team_month"] });
  const session = await stripe.checkout.sessions.create({
    ...{ mode: "subscription", customer, success_url: "http://localhost/{CHECKOUT_SESSION_ID}" },
    line_items: [{ price: data[0]?.id ?? "", quantity: 2 }],
  });
  expect(server.pay(session.url ?? "")).toBe(`http://localhost/${session.id}`);
  const [subscription] = (await stripe.subscriptions.list({ customer })).data;
  if (!subscription) throw new Error("Nothing was subscribed to.");
  return { customer, subscription };
}

test("a key gives the same answer again, and refuses another request", async () => {
  const options = { idempotencyKey: "one" };
  const first = await stripe.customers.create({ email: "ada@example.com" }, options);
  const again = await stripe.customers.create({ email: "ada@example.com" }, options);
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
  await expect(stripe.customers.create({ email: "bo@example.com" }, options)).rejects.toMatchObject({
    type: "StripeIdempotencyError",
  });
  server.loseAnswers(1);
  await stripe.customers.create({ email: "cy@example.com" });
  expect(server.state.data.customers.size).toBe(2);
});

test("lists come in pages, the newest first, and ids become objects where that is asked for", async () => {
  for (let n = 0; n < 5; n += 1) {
    const { id: customer } = await stripe.customers.create({ name: `No ${n}` });
    await stripe.checkout.sessions.create({ mode: "subscription", customer, success_url: "http://localhost/" });
  }
  const all = await stripe.checkout.sessions.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
  expect(new Set(all.map(({ id }) => id)).size).toBe(5);
  expect(server.calls.filter((call) => call === "GET /v1/checkout/sessions")).toHaveLength(3);
  const { customer } = await subscriber();
  const expand = ["data.default_payment_method", "data.latest_invoice"];
  const [subscription] = (await stripe.subscriptions.list({ customer, expand })).data;
  expect(subscription?.default_payment_method).toMatchObject({ card: { last4: "4242" } });
  expect(subscription?.latest_invoice).toMatchObject({ status: "paid", total: 4000 });
});

test("what is wrong is refused in Stripe's own form", async () => {
  const isMissing = { type: "StripeInvalidRequestError", code: "resource_missing", statusCode: 404 };
  await expect(stripe.subscriptions.retrieve("sub_none")).rejects.toMatchObject(isMissing);
  const unknown = { nonsense: "1" } as Stripe.CustomerCreateParams;
  await expect(stripe.customers.create(unknown)).rejects.toMatchObject({
    code: "parameter_unknown",
    param: "nonsense",
  });
  const stranger = new Stripe("sk_test_other", { ...hostOf(server), maxNetworkRetries: 0 });
  await expect(stranger.customers.create({})).rejects.toMatchObject({ type: "StripeAuthenticationError" });
  const { customer } = await subscriber();
  server.giveCard(customer, laterRefusedCard);
  server.advance({ days: 32 });
  const [open] = (await stripe.invoices.list({ customer, status: "open" })).data;
  await expect(stripe.invoices.pay(open?.id ?? "")).rejects.toMatchObject({ type: "StripeCardError" });
});

test("time goes by as at Stripe: periods, tries of a payment, and what becomes of it", async () => {
  const { customer, subscription } = await subscriber();
  server.advance({ days: 65 });
  const paid = await stripe.invoices.list({ customer });
  expect(paid.data.map(({ status }) => status)).toEqual(["paid", "paid", "paid"]);
  server.giveCard(customer, laterRefusedCard);
  server.advance({ days: 31 });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
  server.advance({ days: 16 });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("unpaid");
  const [open] = (await stripe.invoices.list({ customer, status: "open" })).data;
  expect(open).toMatchObject({ attempt_count: 4, next_payment_attempt: null });
  server.giveCard(customer, "4242424242424242");
  await stripe.invoices.pay(open?.id ?? "");
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
});

test("half of a period costs half, and a change that is not paid leaves nothing behind", async () => {
  const { customer, subscription } = await subscriber();
  const [item] = subscription.items.data;
  if (!item) throw new Error("There is no item.");
  const middle = (item.current_period_start + item.current_period_end) / 2;
  const change = {
    items: [{ id: item.id, quantity: 4 }],
    proration_behavior: "always_invoice" as const,
    proration_date: middle,
  };
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id, subscription_details: change });
  expect(preview.total).toBe(2000);
  expect((await stripe.invoices.list({ customer })).data).toHaveLength(1);
  server.giveCard(customer, laterRefusedCard);
  const update = stripe.subscriptions.update(subscription.id, { ...change, payment_behavior: "error_if_incomplete" });
  await expect(update).rejects.toMatchObject({ type: "StripeCardError", code: "card_declined" });
  expect((await stripe.invoices.list({ customer })).data).toHaveLength(1);
  expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.quantity).toBe(2);
});

test("events are signed, and told again until they are taken", async () => {
  const taken: string[] = [];
  let refused = 0;
  const endpoint = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const event = stripe.webhooks.constructEvent(
      Buffer.concat(chunks),
      request.headers["stripe-signature"] ?? "",
      "whsec_test",
    );
    refused += 1;
    if (refused > 2) taken.push(event.type);
    response.writeHead(refused > 2 ? 200 : 500).end();
  });
  endpoint.listen(0, "127.0.0.1");
  await once(endpoint, "listening");
  server.tellTo({ url: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`, secret: "whsec_test" });
  await stripe.customers.create({ email: "ada@example.com" });
  await server.settled();
  expect(taken).toEqual(["customer.created"]);
  endpoint.closeAllConnections();
  await new Promise((resolve) => endpoint.close(resolve));
});

function hostOf({ url }: StripeServer) {
  const { hostname: host, port } = new URL(url);
  return { host, port, protocol: "http" as const };
}
