import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memberships } from "#db/schema/organisations.ts";
import { keepMissized } from "./jobs/keepAllSeats.ts";
import { startBilling, type TestBilling, type TestCustomer } from "./testing/startBilling.ts";

let billing: TestBilling;
beforeAll(async () => {
  billing = await startBilling();
});
afterAll(() => billing[Symbol.asyncDispose]());

async function addMembers(customer: TestCustomer, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const { user } = await billing.plane.person(`${name} ${customer.slug}`);
    ids.push(user.id);
    await billing.plane.db.insert(memberships).values({ organisationId: customer.id, userId: user.id, role: "viewer" });
  }
  return ids;
}

test("more are paid from now on, fewer from the next period, and a seat that is paid is not paid again", async () => {
  const ned = await billing.payer("Ned");
  const [oscar = "", peg = ""] = await addMembers(ned, ["Oscar", "Peg"]);
  await keepMissized();
  expect(await ned.row()).toMatchObject({ seats: 3 });
  const { id } = await billing.subscriptionOf(ned);
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
  const ted = await billing.payer("Ted");
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
  expect((await billing.subscriptionOf(ted)).items.data[0]).toMatchObject({ quantity: 3 });
});
