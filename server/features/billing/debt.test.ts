import { afterAll, beforeAll, expect, test } from "vitest";
import { laterRefusedCard } from "#tests/support/stripe/objects.ts";
import { planOf } from "../plans/service.ts";
import { tellOfDebt } from "./debt.ts";
import { startBilling, type TestBilling } from "./testing/startBilling.ts";

let billing: TestBilling;
beforeAll(async () => {
  billing = await startBilling();
});
afterAll(() => billing[Symbol.asyncDispose]());

const day = 24 * 60 * 60_000;

test("those who pay are told three times, the plan stays for the grace, and a payment brings all back", async () => {
  const zoe = await billing.payer("Zoe");
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
  const open = (await billing.invoicesOf(zoe)).find((invoice) => invoice.status === "open");
  const paid = await fetch(open?.hosted_invoice_url ?? "", { method: "POST", redirect: "manual" });
  expect(paid.status).toBe(303);
  await billing.stripe.settled();
  expect(await zoe.row()).toMatchObject({ status: "active", pastDueSince: null, toldOfDebt: null });
  expect(await planOf(billing.plane.db, zoe.id)).toMatchObject({ name: "team", by: "subscription" });
});
