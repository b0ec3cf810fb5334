import { afterEach, beforeAll, expect, test } from "vitest";
import { testSettings } from "#tests/support/settings.ts";
import { stageOf } from "./debt.ts";
import { isBilled } from "./meterUsage.ts";
import { planOfPrice } from "./prices.ts";
import { paidSeats } from "./seats.ts";
import { stripeAddress } from "./stripeAddress.ts";
import { customerIn } from "./webhook.ts";

beforeAll(() => {
  Object.assign(process.env, testSettings());
});
afterEach(() => {
  delete process.env.STRIPE_API_URL;
});

test.each([
  [{ lookup_key: "gantry_team_month", metadata: {} }, "team"],
  [{ lookup_key: "gantry_enterprise_year", metadata: {} }, "enterprise"],
  // Another price has the key by now.
  [{ lookup_key: null, metadata: { gantry_plan: "business" } }, "business"],
  [{ lookup_key: "gantry_requests_month", metadata: {} }, null],
  [{ lookup_key: "other_team_month", metadata: {} }, null],
  [{ lookup_key: null, metadata: { gantry_plan: "platinum" } }, null],
])("the plan of a price with %j is %s", (price, plan) => {
  expect(planOfPrice(price)).toBe(plan);
});

test.each([
  ["https://checkout.stripe.com/c/pay/cs_1", true],
  ["https://billing.stripe.com/p/session/1", true],
  ["https://invoice.stripe.com/i/1", true],
  ["http://checkout.stripe.com/c/pay/cs_1", false],
  ["https://checkout.stripe.com.evil.example/", false],
  ["https://evilstripe.com/", false],
  ["https://stripe.com@evil.example/", false],
  ["https://user:word@checkout.stripe.com/", false],
  ["javascript:alert(1)//stripe.com", false],
  ["//checkout.stripe.com", false],
  ["", false],
])("people may be sent to %s: %s", (address, may) => {
  expect(stripeAddress(address)).toBe(may ? address : null);
});

const day = 24 * 60 * 60_000;
const pastDueSince = new Date("2026-11-01T00:00:00Z");

test.each([
  ["past_due", 0, "failed"],
  ["past_due", 10.9, "failed"],
  ["past_due", 11, "reminded"],
  ["past_due", 14, "ended"],
  ["unpaid", 1, "ended"],
  ["active", 20, null],
] as const)("a debt that is %s for %d days has gone as far as %s", (status, days, stage) => {
  expect(stageOf({ status, pastDueSince }, pastDueSince.getTime() + days * day)).toBe(stage);
});

test("seats that were paid count in their own period only", () => {
  expect(paidSeats({ gantry_paid_seats: "1700000000:5" }, 1_700_000_000)).toBe(5);
  expect(paidSeats({ gantry_paid_seats: "1700000000:5" }, 1_800_000_000)).toBe(0);
  expect(paidSeats({ gantry_paid_seats: "five" }, 1_700_000_000)).toBe(0);
  expect(paidSeats({}, 1_700_000_000)).toBe(0);
});

test("requests are billed from the first whole month that is paid", () => {
  const at = (text: string) => Date.parse(text) / 1000;
  const subscription = { start_date: at("2026-11-10T08:00:00Z"), trial_end: at("2026-11-24T08:00:00Z") };
  expect(isBilled("2026-10", subscription)).toBe(false);
  expect(isBilled("2026-11", subscription)).toBe(false);
  expect(isBilled("2026-12", subscription)).toBe(true);
  expect(isBilled("2026-12", { ...subscription, trial_end: at("2026-12-01T00:00:01Z") })).toBe(false);
});

test("the customer of an event is found whatever the event is about", () => {
  const about = (object: object) => customerIn({ data: { object } } as Parameters<typeof customerIn>[0]);
  expect(about({ object: "customer", id: "cus_1" })).toBe("cus_1");
  expect(about({ object: "invoice", customer: "cus_2" })).toBe("cus_2");
  expect(about({ object: "invoice", customer: { id: "cus_3" } })).toBe("cus_3");
  expect(about({ object: "price", id: "price_1" })).toBeNull();
  expect(about({ object: "invoice", customer: null })).toBeNull();
});
