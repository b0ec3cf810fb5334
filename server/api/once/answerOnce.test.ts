import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiRequests } from "#db/schema/apiRequests.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import type { Answer } from "../Answer.ts";
import { answerOnce, sweepRequests } from "./answerOnce.ts";

let plane: TestControlPlane;
let tokenId: string;
beforeAll(async () => {
  plane = await testControlPlane();
  const ada = await plane.person("Ada");
  tokenId = (await plane.caller(ada.user).tokens.create({ name: "CI" })).id;
});
afterAll(() => plane[Symbol.asyncDispose]());

const made: Answer = { status: 201, headers: { location: "/there" }, body: '{"apiKey":"a secret"}' };

const once = (key: string, work: () => Promise<Answer>, request = "POST /a\n{}") =>
  answerOnce(plane.db, { tokenId, key, request }, work);

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error);

test("the work is done once, and its answer given again as it was", async () => {
  let times = 0;
  const work = async () => {
    times += 1;
    return made;
  };
  expect(await once("one", work)).toEqual(made);
  const again = await once("one", work);
  expect(again).toEqual({ ...made, headers: { ...made.headers, "idempotent-replayed": "true" } });
  expect(times).toBe(1);
  const rows = await plane.db.execute(sql`select api_requests::text as row from api_requests`);
  expect(JSON.stringify(rows)).not.toMatch(/a secret|"one"/);
});

test("of many at the same moment one does the work, and the others hear that it is under way", async () => {
  const gate = Promise.withResolvers<Answer>();
  const begun = Promise.withResolvers<void>();
  const first = once("storm", () => {
    begun.resolve();
    return gate.promise;
  });
  await begun.promise;
  const others = await Promise.allSettled(Array.from({ length: 8 }, () => once("storm", async () => made)));
  for (const other of others) expect(other.status === "rejected" && codeOf(other.reason)).toBe("request_in_flight");
  gate.resolve(made);
  expect(await first).toEqual(made);
});

test("a key is good for one request only, and for one token", async () => {
  await once("mine", async () => made);
  const other = once("mine", async () => made, "POST /b\n{}");
  await expect(other.catch(codeOf)).resolves.toBe("idempotency_key_reused");
  const eve = await plane.person("Eve");
  const theirs = (await plane.caller(eve.user).tokens.create({ name: "CI" })).id;
  const fresh = await answerOnce(plane.db, { tokenId: theirs, key: "mine", request: "POST /b\n{}" }, async () => made);
  expect(fresh).toEqual(made);
});

test("what was refused changed nothing, so the key is free again", async () => {
  const refused: Answer = { status: 422, headers: {}, body: "{}" };
  expect(await once("mended", async () => refused)).toEqual(refused);
  expect(await once("mended", async () => made, "POST /a\nmended")).toEqual(made);
});

test("what a process that died has begun is never done a second time", async () => {
  const died = once("died", () => new Promise(() => {}));
  died.catch(() => {});
  while (!(await isBegun("died"))) await new Promise((resolve) => setImmediate(resolve));
  await plane.db.update(apiRequests).set({ workedOnUntil: sql`now() - interval '1 second'` });
  await expect(once("died", async () => made).catch(codeOf)).resolves.toBe("conflict");
});

test("after a day a key is free, and answers are forgotten", async () => {
  await once("old", async () => made);
  await plane.db.update(apiRequests).set({ createdAt: sql`now() - interval '25 hours'` });
  let times = 0;
  await once("old", async () => {
    times += 1;
    return made;
  });
  expect(times).toBe(1);
  await sweepRequests(plane.db);
  expect(await plane.db.$count(apiRequests)).toBe(1);
});

test.each(["", " ", "a b", "ü", "x".repeat(256)])("%j is no key", async (key) => {
  await expect(once(key, async () => made).catch(codeOf)).resolves.toBe("invalid_request");
});

async function isBegun(_key: string): Promise<boolean> {
  const open = await plane.db.$count(apiRequests, sql`status is null`);
  return open > 0;
}
