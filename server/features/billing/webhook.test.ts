import { eq } from "drizzle-orm";
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stripeEvents } from "#db/schema/stripeEvents.ts";
import { subscriptions } from "#db/schema/subscriptions.ts";
import { Random } from "#tests/support/Random.ts";
import { signature } from "#tests/support/stripe/Deliveries.ts";
import { laterRefusedCard } from "#tests/support/stripe/objects.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { reconcile } from "./reconcile.ts";
import { startBilling, type TestBilling, type TestCustomer, webhookSecrets } from "./testing/startBilling.ts";
import { customerIn, handleStripeWebhook } from "./webhook.ts";

// Nothing is told by itself: these tests deliver events as badly as they like.
let billing: TestBilling;
beforeAll(async () => {
  billing = await startBilling({ tells: false });
});
afterAll(() => billing[Symbol.asyncDispose]());

interface Sent {
  readonly secret?: string;
  readonly at?: number;
  readonly header?: string;
}

async function send(event: object | string, { secret = webhookSecrets[1], at, header }: Sent = {}): Promise<Response> {
  const body = typeof event === "string" ? event : JSON.stringify(event);
  const signed = header ?? signature(body, secret, at);
  const headers = { "stripe-signature": signed, "content-type": "application/json" };
  return await handleStripeWebhook(
    new Request("http://localhost/api/stripe/webhook", { method: "POST", headers, body }),
  );
}

async function buyer(name: string): Promise<TestCustomer> {
  const customer = await billing.customer(name);
  const { url } = await customer.caller.billing.checkout({
    organisation: customer.slug,
    plan: "team",
    interval: "month",
  });
  billing.stripe.pay(url);
  return customer;
}

const allEvents = (): readonly Stripe.Event[] => billing.stripe.state.data.events;
const lastEvent = (type: string): Stripe.Event => {
  const event = allEvents().findLast((candidate) => candidate.type === type);
  if (!event) throw new Error(`There is no event ${type}.`);
  return event;
};

async function rowOf(event: { readonly id: string }) {
  const [row] = await billing.plane.db.select().from(stripeEvents).where(eq(stripeEvents.id, event.id));
  return row;
}

test("an event is believed by either secret, and by no other, nor when it is old, changed or unsigned", async () => {
  const ada = await buyer("Ada");
  const event = lastEvent("checkout.session.completed");
  const now = Math.floor(Date.now() / 1000);
  expect((await send(event, { secret: "whsec_stolen" })).status).toBe(400);
  expect((await send(event, { at: now - 3600 })).status).toBe(400);
  expect((await send(event, { header: "" })).status).toBe(400);
  const changed = signature(JSON.stringify(event), webhookSecrets[1]);
  expect((await send({ ...event, type: "invoice.paid" }, { header: changed })).status).toBe(400);
  expect((await send("not json")).status).toBe(400);
  expect((await send(`"${"x".repeat(2 << 20)}"`)).status).toBe(413);
  expect(await rowOf(event)).toBeUndefined();
  expect(await ada.row()).toMatchObject({ status: null });
  expect((await send(event, { secret: webhookSecrets[0] })).status).toBe(200);
  expect(await ada.row()).toMatchObject({ status: "trialing" });
});

test("the same event is worked off once; what nobody knows is taken and left", async () => {
  await buyer("Bo");
  const event = lastEvent("checkout.session.completed");
  expect((await send(event)).status).toBe(200);
  const asked = billing.stripe.calls.length;
  expect((await send(event)).status).toBe(200);
  expect(billing.stripe.calls.length).toBe(asked);
  const unknown = { ...event, id: "evt_unknown", type: "some.thing_new" };
  expect((await send(unknown)).status).toBe(200);
  expect(billing.stripe.calls.length).toBe(asked);
  expect(await rowOf(unknown)).toMatchObject({ type: "some.thing_new", processedAt: expect.any(Date) });
  const stranger = { ...event, id: "evt_stranger", data: { object: { object: "invoice", customer: "cus_stranger" } } };
  expect((await send(stranger)).status).toBe(200);
});

test("what fails is told again, and worked off then", async () => {
  const cy = await buyer("Cy");
  const event = lastEvent("checkout.session.completed");
  billing.stripe.fail(3);
  const failed = await send(event);
  expect(failed.status).toBe(500);
  expect(await failed.text()).not.toMatch(/stripe/i);
  expect(await rowOf(event)).toMatchObject({ processedAt: null });
  expect(await cy.row()).toMatchObject({ status: null });
  expect((await send(event)).status).toBe(200);
  expect(await rowOf(event)).toMatchObject({ processedAt: expect.any(Date) });
  expect(await cy.row()).toMatchObject({ status: "trialing" });
});

test("a burst of events costs a few readings and keeps no connections", async () => {
  const di = await buyer("Di");
  const event = lastEvent("checkout.session.completed");
  const asked = billing.stripe.calls.length;
  const burst = Array.from({ length: 40 }, (_, index) => send({ ...event, id: `evt_burst_${index}` }));
  const answers = await Promise.all([...burst, billing.plane.db.execute("select 1")]);
  expect(answers.slice(0, 40).every((answer) => "status" in answer && answer.status === 200)).toBe(true);
  expect(billing.stripe.calls.length - asked).toBeLessThan(20);
  expect(await di.row()).toMatchObject({ status: "trialing" });
});

test("a customer whose organisation has not noted it yet is found by what it carries", async () => {
  const eli = await buyer("Eli");
  const { customerId } = await eli.row();
  await billing.plane.db.delete(subscriptions).where(eq(subscriptions.customerId, customerId));
  expect((await send(lastEvent("checkout.session.completed"))).status).toBe(200);
  expect(await eli.row()).toMatchObject({ customerId, status: "trialing" });
});

/** What an organisation's row says, without when it was read. */
async function stateOf(customer: TestCustomer) {
  const { readAt: _, ...state } = await customer.row();
  return state;
}

test("events in any order, twice, late and not at all end where a reconciliation ends", {
  timeout: 120_000,
}, async () => {
  console.info(`seed ${testSeed}`);
  const random = new Random(testSeed);
  const customers: TestCustomer[] = [];
  for (let round = 0; round < 5; round += 1) {
    const customer = await buyer(`Round ${round}`);
    customers.push(customer);
    const { customerId } = await customer.row();
    const told = () => allEvents().filter((event) => customerIn(event) === customerId);
    const answers: Promise<Response>[] = [];
    for (let step = 0; step < 7; step += 1) {
      happen(customerId, random);
      // Any that were told so far, while life goes on: the same ones again, the newest before the oldest.
      for (let n = random.below(4); n > 0; n -= 1) answers.push(send(random.pick(told())));
      if (random.chance(50)) await answers.at(-1);
    }
    for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
  }
  const byEvents: unknown[] = [];
  for (const customer of customers) {
    const { customerId } = await customer.row();
    // In the end one comes in any case, whichever: without any, only the reconciliation tells.
    const event = random.pick(allEvents().filter((candidate) => customerIn(candidate) === customerId));
    expect((await send({ ...event, id: `evt_last_${customerId}` })).status).toBe(200);
    byEvents.push(await stateOf(customer));
  }
  const theirs = new Set<string | null>(customers.map(({ id }) => id));
  const found = (await reconcile()).filter(({ organisationId }) => theirs.has(organisationId));
  expect(found, `seed ${testSeed}`).toEqual([]);
  expect(await Promise.all(customers.map(stateOf))).toEqual(byEvents);
  for (const customer of customers) {
    const { subscriptionId, status } = await customer.row();
    expect(status).toBe(billing.stripe.state.subscription(subscriptionId ?? "").status);
    seen.add(status);
  }
  // Else the lives would be too quiet to show anything.
  expect(seen.size).toBeGreaterThan(1);
});

const seen = new Set<string | null>();

/** One of the things that happen to a subscription. */
function happen(customerId: string, random: Random): void {
  const { stripe } = billing;
  const subscription = [...stripe.state.data.subscriptions.values()].find(({ customer }) => customer === customerId);
  const dice = random.below(6);
  if (dice === 0) stripe.giveCard(customerId, laterRefusedCard);
  else if (dice === 1) stripe.giveCard(customerId, "4242424242424242");
  else if (dice === 2 && subscription && random.chance(30)) subscription.cancel_at_period_end = true;
  else stripe.advance({ days: 1 + random.below(25) });
}
