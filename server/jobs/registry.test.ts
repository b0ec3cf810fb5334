import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { testSettings } from "#tests/support/settings.ts";
import { inngest } from "./client.ts";
import { startTestApplication, type TestApplication } from "./contract/TestApplication.ts";
import { Application } from "./embedded/Application.ts";
import { readFunction } from "./embedded/JobFunction.ts";
import * as events from "./events.ts";
import { functions } from "./registry.ts";

/*
 * What every function has to keep to, so that our own driver and an Inngest server, self-hosted or in the cloud, run it
 * alike. The limits are Inngest's (docs/operations/jobs.md). The functions are asked for as engines ask for them.
 */

const most = { triggers: 10, concurrencyLimits: 2, cancellations: 5, retries: 20, eventName: 256 };

const concurrencyLimit = z.strictObject({
  limit: z.int().min(1),
  // A path: both engines read it alike, whatever they know of CEL.
  key: z
    .string()
    .regex(/^event\.data\.[a-zA-Z]+$/)
    .optional(),
});

/** Strict: settings that our own driver refuses, or that mean something else there, are not used at all. */
const configSchema = z.strictObject({
  id: z.string().regex(/^gantry-[a-z][a-z-]{0,60}$/),
  name: z.string().min(1).max(200),
  triggers: z
    .array(
      z.union([
        z.strictObject({
          event: z
            .string()
            .regex(/^(?:[a-z]+\/[a-zA-Z]+|inngest\/function\.failed)$/)
            .max(most.eventName),
          expression: z.string().optional(),
        }),
        // Five fields without names or time zones, which schedules of the two read differently where clocks change.
        z.strictObject({ cron: z.string().regex(/^(?:[\d*/,-]+ ){4}[\d*/,-]+$/) }),
      ]),
    )
    .min(1)
    .max(most.triggers),
  steps: z.strictObject({
    step: z.looseObject({
      retries: z.strictObject({ attempts: z.int().min(0).max(most.retries) }).optional(),
    }),
  }),
  concurrency: z
    .union([z.int().min(1), concurrencyLimit, z.array(concurrencyLimit).max(most.concurrencyLimits)])
    .optional(),
});

let application: TestApplication;
let configs: readonly { readonly id: string }[];
beforeAll(async () => {
  const settings = testSettings();
  inngest.setEnvVars(settings);
  application = await startTestApplication(inngest, functions);
  const engine = new Application(application.url, settings.INNGEST_SIGNING_KEY ?? "");
  configs = await engine.functions(AbortSignal.timeout(20_000));
  engine.close();
});
afterAll(() => application[Symbol.asyncDispose]());

test("functions have names of their own, and each is served", () => {
  const ids = configs.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(configs.filter((config) => !isFailureHandler(config))).toHaveLength(functions.length);
});

test("each is run alike by every engine", () => {
  for (const config of configs) {
    const { issues } = configSchema.safeParse(isFailureHandler(config) ? withoutCondition(config) : config).error ?? {};
    expect({ id: config.id, issues }).toEqual({ id: config.id, issues: undefined });
    expect(() => readFunction(config)).not.toThrow();
  }
});

function isFailureHandler({ id }: { readonly id: string }): boolean {
  return id.endsWith("-failure");
}

/** The SDK writes the condition of a failure handler itself. */
function withoutCondition(config: object): object {
  const { triggers, ...rest } = config as { readonly triggers: readonly { readonly event: string }[] };
  return { ...rest, triggers: triggers.map(({ event }) => ({ event })) };
}

// Events are held to 512 KB by Inngest's cloud and its servers, and ours lie in a table: what they are about is looked up.
describe.each(Object.entries(events))("the event of %s", (_, event) => {
  test("says only what it is about", () => {
    const { properties = {} } = z.toJSONSchema(event.schema as z.ZodType) as { properties?: Record<string, object> };
    const told = Object.values(properties).map((property) => JSON.stringify(property));
    expect(told.filter((text) => /"(?:object|array)"/.test(text))).toEqual([]);
    expect(Object.keys(properties).length).toBeLessThanOrEqual(8);
  });
});
