import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rateLimits } from "#db/schema/rateLimits.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { answering } from "./answering.ts";
import { allowances, limitOf, type Purpose } from "./limits.ts";
import { countTry } from "./rateLimit.ts";

const purposes = Object.keys(allowances) as Purpose[];
const server = new URL("../", import.meta.url);

let plane: TestControlPlane;
let sources: string;
beforeAll(async () => {
  plane = await testControlPlane();
  const files = (await readdir(server, { recursive: true })).filter(
    (file) => file.endsWith(".ts") && !/\.test\.ts$|^runtime\/|^http\/(?:limits|rateLimit)\.ts$/.test(file),
  );
  sources = (await Promise.all(files.map((file) => readFile(new URL(file, server), "utf8")))).join("\n");
});
afterAll(() => plane[Symbol.asyncDispose]());

test("limits have their numbers in one table", () => {
  expect(sources).not.toMatch(/windowSeconds:/);
});

describe.each(purposes)("%s", (purpose) => {
  const { limit, windowSeconds } = allowances[purpose];

  test("is counted somewhere", () => {
    expect(sources).toContain(`"${purpose}"`);
  });

  test("lets through so many, then answers 429 with Retry-After, to that subject alone", async () => {
    const handle = answering(async (request: Request) => {
      await countTry(plane.db, [limitOf(purpose, request.headers.get("subject") ?? "")]);
      return new Response(null, { status: 204 });
    });
    const send = (subject: string) => handle(new Request("http://localhost/", { headers: { subject } }));
    expect((await send("ada")).status).toBe(204);
    // All but the last of what is left, at once.
    await plane.db.update(rateLimits).set({ count: limit - 1 });
    if (limit > 1) expect((await send("ada")).status).toBe(204);
    else await plane.db.update(rateLimits).set({ count: 1 });
    const refused = await send("ada");
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(windowSeconds);
    expect(await refused.json()).toMatchObject({ code: "rate_limited", status: 429 });
    expect((await send("eve")).status).toBe(204);
    await plane.db.delete(rateLimits);
  });
});
