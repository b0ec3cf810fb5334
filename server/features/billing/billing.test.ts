import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { meterReports } from "#db/schema/meterReports.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { plans } from "#lib/plans/plans.ts";
import { laterRefusedCard } from "#tests/support/stripe/objects.ts";
import { planOf } from "../plans/service.ts";
import { tellOfDebt } from "./debt.ts";
import { endSubscription } from "./endSubscription.ts";
import { keepMissized } from "./jobs/keepAllSeats.ts";
import { meterUsage } from "./meterUsage.ts";
import { reconcile } from "./reconcile.ts";
import { startBilling, type TestBilling, type TestCustomer } from "./testing/startBilling.ts";

let billing: TestBilling;
beforeAll(async () => {
  billing = await startBilling();
});
afterAll(() => billing[Symbol.asyncDispose]());

const day = 24 * 60 * 60_000;

/** An organisation that has bought a plan, in its trial. */
async function buyer(name: string, plan: "team" | "business" = "team"): Promise<TestCustomer> {
  const customer = await billing.customer(name);
  const { url } = await customer.caller.billing.checkout({ organisation: customer.slug, plan, interval: "month" });
  billing.stripe.pay(url);
  await billing.stripe.settled();
  return customer;
}

/** The same after its trial. */
async function payer(name: string, plan: "team" | "business" = "team"): Promise<TestCustomer> {
  const customer = await buyer(name, plan);
  billing.stripe.advance({ days: 15 });
  await billing.stripe.settled();
  return customer;
}

async function addMembers(customer: TestCustomer, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const { user } = await billing.plane.person(`${name} ${customer.slug}`);
    ids.push(user.id);
    await billing.plane.db.insert(memberships).values({ organisationId: customer.id, userId: user.id, role: "viewer" });
  }
  return ids;
}

const subscriptionOf = async (customer: TestCustomer) =>
  billing.stripe.state.subscription((await customer.row()).subscriptionId ?? "");

const invoicesOf = async (customer: TestCustomer) => {
  const { customerId } = await customer.row();
  return [...billing.stripe.state.data.invoices.values()].filter((invoice) => invoice.customer === customerId);
};

describe("buying", () => {
  test("a plan is tried, then paid, and ends as was asked, all by what Stripe tells", async () => {
    const ada = await buyer("Ada");
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
    const bo = await buyer("Bo");
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
    const eli = await buyer("Eli");
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
});

describe("changing", () => {
  const toBusiness = (from: "team" | "business", prorationDate: number) =>
    ({ plan: "business", interval: "month", from: { plan: from, interval: "month" }, prorationDate }) as const;

  test("what a change costs is what the preview has said", async () => {
    const ivy = await payer("Ivy");
    const organisation = ivy.slug;
    const preview = await ivy.caller.billing.preview({ organisation, plan: "business", interval: "month" });
    expect(preview.at).toBe("once");
    expect(preview.lines).toHaveLength(2);
    await ivy.caller.billing.change({ organisation, ...toBusiness("team", preview.prorationDate) });
    expect(await ivy.row()).toMatchObject({ plan: "business", status: "active" });
    expect((await invoicesOf(ivy)).at(-1)).toMatchObject({ total: preview.total, status: "paid" });
  });

  test("of changes at the same time one is done, and the others are told so", async () => {
    const jo = await payer("Jo");
    const organisation = jo.slug;
    const { prorationDate } = await jo.caller.billing.preview({ organisation, plan: "business", interval: "month" });
    const before = (await invoicesOf(jo)).length;
    const done = await Promise.allSettled(
      [1, 2, 3].map(() => jo.caller.billing.change({ organisation, ...toBusiness("team", prorationDate) })),
    );
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect((await invoicesOf(jo)).length).toBe(before + 1);
  });

  test("a change that is not paid does not happen", async () => {
    const kit = await payer("Kit");
    const organisation = kit.slug;
    billing.stripe.giveCard((await kit.row()).customerId, laterRefusedCard);
    const { prorationDate } = await kit.caller.billing.preview({ organisation, plan: "business", interval: "month" });
    const change = kit.caller.billing.change({ organisation, ...toBusiness("team", prorationDate) });
    await expect(change).rejects.toThrow(/did not go through/);
    expect(await kit.row()).toMatchObject({ plan: "team", status: "active" });
    expect(await subscriptionOf(kit)).toMatchObject({ status: "active" });
  });

  test("a smaller plan is credited to the next invoice; a year begins at once", async () => {
    const lu = await payer("Lu", "business");
    const organisation = lu.slug;
    const smaller = await lu.caller.billing.preview({ organisation, plan: "team", interval: "month" });
    expect(smaller.at).toBe("next");
    const from = { plan: "business", interval: "month" } as const;
    const paid = (await invoicesOf(lu)).length;
    const { prorationDate } = smaller;
    await lu.caller.billing.change({ organisation, plan: "team", interval: "month", from, prorationDate });
    expect((await invoicesOf(lu)).length).toBe(paid);
    const yearly = await lu.caller.billing.preview({ organisation, plan: "team", interval: "year" });
    expect(yearly.at).toBe("once");
    const input = { organisation, plan: "team", interval: "year", prorationDate: yearly.prorationDate } as const;
    await lu.caller.billing.change({ ...input, from: { plan: "team", interval: "month" } });
    expect(await lu.row()).toMatchObject({ plan: "team", interval: "year" });
    expect((await invoicesOf(lu)).at(-1)).toMatchObject({ total: yearly.total });
  });

  test("who is no customer is told what to do", async () => {
    const may = await billing.customer("May");
    const organisation = may.slug;
    await expect(may.caller.billing.cancel({ organisation })).rejects.toThrow(/has no subscription/);
    await expect(may.caller.billing.portal({ organisation })).rejects.toThrow(/choose a plan first/);
  });
});

describe("seats", () => {
  test("more are paid from now on, fewer from the next period, and a seat that is paid is not paid again", async () => {
    const ned = await payer("Ned");
    const [oscar = "", peg = ""] = await addMembers(ned, ["Oscar", "Peg"]);
    await keepMissized();
    expect(await ned.row()).toMatchObject({ seats: 3 });
    const { id } = await subscriptionOf(ned);
    const pending = () =>
      billing.stripe.state.data.pending
        .filter(({ subscription }) => subscription === id)
        .reduce((sum, { line }) => sum + line.amount, 0);
    const asked = pending();
    expect(asked).toBeGreaterThan(0);
    await billing.plane.db.delete(memberships).where(eq(memberships.userId, oscar));
    await billing.plane.db.delete(memberships).where(eq(memberships.userId, peg));
    await keepMissized();
    expect(await ned.row()).toMatchObject({ seats: 1 });
    expect(pending()).toBe(asked);
    // The seats are paid: who comes in their place costs nothing, only the one beyond.
    await addMembers(ned, ["Quin", "Rae"]);
    await keepMissized();
    expect(await ned.row()).toMatchObject({ seats: 3 });
    expect(pending()).toBe(asked);
    await addMembers(ned, ["Sid"]);
    await keepMissized();
    expect(await ned.row()).toMatchObject({ seats: 4 });
    expect(pending()).toBeGreaterThan(asked);
    expect(await keepMissized()).toBe(0);
  });

  test("cut off between the two steps, they come to the same end", async () => {
    const ted = await payer("Ted");
    const [una = ""] = await addMembers(ted, ["Una"]);
    await keepMissized();
    await billing.plane.db.delete(memberships).where(eq(memberships.userId, una));
    await keepMissized();
    await addMembers(ted, ["Vic", "Wyn"]);
    // The first step is done and its answer lost, and so are those of the repetitions.
    const { calls } = billing.stripe;
    const before = calls.length;
    billing.stripe.loseAnswers(5);
    await keepMissized();
    billing.stripe.loseAnswers(0);
    expect(calls.length).toBeGreaterThan(before);
    await keepMissized();
    expect(await ted.row()).toMatchObject({ seats: 3 });
    expect((await subscriptionOf(ted)).items.data[0]).toMatchObject({ quantity: 3 });
  });
});

describe("requests beyond the included ones", () => {
  const included = plans.team.limits.requestsPerMonth ?? 0;
  const month = "2099-01";

  test("are counted once, however often and interrupted they are told", async () => {
    const xia = await payer("Xia");
    await meterUsage(xia.id, { month, requests: included });
    await meterUsage(xia.id, { month, requests: included + 1500 });
    await meterUsage(xia.id, { month, requests: included + 1500 });
    // Told, and the answers lost for good.
    billing.stripe.loseAnswers(9);
    await expect(meterUsage(xia.id, { month, requests: included + 4000 })).rejects.toThrow();
    billing.stripe.loseAnswers(0);
    await meterUsage(xia.id, { month, requests: included + 4000 });
    await meterUsage(xia.id, { month, requests: included + 3000 });
    const { customerId } = await xia.row();
    const told = [...billing.stripe.state.data.meterEvents.values()].filter(({ customer }) => customer === customerId);
    expect(told.reduce((sum, { payload }) => sum + Number(payload.value), 0)).toBe(4000);
    const { nextInvoice } = await xia.caller.billing.account({ organisation: xia.slug });
    expect(nextInvoice?.usage).toBe(8);
  });

  test("of before it was paid, or that a larger plan of the same month has included, are not asked for", async () => {
    const una = await payer("Una", "business");
    const { customerId, interval } = await una.row();
    const told = () =>
      [...billing.stripe.state.data.meterEvents.values()].filter(({ customer }) => customer === customerId);
    await meterUsage(una.id, { month: "2026-01", requests: 10 * included ** 2 });
    await meterUsage(una.id, { month, requests: included * 2 });
    const { prorationDate } = await una.caller.billing.preview({ organisation: una.slug, plan: "team", interval });
    const from = { plan: "business", interval } as const;
    await una.caller.billing.change({ organisation: una.slug, plan: "team", interval, from, prorationDate });
    await meterUsage(una.id, { month, requests: included * 3 });
    expect(told()).toEqual([]);
    await meterUsage(una.id, { month: "2099-02", requests: included + 1 });
    expect(told().map(({ payload }) => payload.value)).toEqual(["1"]);
  });

  test("that nobody knows about after a day are not asked for", async () => {
    const yan = await payer("Yan");
    const { customerId } = await yan.row();
    const identifier = `${yan.id}:${month}:0`;
    const createdAt = new Date(Date.now() - 2 * day);
    await billing.plane.db
      .insert(meterReports)
      .values({ identifier, organisationId: yan.id, customerId, month, requests: 7, createdAt });
    await meterUsage(yan.id, { month, requests: included + 7 });
    const [report] = await billing.plane.db.select().from(meterReports).where(eq(meterReports.identifier, identifier));
    expect(report).toMatchObject({ sentAt: null, forgivenAt: expect.any(Date) });
    expect(billing.stripe.state.data.meterEvents.has(identifier)).toBe(false);
  });
});

describe("payments that fail", () => {
  test("those who pay are told three times, the plan stays for the grace, and a payment brings all back", async () => {
    const zoe = await payer("Zoe");
    const { customerId } = await zoe.row();
    billing.stripe.giveCard(customerId, laterRefusedCard);
    billing.stripe.advance({ days: 31 });
    await billing.stripe.settled();
    const { status, pastDueSince } = await zoe.row();
    expect(status).toBe("past_due");
    const since = pastDueSince?.getTime() ?? 0;
    const at = (days: number) => since + days * day;
    for (const days of [0, 0, 1, 11.5, 12]) await tellOfDebt(zoe.id, at(days));
    expect((await billing.mailsTo(zoe.email)).map(({ subject }) => subject)).toEqual([
      expect.stringContaining("did not go through"),
      expect.stringContaining("keeps Team until"),
    ]);
    expect(await tellOfDebt(zoe.id, at(14))).toBe(true);
    expect(await tellOfDebt(zoe.id, at(20))).toBe(false);
    const mails = await billing.mailsTo(zoe.email);
    expect(mails).toHaveLength(3);
    expect(mails.at(-1)?.text).toContain("Nothing was deleted");
    const shown = await zoe.caller.billing.get({ organisation: zoe.slug });
    expect(shown.subscription).toMatchObject({ status: "past_due", graceEndsAt: new Date(at(14)) });
    // Stripe tries four times in fifteen days, then gives up.
    billing.stripe.advance({ days: 16 });
    await billing.stripe.settled();
    expect(await zoe.row()).toMatchObject({ status: "unpaid", toldOfDebt: "ended" });
    expect(await planOf(billing.plane.db, zoe.id)).toMatchObject({ name: "free" });
    billing.stripe.giveCard(customerId, "4242424242424242");
    const open = (await invoicesOf(zoe)).find((invoice) => invoice.status === "open");
    const paid = await fetch(open?.hosted_invoice_url ?? "", { method: "POST", redirect: "manual" });
    expect(paid.status).toBe(303);
    await billing.stripe.settled();
    expect(await zoe.row()).toMatchObject({ status: "active", pastDueSince: null, toldOfDebt: null });
    expect(await planOf(billing.plane.db, zoe.id)).toMatchObject({ name: "team", by: "subscription" });
  });
});

describe("ending and reconciling", () => {
  test("an organisation that is deleted pays no more, and is asked for nothing", async () => {
    const abe = await payer("Abe");
    const subscription = await subscriptionOf(abe);
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
    const bea = await payer("Bea");
    const cal = await payer("Cal");
    const dot = await payer("Dot");
    const eve = await payer("Eve");
    const { state } = billing.stripe;
    // Changed behind everybody's back, without an event.
    Object.assign(await subscriptionOf(bea), { status: "past_due" });
    const double = structuredClone(await subscriptionOf(cal));
    const ids = { id: state.id("sub"), created: double.created + 1 };
    state.data.subscriptions.set(ids.id, { ...double, ...ids, items: { ...double.items, data: double.items.data } });
    const orphan = await subscriptionOf(dot);
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
    const fay = await payer("Fay");
    const subscription = await subscriptionOf(fay);
    Object.assign(subscription.metadata, { gantry_installation: "elsewhere.example" });
    await billing.plane.db.delete(organisations).where(eq(organisations.id, fay.id));
    expect(await reconcile()).toEqual([]);
    expect(subscription.status).toBe("active");
  });
});
