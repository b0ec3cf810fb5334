import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rateLimits } from "#db/schema/rateLimits.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { RateLimitedError } from "./RateLimitedError.ts";
import type { Limit } from "./rateLimit.ts";
import { countTry, forgetTries, sweepRateLimits } from "./rateLimit.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await testControlPlane();
});
afterAll(() => plane[Symbol.asyncDispose]());

const limitOf = (subject: string, limit = 5): Limit => ({ purpose: "test", subject, limit, windowSeconds: 600 });

test("of many tries at the same moment exactly the limit pass", async () => {
  const tries = Array.from({ length: 60 }, () => countTry(plane.db, [limitOf("storm", 7)]));
  const outcomes = await Promise.allSettled(tries);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(RateLimitedError);
  }
});

test("requests that share limits in opposite order do not deadlock", async () => {
  const [one, other] = [limitOf("left", 1000), limitOf("right", 1000)];
  await Promise.all(
    Array.from({ length: 80 }, (_, at) => countTry(plane.db, at % 2 === 0 ? [one, other] : [other, one])),
  );
});

test("the refusal says how long to wait, never longer than the window", async () => {
  await countTry(plane.db, [limitOf("wait", 1)]);
  const refusal: unknown = await countTry(plane.db, [limitOf("wait", 1)]).catch((error: unknown) => error);
  if (!(refusal instanceof RateLimitedError)) throw new Error("The second try passed.");
  expect(refusal.code).toBe("rate_limited");
  expect(refusal.retryAfterSeconds).toBeGreaterThan(0);
  expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(600);
});

test("a window that is over starts anew, and the sweep takes only such", async () => {
  const [over, open] = [limitOf("over", 1), limitOf("open", 1)];
  await countTry(plane.db, [over]);
  await plane.db.update(rateLimits).set({ resetsAt: sql`now() - interval '1 second'` });
  await countTry(plane.db, [over]);
  await expect(countTry(plane.db, [over])).rejects.toBeInstanceOf(RateLimitedError);
  await countTry(plane.db, [open]);
  await plane.db.update(rateLimits).set({ resetsAt: sql`now() - interval '1 second'` }).where(eq(rateLimits.count, 2));
  await sweepRateLimits(plane.db);
  await countTry(plane.db, [over]);
  await expect(countTry(plane.db, [open])).rejects.toBeInstanceOf(RateLimitedError);
});

test("forgotten tries do not count, and the subject is stored only as a hash", async () => {
  const limit = limitOf("ada@example.com", 1);
  await countTry(plane.db, [limit]);
  await forgetTries(plane.db, [limit]);
  await countTry(plane.db, [limit]);
  const keys = await plane.db.select({ key: rateLimits.key }).from(rateLimits);
  expect(keys.every(({ key }) => /^test:[0-9a-f]{64}$/.test(key))).toBe(true);
});
