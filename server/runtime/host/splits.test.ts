import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EnvironmentSpec, Split } from "#lib/compile/Snapshot.ts";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { Model } from "#lib/model/types.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, sha256, type TestRuntime, testRuntime } from "./testing/testRuntime.ts";

let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(salesModel);
});
afterAll(() => database[Symbol.asyncDispose]());

/** The same app under another name. */
const other: Model = { ...salesModel, app: { ...salesModel.app, name: "Other" } };
const users = Array.from({ length: 80 }, (_, at) => `gk_${at}`);
const keys = [...users, "gk_acting", "gk_acting_too"].map((key) => ({
  id: key,
  hash: sha256(key),
  expiresAt: null,
  ...(key.startsWith("gk_acting") && { actAs: true }),
}));

/** Release 1 serves and a candidate is tried beside it. */
function split(by: Split, { revision = 1, candidate = 2 } = {}): EnvironmentSpec {
  const { commit, snapshot } = aSpec(other, { databaseUrl: database.url });
  const rollout = { candidate: { release: candidate, commit, snapshot }, split: by };
  return aSpec(salesModel, { databaseUrl: database.url, release: 1, revision, apiKeys: keys, rollout });
}

interface Asking {
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly path?: string;
}

/** Which release answers. */
async function asked(runtime: TestRuntime, { key = "gk_0", headers = {}, path = "/rest/v1/companies" }: Asking = {}) {
  const response = await fetch(`${runtime.url()}${path}`, { headers: { "x-api-key": key, ...headers } });
  await response.arrayBuffer();
  return response.headers.get("gantry-release");
}

const askedBy = (runtime: TestRuntime, keys: readonly string[]) =>
  Promise.all(keys.map((key) => asked(runtime, { key })));

describe("a request goes to the candidate", () => {
  test("never without one, and every answer says who gave it, refusals too", async () => {
    await using runtime = await testRuntime();
    await runtime.put(aSpec(salesModel, { databaseUrl: database.url, release: 7, apiKeys: keys }));
    expect(await asked(runtime)).toBe("7");
    expect(await asked(runtime, { key: "gk_none" })).toBe("7");
    expect(await asked(runtime, { path: "/nowhere" })).toBe("7");
    expect(await asked(runtime, { path: "/openapi.json" })).toBe("7");
    expect(await asked(runtime, { headers: { origin: "https://shop.example" } })).toBe("7");
  });

  test("by a header of its value alone, which pages of other origins may send", async () => {
    await using runtime = await testRuntime();
    await runtime.put(split({ by: "header", name: "X-Try", value: "new one" }));
    const told = await Promise.all(
      [{}, { "x-try": "new one" }, { "X-TRY": "new one" }, { "x-try": "New one" }, { "x-try": "new one, new one" }].map(
        (headers: Record<string, string>) => asked(runtime, { headers }),
      ),
    );
    expect(told).toEqual(["1", "2", "2", "1", "1"]);
    const preflight = await fetch(`${runtime.url()}/rest/v1/companies`, {
      method: "OPTIONS",
      headers: { origin: "https://shop.example", "access-control-request-method": "GET" },
    });
    expect(preflight.headers.get("access-control-allow-headers")?.split(", ")).toContain("X-Try");
  });

  test("by a cookie among others", async () => {
    await using runtime = await testRuntime();
    await runtime.put(split({ by: "cookie", name: "ab", value: "b" }));
    const cookies = ["ab=b", "a=1; ab=b; c=2", 'ab="b"', "ab=a", "xab=b", "AB=b", "ab=bb", ""];
    const told = await Promise.all(cookies.map((cookie) => asked(runtime, { headers: { cookie } })));
    expect(told).toEqual(["2", "2", "2", "1", "1", "1", "1", "1"]);
  });

  test("by chance, each for itself; none of 0 and all of 100 percent", async () => {
    await using runtime = await testRuntime();
    const told = async (percent: number, revision: number) => {
      await runtime.put(split({ by: "weight", percent }, { revision }));
      return new Set(
        await askedBy(
          runtime,
          Array.from({ length: 100 }, () => "gk_0"),
        ),
      );
    };
    expect([await told(0, 1), await told(50, 2), await told(100, 3)]).toEqual([
      new Set(["1"]),
      new Set(["1", "2"]),
      new Set(["2"]),
    ]);
  });

  test("by the actor, who stays there: in every process, for every release, and with more percent", async () => {
    await using runtime = await testRuntime();
    const chosen = async (on: TestRuntime) => {
      const told = await askedBy(on, users);
      return users.filter((_, at) => told[at] !== "1");
    };
    await runtime.put(split({ by: "actor", percent: 25 }));
    const few = await chosen(runtime);
    expect(few.length).toBeGreaterThan(0);
    expect(few.length).toBeLessThan(users.length / 2);
    await runtime.restart();
    expect(await chosen(runtime)).toEqual(few);
    await runtime.put(split({ by: "actor", percent: 25 }, { revision: 2, candidate: 9 }));
    expect(await chosen(runtime)).toEqual(few);
    await using second = await testRuntime();
    await second.put(split({ by: "actor", percent: 25 }));
    expect(await chosen(second)).toEqual(few);
    await runtime.put(split({ by: "actor", percent: 60 }, { revision: 3 }));
    const more = await chosen(runtime);
    expect(more).toEqual(expect.arrayContaining(few));
    expect(more.length).toBeGreaterThan(few.length);
  });

  test("by the user whatever the key, and by the address for whoever is nobody", async () => {
    await using runtime = await testRuntime({ trustedProxies: 1 });
    await runtime.put(split({ by: "actor", percent: 50 }));
    const actors = Array.from({ length: 40 }, (_, at) => JSON.stringify({ id: `user ${at}` }));
    const acting = (key: string) =>
      Promise.all(actors.map((actor) => asked(runtime, { key, headers: { "gantry-act-as": actor } })));
    const told = await acting("gk_acting");
    expect(new Set(told)).toEqual(new Set(["1", "2"]));
    expect(await acting("gk_acting_too")).toEqual(told);
    const addresses = Array.from({ length: 40 }, (_, at) => `192.0.2.${at}`);
    const from = (key: string) =>
      Promise.all(addresses.map((address) => asked(runtime, { key, headers: { "x-forwarded-for": address } })));
    const strangers = await from("gk_none");
    expect(new Set(strangers)).toEqual(new Set(["1", "2"]));
    expect(await from("gk_also_none")).toEqual(strangers);
    expect(new Set(await from("gk_0")).size).toBe(1);
  });
});

test("both are served again after a restart and after sleep, and the status names both", async () => {
  await using runtime = await testRuntime({ limits: { sleepSeconds: 0.2 } });
  const status = { id: "one", revision: 1, release: 1, candidate: 2, state: "ready" };
  expect(await runtime.put(split({ by: "header", name: "x-try", value: "yes" }))).toEqual(status);
  const both = async () => [await asked(runtime), await asked(runtime, { headers: { "x-try": "yes" } })];
  expect(await both()).toEqual(["1", "2"]);
  const awake = async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${runtime.runtime.port}/metrics`)).text();
    return /^gantry_apps (\d+)$/m.exec(metrics)?.[1];
  };
  await expect.poll(awake).toBe("0");
  expect(await both()).toEqual(["1", "2"]);
  await runtime.restart();
  expect(await (await runtime.admin("GET", "/environments/one")).json()).toEqual(status);
  expect(await both()).toEqual(["1", "2"]);
});

test("what is no split, or no other release, is refused at its place", async () => {
  await using runtime = await testRuntime();
  const refused = async (rollout: unknown) => {
    const response = await runtime.admin("PUT", "/environments/one", {
      ...split({ by: "weight", percent: 1 }),
      rollout,
    });
    const { errors } = await response.json();
    return [response.status, ...errors.map(({ field }: { field: string }) => field)];
  };
  const { rollout } = split({ by: "weight", percent: 1 });
  const candidate = rollout?.candidate;
  const by = (split: unknown) => refused({ candidate, split });
  expect(await by({ by: "luck" })).toEqual([422, "rollout.split.by"]);
  expect(await by({ by: "weight", percent: 101 })).toEqual([422, "rollout.split.percent"]);
  expect(await by({ by: "actor" })).toEqual([422, "rollout.split.percent"]);
  expect(await by({ by: "header", name: "x y", value: "a" })).toEqual([422, "rollout.split.name"]);
  expect(await by({ by: "cookie", name: "a", value: "b; c" })).toEqual([422, "rollout.split.value"]);
  const split0 = rollout?.split;
  expect(await refused({ candidate: { ...candidate, release: 1 }, split: split0 })).toEqual([
    422,
    "rollout.candidate.release",
  ]);
  const forged = { ...candidate, snapshot: { ...candidate?.snapshot, hash: "0".repeat(64) } };
  expect(await refused({ candidate: forged, split: split0 })).toEqual([422, "rollout.candidate.snapshot.hash"]);
  expect(await refused(null)).toEqual([422, "rollout"]);
});
