import { afterAll, beforeAll, expect, test } from "vitest";
import { laterRefusedCard } from "#tests/support/stripe/objects.ts";
import { startBilling, type TestBilling } from "./testing/startBilling.ts";

let billing: TestBilling;
beforeAll(async () => {
  billing = await startBilling();
});
afterAll(() => billing[Symbol.asyncDispose]());

const toBusiness = (from: "team" | "business", prorationDate: number) =>
  ({ plan: "business", interval: "month", from: { plan: from, interval: "month" }, prorationDate }) as const;

test("what a change costs is what the preview has said", async () => {
  const ivy = await billing.payer("Ivy");
  const organisation = ivy.slug;
  const preview = await ivy.caller.billing.preview({ organisation, plan: "business", interval: "month" });
  expect(preview.at).toBe("once");
  expect(preview.lines).toHaveLength(2);
  expect(preview.lines.reduce((sum, { amount }) => sum + amount, preview.tax)).toBe(preview.total);
  await ivy.caller.billing.change({ organisation, ...toBusiness("team", preview.prorationDate) });
  expect(await ivy.row()).toMatchObject({ plan: "business", status: "active" });
  expect((await billing.invoicesOf(ivy)).at(-1)).toMatchObject({ total: preview.total, status: "paid" });
});

test("of changes at the same time one is done, and the others are told so", async () => {
  const jo = await billing.payer("Jo");
  const organisation = jo.slug;
  const { prorationDate } = await jo.caller.billing.preview({ organisation, plan: "business", interval: "month" });
  const before = (await billing.invoicesOf(jo)).length;
  const done = await Promise.allSettled(
    [1, 2, 3].map(() => jo.caller.billing.change({ organisation, ...toBusiness("team", prorationDate) })),
  );
  expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  expect((await billing.invoicesOf(jo)).length).toBe(before + 1);
});

test("a preview says what a promotion code takes off", async () => {
  const ike = await billing.customer("Ike");
  const organisation = ike.slug;
  const { url } = await ike.caller.billing.checkout({ organisation, plan: "team", interval: "month" });
  billing.stripe.pay(url, { promotionCode: "HALF" });
  billing.stripe.advance({ days: 15 });
  await billing.stripe.settled();
  const preview = await ike.caller.billing.preview({ organisation, plan: "business", interval: "month" });
  const discount = preview.lines.find(({ description }) => description === "Discount");
  expect(discount?.amount).toBeLessThan(0);
  expect(preview.lines.reduce((sum, { amount }) => sum + amount, preview.tax)).toBe(preview.total);
});

test("nobody chooses the day from which a plan is paid", async () => {
  const jim = await billing.payer("Jim");
  const now = Math.floor(Date.now() / 1000);
  for (const date of [now - 3600, now + 600, 1]) {
    const change = jim.caller.billing.change({ organisation: jim.slug, ...toBusiness("team", date) });
    await expect(change).rejects.toThrow(/no longer what it costs/);
  }
  expect(await jim.row()).toMatchObject({ plan: "team" });
});

test("a change that is not paid does not happen", async () => {
  const kit = await billing.payer("Kit");
  const organisation = kit.slug;
  billing.stripe.giveCard((await kit.row()).customerId, laterRefusedCard);
  const { prorationDate } = await kit.caller.billing.preview({ organisation, plan: "business", interval: "month" });
  const change = kit.caller.billing.change({ organisation, ...toBusiness("team", prorationDate) });
  await expect(change).rejects.toThrow(/did not go through/);
  expect(await kit.row()).toMatchObject({ plan: "team", status: "active" });
  expect(await billing.subscriptionOf(kit)).toMatchObject({ status: "active" });
});

test("a smaller plan is credited to the next invoice; a year begins at once", async () => {
  const lu = await billing.payer("Lu", "business");
  const organisation = lu.slug;
  const smaller = await lu.caller.billing.preview({ organisation, plan: "team", interval: "month" });
  expect(smaller.at).toBe("next");
  const from = { plan: "business", interval: "month" } as const;
  const paid = (await billing.invoicesOf(lu)).length;
  const { prorationDate } = smaller;
  await lu.caller.billing.change({ organisation, plan: "team", interval: "month", from, prorationDate });
  expect((await billing.invoicesOf(lu)).length).toBe(paid);
  const yearly = await lu.caller.billing.preview({ organisation, plan: "team", interval: "year" });
  expect(yearly.at).toBe("once");
  const input = { organisation, plan: "team", interval: "year", prorationDate: yearly.prorationDate } as const;
  await lu.caller.billing.change({ ...input, from: { plan: "team", interval: "month" } });
  expect(await lu.row()).toMatchObject({ plan: "team", interval: "year" });
  expect((await billing.invoicesOf(lu)).at(-1)).toMatchObject({ total: yearly.total });
});

test("who is no customer is told what to do", async () => {
  const may = await billing.customer("May");
  const organisation = may.slug;
  await expect(may.caller.billing.cancel({ organisation })).rejects.toThrow(/has no subscription/);
  await expect(may.caller.billing.portal({ organisation })).rejects.toThrow(/choose a plan first/);
});
