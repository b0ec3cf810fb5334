import { createHash, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { EnvironmentSpec, ReleaseFigures, RolloutSpec, Split } from "#lib/compile/Snapshot.ts";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { JsonValue, Model, RateLimits } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { EventReader } from "../realtime/testing/EventReader.ts";
import { feedModel } from "../realtime/testing/feedModel.ts";
import { authApp } from "../users/testing/authApp.ts";
import { usersModel } from "../users/testing/usersModel.ts";
import { aSpec, type TestRuntime, testKey, testRuntime } from "./testing/testRuntime.ts";

// Two releases of one environment: what they have in common, and what each has for itself.

const byHeader: Split = { by: "header", name: "x-try", value: "yes" };
const onCandidate = { "x-try": "yes" };

function rolloutOf(model: Model, { release = 2, split = byHeader } = {}): RolloutSpec {
  const hash = createHash("sha256")
    .update(canonicalJson(model as unknown as JsonValue))
    .digest("hex");
  return { candidate: { release, commit: "d".repeat(40), snapshot: { format: 1, hash, model } }, split };
}

/** A model of its own that asks for the same tables. */
const renamed = (model: Model): Model => ({ ...model, app: { ...model.app, name: "Next" } });

let database: ModelDatabase;
let runtime: TestRuntime;
beforeAll(async () => {
  database = await modelDatabase(salesModel);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  runtime = await testRuntime({ limits: { streams: { all: 100, perEnvironment: 2 } } });
});
afterEach(async () => {
  await runtime[Symbol.asyncDispose]();
  await database.sql`truncate companies cascade`;
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${runtime.url()}${path}`, {
    ...init,
    headers: { "x-api-key": testKey, "content-type": "application/json", ...init.headers },
  });

describe("rates", () => {
  const limited = (model: Model, rateLimits: RateLimits): Model => ({
    ...model,
    app: { ...model.app, api: { rateLimits } },
  });
  const statuses = async (...tries: readonly boolean[]) => {
    const found: number[] = [];
    for (const isTry of tries) {
      const response = await ask("/rest/v1/companies", { headers: isTry ? onCandidate : {} });
      found.push(response.status);
    }
    return found;
  };
  const serve = (own: Model, candidate: Model | null, revision = 1) =>
    runtime.put(
      aSpec(own, { databaseUrl: database.url, revision, ...(candidate && { rollout: rolloutOf(candidate) }) }),
    );
  const four = { key: { requests: 4, seconds: 3600 } };

  test("that are the same count the requests of both", async () => {
    await serve(limited(salesModel, four), limited(renamed(salesModel), four));
    expect(await statuses(false, true, false, true, true, false)).toEqual([200, 200, 200, 200, 429, 429]);
  });

  test("that differ bind each its own requests, counted with those of the other, and go on when it is promoted", async () => {
    const two = { key: { requests: 2, seconds: 3600 } };
    const candidate = limited(renamed(salesModel), two);
    await serve(limited(salesModel, four), candidate);
    expect(await statuses(false, true, true, false, false, false)).toEqual([200, 200, 429, 200, 200, 429]);
    await runtime.put({ ...aSpec(candidate, { databaseUrl: database.url, revision: 2 }), release: 2 });
    expect(await statuses(false)).toEqual([429]);
  });

  test("of one release alone count the requests of both as well", async () => {
    await serve(salesModel, limited(renamed(salesModel), four));
    expect(await statuses(false, false, false, true, true, false)).toEqual([200, 200, 200, 200, 429, 200]);
    const plain = await ask("/rest/v1/companies");
    expect(plain.headers.get("ratelimit")).toBeNull();
    await serve(salesModel, null, 2);
    expect(await statuses(false, true)).toEqual([200, 200]);
  });
});

describe("a change with a key", () => {
  /** With an attribute that the release before shows under another name. */
  const candidate: Model = {
    ...salesModel,
    resources: salesModel.resources.map((resource) => ({
      ...resource,
      attributes: resource.attributes.map((attribute) =>
        attribute.name === "city" ? { ...attribute, name: "town" } : attribute,
      ),
    })),
  };

  test.each([
    ["REST", "/rest/v1/companies", { name: "Once" }],
    ["GraphQL", "/graphql", { query: `mutation { createCompany(input: { name: "Once" }) { result { id name } } }` }],
  ])("happens once over %s, whichever release it is sent to again", async (_, path, body) => {
    await runtime.put(aSpec(salesModel, { databaseUrl: database.url, rollout: rolloutOf(candidate) }));
    const key = { "idempotency-key": `"${randomUUID()}"` };
    const send = (headers: Record<string, string>) =>
      ask(path, { method: "POST", headers: { ...key, ...headers }, body: JSON.stringify(body) });
    const [first, again] = [await send({}), await send(onCandidate)];
    expect([first, again].map((answer) => [answer.status, answer.headers.get("gantry-release")])).toEqual([
      [first.status, "1"],
      [first.status, "2"],
    ]);
    expect(first.status).toBeLessThan(300);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await again.text()).toContain("Once");
    expect(await database.sql`select from companies`).toHaveLength(1);
  });
});

describe("streams", () => {
  let feed: ModelDatabase;
  const model: Model = {
    ...feedModel,
    resources: feedModel.resources.map((resource) => ({
      ...resource,
      attributes: resource.attributes.filter(({ type }) => type.kind !== "encrypted"),
    })),
  };
  const next = renamed(model);
  const readers: EventReader[] = [];
  beforeAll(async () => {
    feed = await modelDatabase(model);
  });
  afterAll(() => feed[Symbol.asyncDispose]());
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    await feed.sql`truncate deals, notes, gantry_changes cascade`;
  });

  const serve = (parts: Partial<EnvironmentSpec>) => runtime.put(aSpec(model, { databaseUrl: feed.url, ...parts }));
  const listen = async (headers: Record<string, string> = {}) => {
    const path = "/events?resources=deals&fields[deals]=id";
    const reader = await EventReader.listen(runtime.url(), { path, headers: { "x-api-key": testKey, ...headers } });
    readers.push(reader);
    return reader;
  };
  const make = async (id: number, headers: Record<string, string> = {}) => {
    const body = JSON.stringify({ id, title: "Deal" });
    const { status } = await ask("/rest/v1/deals", { method: "POST", body, headers });
    expect(status).toBe(201);
  };

  test("of either release tell the changes that are made through both, and stay while the split changes", async () => {
    await serve({ rollout: rolloutOf(next) });
    const [old, tried] = [await listen(), await listen(onCandidate)];
    expect([old, tried].map(({ headers }) => headers["gantry-release"])).toEqual(["1", "2"]);
    await make(1);
    await make(2, onCandidate);
    for (const reader of [old, tried]) {
      expect([(await reader.next()).data.id, (await reader.next()).data.id]).toEqual([1, 2]);
    }
    await serve({ revision: 2, rollout: rolloutOf(next, { split: { by: "weight", percent: 1 } }) });
    await make(3);
    for (const reader of [old, tried]) expect((await reader.next()).data.id).toBe(3);
    // Promoted, it is the same release still.
    await runtime.put({ ...aSpec(next, { databaseUrl: feed.url, revision: 3 }), release: 2, commit: "d".repeat(40) });
    await old.ended();
    await make(4);
    expect((await tried.next()).data.id).toBe(4);
  });

  test("of a candidate end with it, those of what serves go on", async () => {
    await serve({ rollout: rolloutOf(next) });
    const [old, tried] = [await listen(), await listen(onCandidate)];
    await serve({ revision: 2 });
    await tried.ended();
    await make(1);
    expect((await old.next()).data.id).toBe(1);
    const back = await listen({ ...onCandidate, "last-event-id": tried.lastEventId });
    expect([back.headers["gantry-release"], (await back.next()).data.id]).toEqual(["1", 1]);
  });

  test("of both are bounded together", async () => {
    await serve({ rollout: rolloutOf(next) });
    await listen();
    await listen(onCandidate);
    expect([(await listen()).status, (await listen(onCandidate)).status]).toEqual([503, 503]);
    expect((await ask("/rest/v1/deals")).status).toBe(200);
  });

  test("over a WebSocket are told which release they are of", async () => {
    await serve({ rollout: rolloutOf(next) });
    const release = async (headers: Record<string, string>) => {
      const url = `${runtime.url().replace("http", "ws")}/graphql`;
      const socket = new WebSocket(url, "graphql-transport-ws", { headers: { "x-api-key": testKey, ...headers } });
      const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
      socket.once("upgrade", ({ headers: told }) => resolve(String(told["gantry-release"]))).once("error", reject);
      const told = await promise;
      socket.terminate();
      return told;
    };
    expect([await release({}), await release(onCandidate)]).toEqual(["1", "2"]);
  });
});

test("a session of one release is good on the other, and over on both at once", async () => {
  const model = usersModel();
  await using on = await authApp(model, { rollout: rolloutOf(renamed(model)) });
  const me = async (token: string, headers: Record<string, string> = {}) => {
    const reply = await on.send("GET", "/auth/me", { token, headers });
    return [reply.status, reply.headers.get("gantry-release")];
  };
  const person = await on.person();
  const { accessToken: token } = await on.signedIn(person);
  expect([await me(token), await me(token, onCandidate)]).toEqual([
    [200, "1"],
    [200, "2"],
  ]);
  await on.send("POST", "/auth/sign-out", { token, body: {}, headers: onCandidate });
  expect([await me(token), await me(token, onCandidate)]).toEqual([
    [401, "1"],
    [401, "2"],
  ]);
  // What is known of somebody is forgotten on both when a record is changed through either.
  const { accessToken: second } = await on.signedIn(person);
  expect([await me(second), await me(second, onCandidate)].map(([status]) => status)).toEqual([200, 200]);
  await on.send("DELETE", `/rest/v1/people/${person.user}`, { token: on.app.key, headers: onCandidate });
  expect([await me(second), await me(second, onCandidate)].map(([status]) => status)).toEqual([401, 401]);
});

test("figures are of each release in one split, and go on when the same is told again", async () => {
  const counted = async () => {
    const { releases } = (await (await runtime.admin("GET", "/environments/one/figures")).json()) as ReleaseFigures;
    for (const { requests, buckets } of releases) expect(buckets.reduce((sum, count) => sum + count, 0)).toBe(requests);
    return releases.map(({ release, requests, errors }) => [release, requests, errors]);
  };
  const spec = (parts: Partial<EnvironmentSpec>) => aSpec(salesModel, { databaseUrl: database.url, ...parts });
  expect((await runtime.admin("GET", "/environments/one/figures")).status).toBe(404);
  await runtime.put(spec({}));
  await ask("/rest/v1/companies");
  expect(await counted()).toEqual([[1, 1, 0]]);
  const rollout = rolloutOf(renamed(salesModel));
  await runtime.put(spec({ revision: 2, rollout }));
  expect(await counted()).toEqual([
    [1, 0, 0],
    [2, 0, 0],
  ]);
  await ask("/rest/v1/companies");
  await ask("/rest/v1/nothing", { headers: onCandidate });
  await database.sql`alter table companies rename to gone`;
  expect((await ask("/rest/v1/companies", { headers: onCandidate })).status).toBeGreaterThanOrEqual(500);
  await database.sql`alter table gone rename to companies`;
  const found = [
    [1, 1, 0],
    [2, 2, 1],
  ];
  expect(await counted()).toEqual(found);
  await runtime.put(spec({ revision: 3, rollout, apiKeys: spec({}).apiKeys.map((key) => ({ ...key, actAs: true })) }));
  expect(await counted()).toEqual(found);
  await runtime.put(spec({ revision: 4, rollout: { ...rollout, split: { by: "weight", percent: 5 } } }));
  expect((await counted()).map(([, requests]) => requests)).toEqual([0, 0]);
});

test("what was slow is told of both", async () => {
  await runtime.put(aSpec(salesModel, { databaseUrl: database.url, rollout: rolloutOf(renamed(salesModel)) }));
  const held = await database.sql.reserve();
  await held`begin`;
  await held`lock table companies in access exclusive mode`;
  const waiting = ask("/rest/v1/companies?sort=-name", { headers: onCandidate });
  for (;;) {
    const [row] = await held`select count(*)::int as waiting from pg_locks where not granted`;
    if (row?.waiting > 0) break;
  }
  await held`select pg_sleep(0.15)`;
  await held`commit`;
  held.release();
  expect((await waiting).status).toBe(200);
  const { statements } = await (await runtime.admin("GET", "/environments/one/slow-statements")).json();
  expect(statements).toHaveLength(1);
  const explained = await runtime.admin("POST", `/environments/one/slow-statements/${statements[0].id}/explain`);
  expect(explained.status).toBe(200);
});
