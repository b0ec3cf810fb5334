import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { meterReports } from "#db/schema/meterReports.ts";
import { plans } from "#lib/plans/plans.ts";
import { meterUsage } from "./meterUsage.ts";
import { startBilling, type TestBilling } from "./testing/startBilling.ts";

let billing: TestBilling;
beforeAll(async () => {
  billing = await startBilling();
});
afterAll(() => billing[Symbol.asyncDispose]());

const day = 24 * 60 * 60_000;
const included = plans.team.limits.requestsPerMonth ?? 0;
const month = "2099-01";

test("are counted once, however often and interrupted they are told", async () => {
  const xia = await billing.payer("Xia");
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
  const una = await billing.payer("Una", "business");
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
  const yan = await billing.payer("Yan");
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
