import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logRecords, metricPoints } from "#db/schema/telemetry.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { anEnvironment, type TestEnvironment } from "../testing/anEnvironment.ts";
import { durationsDocument, gaugeDocument, logDocument, tell } from "../testing/otlpRequests.ts";

let control: TestControlPlane;
let place: TestEnvironment;
const now = new Date(Date.now() - (Date.now() % 60_000));

beforeAll(async () => {
  control = await testControlPlane();
  place = await anEnvironment(control);
});
afterAll(() => control[Symbol.asyncDispose]());

const requests = (milliseconds: readonly number[], environmentId = place.environment.id) =>
  durationsDocument({ environmentId, at: now, milliseconds });

describe("the intake", () => {
  test("wants the secret, a signal that it knows, and JSON", async () => {
    const body = requests([1]);
    for (const authorization of ["", "Bearer ", "Bearer nobody", `Basic ${"x".repeat(64)}`]) {
      expect((await tell("metrics", body, { authorization })).status).toBe(401);
    }
    expect((await tell("traces", body)).status).toBe(404);
    expect((await tell("metrics", body, { "content-type": "text/plain" })).status).toBe(415);
    expect((await tell("metrics", body, { "content-encoding": "gzip" })).status).toBe(415);
    expect((await tell("metrics", "{")).status).toBe(400);
    expect((await tell("metrics", { resourceLogs: [] })).status).toBe(400);
    expect(await control.db.select().from(metricPoints)).toEqual([]);
  });

  test("keeps the most that a minute has come to, in whatever order that is told", async () => {
    for (const milliseconds of [
      [1, 2],
      [1, 2, 3, 400],
      [1, 2, 3],
      [1, 2, 3, 400],
    ]) {
      const answer = await tell("metrics", requests(milliseconds));
      expect([answer.status, await answer.json()]).toEqual([200, {}]);
    }
    await tell("metrics", gaugeDocument({ environmentId: place.environment.id, at: now, name: "x", value: 7 }));
    await tell("metrics", gaugeDocument({ environmentId: place.environment.id, at: now, name: "x", value: 3 }));
    const points = await control.db.select().from(metricPoints).orderBy(metricPoints.name);
    expect(points).toMatchObject([
      { name: "http.server.request.duration", count: 4, at: now },
      { name: "x", sum: 7 },
    ]);
  });

  test("passes over environments that are not there", async () => {
    const before = await control.db.$count(metricPoints);
    expect((await tell("metrics", requests([1], randomUUID()))).status).toBe(200);
    expect(await control.db.$count(metricPoints)).toBe(before);
  });

  test("keeps a record once", async () => {
    const record = { environmentId: place.environment.id, id: randomUUID(), at: now, body: "rest Order read failed" };
    for (let times = 0; times < 3; times += 1) expect((await tell("logs", logDocument(record))).status).toBe(200);
    expect(await control.db.select().from(logRecords)).toMatchObject([{ id: record.id, body: record.body }]);
  });

  test("tells how much it left out", async () => {
    const { id } = place.environment;
    const early = durationsDocument({
      environmentId: id,
      at: new Date(now.getTime() - 15 * 86_400_000),
      milliseconds: [1],
    });
    expect(await (await tell("metrics", early)).json()).toMatchObject({ partialSuccess: { rejectedDataPoints: "1" } });
    const nul = logDocument({ environmentId: id, id: randomUUID(), at: now, body: "a\0b" });
    expect(await (await tell("logs", nul)).json()).toMatchObject({ partialSuccess: { rejectedLogRecords: "1" } });
  });

  test("answers junk in any place of a document without a defect", async () => {
    const documents: [string, object][] = [
      ["metrics", requests([1, 50])],
      ["metrics", gaugeDocument({ environmentId: place.environment.id, at: now, name: "y", value: 7 })],
      ["logs", logDocument({ environmentId: place.environment.id, id: randomUUID(), at: now, body: "something" })],
    ];
    const junk = fc.oneof(
      fc.constantFrom(null, -1, 1e300, "", "\0", "\ud800", "9".repeat(40), [], {}, [[]], true, "NaN"),
      fc.jsonValue(),
    );
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...documents), fc.nat(), junk, async ([signal, document], at, value) => {
        const places = placesIn(document);
        const answer = await tell(signal, replacedAt(document, places[at % places.length] ?? [], value));
        statuses.add(answer.status);
        expect([200, 400]).toContain(answer.status);
      }),
      { seed: testSeed, numRuns: 400 },
    );
    expect([...statuses].sort()).toEqual([200, 400]);
  });
});

type Path = readonly (string | number)[];

function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]))];
}

function replacedAt(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...Object(value) };
  Reflect.set(copy, key, replacedAt(Reflect.get(copy, key), rest, by));
  return copy;
}
