import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anEnvironment, type TestEnvironment } from "#server/features/telemetry/testing/anEnvironment.ts";
import { aSpec, sha256, type TestRuntime, testKey, testRuntime } from "#server/runtime/host/testing/testRuntime.ts";
import { notesModel } from "#server/runtime/rest/features/testing/notesModel.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { modelDatabase } from "#tests/support/modelDatabase.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { type Fate, type TroubledIntake, troubledIntake } from "./troubledIntake.ts";

/** Every request is counted once, whatever becomes of the messages that tell of it. */

const secret = randomBytes(32).toString("hex");
let control: TestControlPlane;
let place: TestEnvironment;
let database: Awaited<ReturnType<typeof modelDatabase>>;
let intake: TroubledIntake;
let runtime: TestRuntime;
let fates: Iterator<Fate> = always("arrives");

beforeAll(async () => {
  control = await testControlPlane({ GANTRY_TELEMETRY_SECRET: secret });
  place = await anEnvironment(control);
  database = await modelDatabase(notesModel);
  intake = await troubledIntake(secret, () => fates.next().value ?? "arrives");
  const home = { url: intake.url, headers: intake.headers };
  runtime = await testRuntime({ telemetry: { home, collector: null, everySeconds: 0.03 } });
});

afterAll(async () => {
  await runtime[Symbol.asyncDispose]();
  await intake[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await control[Symbol.asyncDispose]();
});

const spec = () =>
  aSpec(notesModel, {
    id: place.environment.id,
    label: "notes",
    databaseUrl: database.url,
    apiKeys: [{ id: "11111111-1111-4111-8111-111111111111", hash: sha256(testKey), expiresAt: null }],
  });

test("N requests are N, with messages lost, repeated, unanswered and overtaken, and over restarts", async () => {
  expect((await runtime.put(spec())).state).toBe("ready");
  const random = fc.sample(fc.constantFrom<Fate>("arrives", "lost", "unanswered", "twice", "late"), {
    numRuns: 400,
    seed: testSeed,
  });
  fates = random.values();
  const sent = { read: 0, create: 0, refused: 0, unknown: 0, anonymous: 0, graphql: 0 };
  for (let round = 0; round < 3; round += 1) {
    for (let at = 0; at < 20; at += 1) {
      expect((await runtime.get("notes", "/rest/v1/folders")).status).toBe(200);
      sent.read += 1;
      const made = await send("/rest/v1/folders", { name: `${round} ${at}` });
      expect(made.status).toBe(201);
      sent.create += 1;
    }
    expect((await send("/rest/v1/folders", { name: 5 })).status).toBe(422);
    sent.refused += 1;
    expect((await runtime.get("notes", "/rest/v1/nothing")).status).toBe(404);
    sent.unknown += 1;
    expect((await fetch(`${runtime.url("notes")}/rest/v1/folders`)).status).toBe(401);
    sent.anonymous += 1;
    expect((await send("/graphql", { query: "{ folders { nodes { id } } notes { nodes { id } } }" })).status).toBe(200);
    sent.graphql += 1;
    await runtime.restart();
  }
  fates = always("arrives");
  await runtime.restart();
  await intake.settle();

  expect([...intake.met.keys()].sort()).toEqual(["arrives", "late", "lost", "twice", "unanswered"]);
  expect(await counted("http.server.request.duration")).toEqual({
    "rest Folder read 2xx": sent.read,
    "rest Folder create 2xx": sent.create,
    "rest Folder create 4xx": sent.refused,
    "rest 4xx": sent.unknown,
    "rest Folder read 4xx": sent.anonymous,
    "graphql Folder read 2xx": sent.graphql,
  });
  const key = "11111111-1111-4111-8111-111111111111";
  expect(await counted("gantry.operation.calls")).toEqual({
    [`rest Folder read 2xx ${key}`]: sent.read,
    [`rest Folder create 2xx ${key}`]: sent.create,
    [`rest Folder create 4xx ${key}`]: sent.refused,
    [`rest 4xx ${key}`]: sent.unknown,
    "rest Folder read 4xx anonymous": sent.anonymous,
    [`graphql Folder read 2xx ${key}`]: sent.graphql,
    // The second thing that each of them asked for.
    [`graphql Note read 2xx ${key}`]: sent.graphql,
  });
  const [odd] = await control.db.execute(sql`select count(*)::int as rows from metric_points
    where buckets is not null and count <> (select sum(one) from unnest(buckets) one)`);
  expect(odd).toEqual({ rows: 0 });
});

test("what could not be told at the end is told after the next start", async () => {
  const before = await counted("http.server.request.duration");
  fates = always("lost");
  for (let at = 0; at < 7; at += 1) await runtime.get("notes", "/rest/v1/notes");
  await runtime.restart();
  fates = always("arrives");
  await runtime.restart();
  expect(await counted("http.server.request.duration")).toEqual({ ...before, "rest Note read 2xx": 7 });
});

test("Prometheus sees environments only with the secret", async () => {
  await runtime.get("notes", "/rest/v1/folders");
  const url = new URL("/metrics", runtime.url());
  const line = 'gantry_environment_requests_total{environment="notes",status="2xx"} 1\n';
  expect(await (await fetch(url, { headers: intake.headers })).text()).toContain(line);
  for (const authorization of ["", "Bearer wrong"]) {
    const text = await (await fetch(url, { headers: { authorization } })).text();
    expect(text).toContain("gantry_environments 1");
    expect(text).not.toContain("notes");
  }
});

function* always(fate: Fate): Generator<Fate, Fate> {
  for (;;) yield fate;
}

function send(path: string, body: object): Promise<Response> {
  const headers = { "x-api-key": testKey, "content-type": "application/json" };
  return fetch(`${runtime.url("notes")}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

async function counted(name: string): Promise<Readonly<Record<string, number>>> {
  const rows = await control.db.execute<{ what: string; count: number }>(sql`
    select concat_ws(' ', attributes->>'gantry.protocol', attributes->>'gantry.resource', attributes->>'gantry.action',
      attributes->>'http.response.status_class', attributes->>'gantry.caller') as what, sum(count)::int as count
    from metric_points where environment_id = ${place.environment.id} and name = ${name} group by 1`);
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
}
