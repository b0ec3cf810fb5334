import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiKeys } from "#db/schema/apiKeys.ts";
import { metricPoints } from "#db/schema/telemetry.ts";
import { durationBounds } from "#lib/compile/Snapshot.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { operationTraffic } from "../service.ts";
import { anEnvironment, type TestEnvironment } from "../testing/anEnvironment.ts";
import { durationsDocument, gaugeDocument, tell } from "../testing/otlpRequests.ts";
import { requestFigures } from "./requestFigures.ts";
import { rollUpRequests } from "./rollUp.ts";

let control: TestControlPlane;
let place: TestEnvironment;
const minute = 60_000;
const now = new Date(Date.now() - (Date.now() % minute));

beforeAll(async () => {
  control = await testControlPlane();
  place = await anEnvironment(control);
});
afterAll(() => control[Symbol.asyncDispose]());

const figures = () => control.caller(place.user).telemetry.figures({ ...place.scope, range: "1h" });

test("an environment that was never asked has points without requests", async () => {
  const { requests, slowest, marks } = await figures();
  expect(requests.points).toHaveLength(60);
  expect(requests.total).toEqual({ requests: 0, errors: 0, refused: 0, p50: null, p95: null, p99: null });
  expect([slowest, marks]).toEqual([[], []]);
});

test("percentiles are within the bucket of the exact ones", async () => {
  const sample = fc.array(fc.double({ min: 0.1, max: 12_000, noNaN: true }), { minLength: 1, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(sample, async (milliseconds) => {
      await control.db.delete(metricPoints);
      // Told by two runtimes.
      const middle = Math.ceil(milliseconds.length / 2);
      for (const [source, part] of [milliseconds.slice(0, middle), milliseconds.slice(middle)].entries()) {
        const given = { environmentId: place.environment.id, at: now, milliseconds: part, source: String(source) };
        await tell("metrics", durationsDocument(given));
      }
      const range = { from: now, until: new Date(now.getTime() + minute), step: minute };
      const [found] = await requestFigures(control.db, [place.environment.id], range);
      expect(found?.total.requests).toBe(milliseconds.length);
      const sorted = milliseconds.toSorted((a, b) => a - b);
      for (const [share, told] of [
        [0.5, found?.total.p50],
        [0.95, found?.total.p95],
        [0.99, found?.total.p99],
      ] as const) {
        const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
        const at = durationBounds.findIndex((bound) => exact <= bound);
        expect(told).toBeGreaterThanOrEqual(at < 0 ? (durationBounds.at(-1) ?? 0) : (durationBounds[at - 1] ?? 0));
        expect(told).toBeLessThanOrEqual(at < 0 ? (durationBounds.at(-1) ?? 0) : (durationBounds[at] ?? 0));
      }
    }),
    { seed: testSeed, numRuns: 40 },
  );
});

test("requests, errors and releases stand at their minutes; connections of runtimes add up, the database does not", async () => {
  await control.db.delete(metricPoints);
  const of = { environmentId: place.environment.id };
  const before = new Date(now.getTime() - 5 * minute);
  await tell("metrics", durationsDocument({ ...of, at: before, milliseconds: [5, 5, 5], release: 1 }));
  await tell("metrics", durationsDocument({ ...of, at: now, milliseconds: [7], release: 2 }));
  await tell("metrics", durationsDocument({ ...of, at: now, milliseconds: [9, 9], release: 2, status: "5xx" }));
  for (const source of ["one", "two"]) {
    await tell("metrics", gaugeDocument({ ...of, source, at: now, name: "db.client.connection.count", value: 4 }));
    await tell("metrics", gaugeDocument({ ...of, source, at: before, name: "gantry.database.size", value: 9000 }));
  }
  const { requests, gauges } = await figures();
  expect(requests.points.filter((point) => point.requests > 0)).toMatchObject([
    { at: before.getTime(), requests: 3, errors: 0 },
    { at: now.getTime(), requests: 3, errors: 2 },
  ]);
  expect(requests.releases.map(({ release, total }) => [release, total.requests, total.errors])).toEqual([
    [1, 3, 0],
    [2, 3, 2],
  ]);
  expect(gauges.at(-1)).toMatchObject({ at: now.getTime(), used: 4 + 4, databaseBytes: 9000 });
  const { environments } = await control.caller(place.user).telemetry.overview({ ...place.scope, range: "1h" });
  expect(environments).toMatchObject([{ name: "production", figures: { total: { requests: 6, errors: 2 } } }]);
});

test("charts of days are the same before and after hours are added up, and with what came late", async () => {
  await control.db.delete(metricPoints);
  const of = { environmentId: place.environment.id };
  for (const hours of [1, 2, 2.5, 30, 100]) {
    const at = new Date(now.getTime() - hours * 60 * minute);
    await tell("metrics", durationsDocument({ ...of, at, milliseconds: [5, 50, 500], source: String(hours) }));
    await tell("metrics", durationsDocument({ ...of, at, milliseconds: [9], status: "5xx" }));
  }
  const week = async () =>
    (await control.caller(place.user).telemetry.figures({ ...place.scope, range: "7d" })).requests;
  const before = await week();
  expect(before.total).toMatchObject({ requests: 20, errors: 5 });
  for (let times = 0; times < 2; times += 1) {
    await rollUpRequests(26 * 7);
    expect(await week()).toEqual(before);
  }
  const late = new Date(now.getTime() - 3 * 60 * minute);
  await tell("metrics", durationsDocument({ ...of, at: late, milliseconds: [1, 1], source: "late" }));
  await tell("metrics", durationsDocument({ ...of, at: now, milliseconds: [1] }));
  await rollUpRequests(26);
  expect((await week()).total).toMatchObject({ requests: 23, errors: 5 });
  await control.db.delete(metricPoints);
});

test("traffic tells operations with their callers by name", async () => {
  const [key] = await control.db
    .insert(apiKeys)
    .values({ environmentId: place.environment.id, name: "Shop front", prefix: "gk_1", hash: "h" })
    .returning();
  const call = (caller: string, status: string, count: number) => ({
    attributes: Object.entries({
      "gantry.protocol": "rest",
      "gantry.resource": "Order",
      "gantry.action": "read",
      "gantry.caller": caller,
      "http.response.status_class": status,
    }).map(([name, value]) => ({ key: name, value: { stringValue: value } })),
    startTimeUnixNano: `${now.getTime()}000000`,
    timeUnixNano: `${now.getTime()}000000`,
    asInt: String(count),
  });
  const dataPoints = [call(key?.id ?? "", "2xx", 5), call(key?.id ?? "", "5xx", 1), call("anonymous", "4xx", 2)];
  const document = structuredClone(
    gaugeDocument({ environmentId: place.environment.id, at: now, name: "gantry.operation.calls", value: 0 }),
  ) as { resourceMetrics: { scopeMetrics: { metrics: object[] }[] }[] };
  const [metrics] = document.resourceMetrics[0]?.scopeMetrics ?? [];
  metrics?.metrics.splice(0, 1, {
    name: "gantry.operation.calls",
    sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints },
  });
  expect(await (await tell("metrics", document)).json()).toEqual({});
  expect(await operationTraffic(place.environment.id, { days: 7 })).toEqual([
    {
      protocol: "rest",
      resource: "Order",
      action: "read",
      requests: 8,
      errors: 1,
      lastAt: now,
      callers: [
        { kind: "key", name: "Shop front", requests: 6, errors: 1 },
        { kind: "anonymous", name: null, requests: 2, errors: 0 },
      ],
    },
  ]);
});
