import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { logRecords, metricPoints } from "#db/schema/telemetry.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { onPlan } from "../../plans/testing/onPlan.ts";
import { topologyOf } from "../figures/topology.ts";
import { sweepPoints, sweepRecords } from "../jobs/sweepTelemetry.ts";
import { anEnvironment, type TestEnvironment } from "../testing/anEnvironment.ts";
import { logDocument, type SentRecord, tell } from "../testing/otlpRequests.ts";

let control: TestControlPlane;
let place: TestEnvironment;
const minute = 60_000;
const now = Date.now();

beforeAll(async () => {
  control = await testControlPlane();
  place = await anEnvironment(control);
});
afterAll(() => control[Symbol.asyncDispose]());
beforeEach(async () => {
  await control.db.delete(logRecords);
});

type Asked = Omit<
  Parameters<ReturnType<TestControlPlane["caller"]>["telemetry"]["logs"]>[0],
  "organisation" | "project"
>;

async function send(record: Partial<SentRecord> & Pick<SentRecord, "body">): Promise<string> {
  const id = randomUUID();
  await tell("logs", logDocument({ environmentId: place.environment.id, id, at: new Date(now), ...record }));
  return id;
}

const search = (asked: Asked = {}) => control.caller(place.user).telemetry.logs({ ...place.scope, ...asked });
const bodies = async (asked: Asked = {}) => (await search(asked)).entries.map(({ body }) => body);

test("records are found by words, how much they matter, part, time, release and trace", async () => {
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  await send({ body: "rest Order update failed with 500.", severityNumber: 17, traceId, release: 4 });
  await send({ body: "rest Order read took 1200 ms.", severityNumber: 13, at: new Date(now - 30 * minute) });
  await send({ body: "A run of Remind succeeded.", scope: "process", at: new Date(now - 90 * minute) });
  await send({ body: "rest Order update", scope: "slowest", severityNumber: 5, traceId });
  expect(await bodies()).toHaveLength(3);
  expect(await bodies({ words: "ORDER upd" })).toEqual(["rest Order update failed with 500."]);
  expect(await bodies({ words: "order nothing" })).toEqual([]);
  // Nothing that is typed is a malformed query.
  for (const words of ["'", "a & | !", "\\", ":*", "<->", "(", "ordér 🙂"]) await bodies({ words });
  for (const scopes of [["a\0b"], ["\ud800"]]) await expect(search({ scopes })).rejects.toThrow(/not|text/i);
  await expect(search({ from: new Date(-8e15) })).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  expect(await bodies({ severities: ["error", "warn"] })).toHaveLength(2);
  expect(await bodies({ scopes: ["process"] })).toEqual(["A run of Remind succeeded."]);
  expect(await bodies({ from: new Date(now - 60 * minute) })).toHaveLength(2);
  expect(await bodies({ until: new Date(now - 60 * minute) })).toEqual(["A run of Remind succeeded."]);
  expect(await bodies({ release: 4 })).toEqual(["rest Order update failed with 500."]);
  expect((await bodies({ traceId })).sort()).toEqual(["rest Order update", "rest Order update failed with 500."]);
});

test("pages lose and repeat nothing, also where records come meanwhile and many are of one moment", async () => {
  const ids = [];
  for (let at = 0; at < 25; at += 1) ids.push(await send({ body: `record ${at}`, at: new Date(now - (at % 3)) }));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof search>> = await search({ size: 4, ...(cursor && { cursor }) });
    seen.push(...page.entries.map(({ id }) => id));
    await send({ body: "came meanwhile", at: new Date(now + 1000) });
    cursor = page.older;
  } while (cursor);
  expect(new Set(seen)).toEqual(new Set(ids));
  expect(seen).toHaveLength(25);
  for (const wrong of ["", "1_2", `1_${"x".repeat(36)}`, `99999999999999999_${randomUUID()}`]) {
    await expect(search({ cursor: wrong })).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  }
});

test("what is older than the plan keeps it goes, and nothing else", async () => {
  await using _ = await onPlan(control.db, place.scope.organisation, "free");
  const of = { environmentId: place.environment.id, name: "x", series: "{}", source: "one", attributes: {} };
  const day = 24 * 60 * minute;
  await control.db.insert(metricPoints).values([
    { ...of, at: new Date(now - 13 * day) },
    { ...of, at: new Date(now - 15 * day) },
  ]);
  const record = { environmentId: place.environment.id, severity: "info", scope: "runtime", body: "x" } as const;
  await control.db.insert(logRecords).values([
    { ...record, id: randomUUID(), at: new Date(now - 6 * day) },
    { ...record, id: randomUUID(), at: new Date(now - 8 * day) },
  ]);
  expect([await sweepPoints(), await sweepRecords()]).toEqual([1, 1]);
  expect([await sweepPoints(), await sweepRecords()]).toEqual([0, 0]);
  await onPlan(control.db, place.scope.organisation, "enterprise");
  await control.db.insert(metricPoints).values({ ...of, at: new Date(now - 80 * day) });
  expect([await sweepPoints(), await sweepRecords()]).toEqual([0, 0]);
  await control.db.delete(metricPoints);
});

test("the topology leads from callers to the database and from processes outside", async () => {
  const of = { environmentId: place.environment.id, source: "one", at: new Date(now - minute) };
  const call = {
    "gantry.protocol": "rest",
    "gantry.resource": "Order",
    "gantry.action": "read",
    "gantry.caller": "user",
  };
  const out = {
    "gantry.process": "Remind",
    "gantry.kind": "mail",
    "gantry.connection": "",
    "gantry.outcome": "failed",
  };
  await control.db.insert(metricPoints).values([
    { ...of, name: "gantry.operation.calls", series: "a", attributes: call, count: 9 },
    { ...of, name: "gantry.outgoing.calls", series: "b", attributes: out, count: 2 },
  ]);
  const { edges } = await topologyOf(control.db, place.environment.id);
  expect(edges).toEqual([
    { from: "caller End users", to: "protocol REST", calls: 9, errors: 0 },
    { from: "protocol REST", to: "resource Order", calls: 9, errors: 0 },
    { from: "resource Order", to: "database Database", calls: 9, errors: 0 },
    { from: "process Remind", to: "outside Mail", calls: 2, errors: 2 },
  ]);
});
