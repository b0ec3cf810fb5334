import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { organisations } from "#db/schema/organisations.ts";
import { endSubscription } from "./endSubscription.ts";
import { reconcile } from "./reconcile.ts";
import { startBilling, type TestBilling } from "./testing/startBilling.ts";

let billing: TestBilling;
beforeAll(async () => {
  billing = await startBilling();
});
afterAll(() => billing[Symbol.asyncDispose]());

test("an organisation that is deleted pays no more, and is asked for nothing", async () => {
  const abe = await billing.payer("Abe");
  const subscription = await billing.subscriptionOf(abe);
  await endSubscription(abe.id);
  await endSubscription(abe.id);
  expect(billing.stripe.state.subscription(subscription.id)).toMatchObject({ status: "canceled" });
  expect(await abe.row()).toMatchObject({ status: "canceled" });
  // What was paid beforehand is credit.
  expect(billing.stripe.state.customer((await abe.row()).customerId).balance).toBeLessThan(0);
});

test("nothing is found where nothing is wrong", async () => {
  await reconcile();
  expect(await reconcile()).toEqual([]);
});

test("drift, doubles, orphans and customers that are not known are found and mended", async () => {
  const bea = await billing.payer("Bea");
  const cal = await billing.payer("Cal");
  const dot = await billing.payer("Dot");
  const eve = await billing.payer("Eve");
  const { state } = billing.stripe;
  // Changed behind everybody's back, without an event.
  Object.assign(await billing.subscriptionOf(bea), { status: "past_due" });
  const double = structuredClone(await billing.subscriptionOf(cal));
  const ids = { id: state.id("sub"), created: double.created + 1 };
  state.data.subscriptions.set(ids.id, { ...double, ...ids, items: { ...double.items, data: double.items.data } });
  const orphan = await billing.subscriptionOf(dot);
  await billing.plane.db.delete(organisations).where(eq(organisations.id, dot.id));
  const { customerId } = await eve.row();
  await billing.plane.db.execute(`delete from subscriptions where customer_id = '${customerId}'`);
  const found = await reconcile();
  expect(found).toEqual(
    expect.arrayContaining([
      { kind: "drift", organisationId: bea.id, detail: "status, pastDueSince" },
      { kind: "double", organisationId: cal.id, detail: ids.id },
      { kind: "orphan", organisationId: null, detail: expect.stringContaining(orphan.id) },
      { kind: "adopted", organisationId: eve.id, detail: customerId },
    ]),
  );
  expect(found).toHaveLength(4);
  expect(await bea.row()).toMatchObject({ status: "past_due" });
  expect(state.subscription(ids.id)).toMatchObject({ status: "canceled" });
  expect(state.subscription(orphan.id)).toMatchObject({ status: "canceled" });
  expect(await eve.row()).toMatchObject({ plan: "team", status: "active" });
  await billing.stripe.settled();
  expect(await reconcile()).toEqual([]);
});

test("a subscription of another installation on the same account is left alone", async () => {
  const fay = await billing.payer("Fay");
  const subscription = await billing.subscriptionOf(fay);
  Object.assign(subscription.metadata, { gantry_installation: "elsewhere.example" });
  await billing.plane.db.delete(organisations).where(eq(organisations.id, fay.id));
  expect(await reconcile()).toEqual([]);
  expect(subscription.status).toBe("active");
});
