import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { planOf } from "../plans/service.ts";
import { endSubscription } from "./endSubscription.ts";
import { startBilling, type TestBilling } from "./testing/startBilling.ts";

let billing: TestBilling;
beforeAll(async () => {
  billing = await startBilling();
});
afterAll(() => billing[Symbol.asyncDispose]());

test("a plan is tried, then paid, and ends as was asked, all by what Stripe tells", async () => {
  const ada = await billing.buyer("Ada");
  const { organisation } = { organisation: ada.slug };
  expect(await ada.row()).toMatchObject({ plan: "team", status: "trialing", seats: 1, interval: "month" });
  expect(await planOf(billing.plane.db, ada.id)).toMatchObject({ name: "team", by: "trial" });
  billing.stripe.advance({ days: 15 });
  await billing.stripe.settled();
  expect(await ada.row()).toMatchObject({ status: "active" });
  const { invoices, paymentMethod, nextInvoice } = await ada.caller.billing.account({ organisation });
  expect(paymentMethod).toEqual({ brand: "visa", last4: "4242" });
  // 20 euros and 19 per cent.
  expect(invoices.map(({ total, status }) => [total, status])).toEqual([
    [2380, "paid"],
    [0, "paid"],
  ]);
  expect(nextInvoice).toMatchObject({ total: 2380, currency: "eur", usage: 0 });
  await ada.caller.billing.cancel({ organisation });
  expect(await ada.row()).toMatchObject({ status: "active", cancelsAtPeriodEnd: true });
  await ada.caller.billing.resume({ organisation });
  expect(await ada.row()).toMatchObject({ cancelsAtPeriodEnd: false });
  await ada.caller.billing.cancel({ organisation });
  billing.stripe.advance({ days: 32 });
  await billing.stripe.settled();
  expect(await ada.row()).toMatchObject({ status: "canceled", cancelsAtPeriodEnd: false });
  expect(await planOf(billing.plane.db, ada.id)).toMatchObject({ name: "free", by: "installation" });
  const actions = await billing.plane.db
    .select({ action: auditEntries.action })
    .from(auditEntries)
    .where(eq(auditEntries.organisationId, ada.id));
  expect(actions.filter(({ action }) => action === "billing.changed").length).toBeGreaterThanOrEqual(4);
});

test("nobody tries twice", async () => {
  const bo = await billing.buyer("Bo");
  expect(await bo.caller.billing.get({ organisation: bo.slug })).toMatchObject({ trialDays: 0 });
  await endSubscription(bo.id);
  const { url } = await bo.caller.billing.checkout({ organisation: bo.slug, plan: "team", interval: "month" });
  billing.stripe.pay(url);
  await billing.stripe.settled();
  expect(await bo.row()).toMatchObject({ status: "active", trialEndsAt: null });
});

test("many who begin at once get one customer, and one session that can be paid", async () => {
  const cy = await billing.customer("Cy");
  const input = { organisation: cy.slug, plan: "team", interval: "year" } as const;
  const begun = await Promise.all([1, 2, 3, 4].map(() => cy.caller.billing.checkout(input)));
  const { customers, sessions } = billing.stripe.state.data;
  const theirs = [...customers.values()].filter(
    (customer) => "metadata" in customer && customer.metadata.gantry_organisation === cy.id,
  );
  expect(theirs).toHaveLength(1);
  const open = begun.filter(({ url }) => sessions.get(url.split("/").at(-1) ?? "")?.status === "open");
  expect(open).toHaveLength(1);
});

test("who comes back from paying need not wait for what Stripe tells", async () => {
  const di = await billing.customer("Di");
  const input = { organisation: di.slug, plan: "business", interval: "month" } as const;
  const { url } = await di.caller.billing.checkout(input);
  const session = url.split("/").at(-1) ?? "";
  expect(await di.caller.billing.finishCheckout({ organisation: di.slug, session })).toEqual({ state: "open" });
  const back = billing.stripe.pay(url);
  expect(back).toMatch(new RegExp(`^http://localhost:3000/${di.slug}/settings/plan\\?checkout=${session}$`));
  // At the same time as the webhooks of the same payment.
  const answers = await Promise.all(
    [1, 2, 3].map(() => di.caller.billing.finishCheckout({ organisation: di.slug, session })),
  );
  expect(answers).toEqual([{ state: "paid" }, { state: "paid" }, { state: "paid" }]);
  await billing.stripe.settled();
  expect(await di.row()).toMatchObject({ plan: "business", status: "trialing" });
  await expect(di.caller.billing.checkout(input)).rejects.toThrow(/has a subscription already/);
  const eli = await billing.buyer("Eli");
  const stolen = eli.caller.billing.finishCheckout({ organisation: eli.slug, session });
  await expect(stolen).rejects.toThrow(/another organisation/);
});

test("a customer whose making was cut off is made once", async () => {
  const flo = await billing.customer("Flo");
  // The SDK asks again with the same key.
  await flo.caller.billing.offers({ organisation: flo.slug });
  billing.stripe.loseAnswers(1);
  await flo.caller.billing.checkout({ organisation: flo.slug, plan: "team", interval: "month" });
  const theirs = [...billing.stripe.state.data.customers.values()].filter(
    (customer) => "metadata" in customer && customer.metadata.gantry_organisation === flo.id,
  );
  expect(theirs).toHaveLength(1);
});

test("promotion codes, VAT and a VAT ID are Stripe's to count, and come out on the invoice", async () => {
  const gil = await billing.customer("Gil");
  const { url } = await gil.caller.billing.checkout({ organisation: gil.slug, plan: "team", interval: "year" });
  billing.stripe.pay(url, { country: "FR", taxId: "FR12345678901", promotionCode: "HALF" });
  billing.stripe.advance({ days: 15 });
  await billing.stripe.settled();
  const { invoices } = await gil.caller.billing.account({ organisation: gil.slug });
  expect(invoices[0]).toMatchObject({ total: 10_000, status: "paid" });
});

test("a price that is not there can be told from one that is", async () => {
  const hal = await billing.customer("Hal");
  const offers = await hal.caller.billing.offers({ organisation: hal.slug });
  expect(offers).toContainEqual({
    ...{ plan: "team", interval: "month", currency: "eur", seat: 2000, thousandRequests: 2 },
  });
  expect(offers).toHaveLength(4);
});
