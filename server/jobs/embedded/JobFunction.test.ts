import { expect, test } from "vitest";
import { keys, startTestApplication, testClient } from "../contract/TestApplication.ts";
import { Application } from "./Application.ts";
import { readFunction } from "./JobFunction.ts";

const config = { id: "app-f", name: "f", triggers: [{ event: "e" }], steps: { step: {} } };

test("reads what the SDK says of a function", async () => {
  const client = testClient(() => "http://127.0.0.1:1");
  const job = client.createFunction(
    {
      id: "f",
      retries: 2,
      triggers: [{ event: "e", if: "event.data.x == 1" }, { cron: "0 4 * * *" }],
      concurrency: [
        { limit: 1, key: "event.data.k" },
        { limit: 5, scope: "env", key: '"all"' },
      ],
      cancelOn: [{ event: "stop", match: "data.x", timeout: "1h" }],
    },
    () => {},
  );
  await using served = await startTestApplication(client, [job]);
  const application = new Application(served.url, keys.signingKey);
  const [said] = await application.functions(AbortSignal.timeout(10_000));
  application.close();
  const read = readFunction(said);
  expect(read).toMatchObject({
    id: "contract-f",
    maxAttempts: 3,
    cancellations: [{ event: "stop", within: 3_600_000 }],
  });
  const event = { id: "1", name: "e", data: { x: 1, k: "k1" }, ts: 0 };
  expect(read.triggers[0]?.matches(null, event)).toBe(true);
  expect(read.concurrencyOf(event)).toEqual({ 'contract-f:event.data.k:"k1"': 1, 'env:"all":"all"': 5 });
  expect(read.schedules).toHaveLength(1);
});

test("refuses by name what it would not do as meant", () => {
  expect(() => readFunction({ ...config, debounce: { period: "5s" } })).toThrow(/debounce/);
  expect(() => readFunction({ ...config, triggers: [{ event: "e", expression: "f()" }] })).toThrow(/f\(\)/);
  expect(() => readFunction({ ...config, triggers: [{ cron: "often" }] })).toThrow(/often/);
});
