import fc from "fast-check";
import { expect, test } from "vitest";
import { durationBounds } from "#lib/compile/Snapshot.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { Durations } from "./Durations.ts";
import { EnvironmentTelemetry } from "./EnvironmentTelemetry.ts";
import { EnvironmentTotals } from "./EnvironmentTotals.ts";
import type { LogRecord } from "./LogRecord.ts";
import { Operations } from "./Operation.ts";
import { Sighting } from "./Sighting.ts";
import { Telemetry } from "./Telemetry.ts";

const operations = new Operations();
const operation = operations.of("rest", "Order", "read");

function counted(now = 0) {
  const telemetry = new Telemetry(now);
  const records: LogRecord[] = [];
  telemetry.read({ ended: () => {}, record: (record) => records.push(record) });
  const environment = new EnvironmentTelemetry(telemetry, { environment: "one", release: 1, label: "shop" });
  const request = (status: number, milliseconds: number) =>
    environment.request(
      { sighting: new Sighting(), operation, status, milliseconds, isChange: false, bytes: 0 },
      operations,
    );
  return { telemetry, records, request };
}

test("a duration is counted in the first bucket whose bound it does not exceed", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.double({ min: 0, max: 20_000, noNaN: true }), fc.constantFrom(...durationBounds)),
      (one) => {
        const durations = new Durations();
        durations.add(one);
        const place = durationBounds.findIndex((bound) => one <= bound);
        expect(durations.buckets.indexOf(1)).toBe(place < 0 ? durationBounds.length : place);
      },
    ),
    { seed: testSeed },
  );
});

test("the slowest five of a minute are told when it ends", () => {
  const { telemetry, records, request } = counted();
  for (const milliseconds of [5, 90, 1, 70, 60, 3, 80, 50, 2]) request(200, milliseconds);
  expect(records).toEqual([]);
  telemetry.turn(61_000);
  expect(records.map(({ attributes }) => attributes["gantry.duration_ms"])).toEqual([50, 60, 70, 80, 90]);
});

test("of an environment that fails all the time only so much is logged in a minute", () => {
  const { telemetry, records, request } = counted();
  for (let at = 0; at < 1000; at += 1) request(500, 1);
  expect(records).toHaveLength(60);
  expect(records.at(-1)?.body).toContain("only counted");
  telemetry.turn(60_000);
  request(500, 1);
  expect(records.filter(({ scope }) => scope === "request")).toHaveLength(61);
});

test("Prometheus is told sums that only grow, over the end of minutes", () => {
  const { telemetry, request } = counted();
  const totals = new EnvironmentTotals(telemetry);
  const line = (name: string) => totals.print().find((one) => one.startsWith(name));
  request(200, 4);
  telemetry.turn(60_000);
  request(200, 2000);
  request(503, 1);
  const shop = 'environment="shop"';
  expect(line("gantry_environment_requests_total{")).toBe(`gantry_environment_requests_total{${shop},status="2xx"} 2`);
  expect(line(`gantry_environment_request_seconds_bucket{${shop},le="0.005"}`)).toMatch(/ 2$/);
  expect(line(`gantry_environment_request_seconds_count{${shop}}`)).toMatch(/ 3$/);
  telemetry.turn(120_000);
  expect(line(`gantry_environment_request_seconds_sum{${shop}}`)).toMatch(/ 2\.005$/);
});

test("use is what was answered, by whether it was to change something, and every byte", () => {
  const telemetry = new Telemetry(0);
  const environment = new EnvironmentTelemetry(telemetry, { environment: "one", release: 1, label: "shop" });
  const asked = (status: number, isChange: boolean) =>
    environment.request(
      { sighting: new Sighting(), operation, status, milliseconds: 1, isChange, bytes: 10 },
      operations,
    );
  for (const status of [200, 304, 404, 422]) asked(status, false);
  for (const status of [201, 204, 409]) asked(status, true);
  for (const status of [401, 402, 429, 499, 500, 503]) asked(status, status % 2 === 0);
  environment.use("mails", 3);
  environment.use("functionCalls");
  const usage = { reads: 4, writes: 3, bytesOut: 130, mails: 3, functionCalls: 1, processRuns: 0 };
  expect(telemetry.current).toMatchObject([{ usage }]);
});
