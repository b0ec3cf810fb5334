import { createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import type { DeployDriver } from "../DeployDriver.ts";

export interface DriverUnderTest extends AsyncDisposable {
  readonly driver: DeployDriver;
  /**
   * The next release of an environment whose database fits it, or with `fit` false has no place for it.
   * Releases of one `label` share a database, and their app has the resource `notes`.
   */
  spec(given: { readonly label: string; readonly release: number; readonly fit?: boolean }): Promise<EnvironmentSpec>;
  appUrl(label: string): string;
  /** Ends whatever runs the apps, without warning, and starts it again. */
  restart(): Promise<void>;
}

/** The promises that deploys rely on, whatever runs the environments. */
export function describeDeployDriver(name: string, start: () => Promise<DriverUnderTest>): void {
  const label = () => `app-${randomBytes(4).toString("hex")}`;

  async function status({ appUrl }: DriverUnderTest, app: string, key: string | null): Promise<number> {
    const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
    const response = await fetch(`${appUrl(app)}/rest/v1/notes`, { headers });
    await response.arrayBuffer();
    return response.status;
  }

  function withKeys(spec: EnvironmentSpec, ...keys: readonly string[]): EnvironmentSpec {
    const hash = (key: string) => createHash("sha256").update(key).digest("hex");
    return { ...spec, apiKeys: keys.map((key) => ({ id: key, hash: hash(key), expiresAt: null })) };
  }

  describe(name, () => {
    test("serves what it is told, to whoever has a key, until it is taken away", async () => {
      await using it = await start();
      const app = label();
      const spec = withKeys(await it.spec({ label: app, release: 1 }), "gk_one");
      expect(await it.driver.observe(spec.id)).toBeNull();
      expect(await status(it, app, "gk_one")).toBe(404);
      const ready = { id: spec.id, revision: spec.revision, release: 1, state: "ready" };
      expect(await it.driver.apply(spec)).toEqual(ready);
      expect(await it.driver.observe(spec.id)).toEqual(ready);
      expect(await status(it, app, "gk_one")).toBe(200);
      expect([await status(it, app, "gk_two"), await status(it, app, null)]).toEqual([401, 401]);
      await it.driver.remove(spec.id);
      await it.driver.remove(spec.id);
      expect(await it.driver.observe(spec.id)).toBeNull();
      expect(await status(it, app, "gk_one")).toBe(404);
    });

    test("takes new keys for the release that serves, and the same spec again", async () => {
      await using it = await start();
      const app = label();
      const spec = await it.spec({ label: app, release: 3 });
      for (const keys of [["gk_one"], ["gk_one"], ["gk_one", "gk_two"], ["gk_two"]]) {
        expect(await it.driver.apply(withKeys(spec, ...keys))).toMatchObject({ state: "ready", release: 3 });
        const found = [await status(it, app, "gk_one"), await status(it, app, "gk_two")];
        expect(found).toEqual([keys.includes("gk_one") ? 200 : 401, keys.includes("gk_two") ? 200 : 401]);
      }
    });

    test("never goes back to an older release", async () => {
      await using it = await start();
      const app = label();
      const [one, two] = [await it.spec({ label: app, release: 1 }), await it.spec({ label: app, release: 2 })];
      await it.driver.apply(withKeys(two, "gk_new"));
      expect(await it.driver.apply(withKeys(one, "gk_old"))).toMatchObject({ release: 2, state: "ready" });
      expect([await status(it, app, "gk_new"), await status(it, app, "gk_old")]).toEqual([200, 401]);
    });

    test("says why a release cannot serve, and the one before goes on", async () => {
      await using it = await start();
      const app = label();
      const one = withKeys(await it.spec({ label: app, release: 1 }), "gk_one");
      await it.driver.apply(one);
      const unfit = withKeys(await it.spec({ label: app, release: 2, fit: false }), "gk_two");
      const failed = await it.driver.apply(unfit);
      expect(failed).toMatchObject({ id: one.id, state: "failed", reason: expect.stringMatching(/^[A-Z].*\.$/) });
      expect(failed.reason).not.toContain(unfit.databaseUrl);
      expect(await it.driver.observe(one.id)).toMatchObject({ release: 1, state: "ready" });
      expect(await status(it, app, "gk_one")).toBe(200);
    });

    test("switches from release to release without one failed request", async () => {
      await using it = await start();
      const app = label();
      await it.driver.apply(withKeys(await it.spec({ label: app, release: 1 }), "gk_one"));
      let isOver = false;
      const answers: number[] = [];
      const clients = Array.from({ length: 4 }, async () => {
        while (!isOver) answers.push(await status(it, app, "gk_one"));
      });
      for (let release = 2; release <= 10; release += 1) {
        await it.driver.apply(withKeys(await it.spec({ label: app, release }), "gk_one"));
      }
      isOver = true;
      await Promise.all(clients);
      expect(new Set(answers)).toEqual(new Set([200]));
    });

    test("serves a candidate beside a release to some, and either alone again", async () => {
      await using it = await start();
      const app = label();
      const [one, two] = [await it.spec({ label: app, release: 1 }), await it.spec({ label: app, release: 2 })];
      const { release, commit, snapshot } = two;
      const candidate = { release, commit, snapshot };
      const split = { by: "header", name: "X-Try", value: "yes" } as const;
      const asked = async (value: string) => {
        const headers = { authorization: "Bearer gk_one", "x-try": value };
        const response = await fetch(`${it.appUrl(app)}/rest/v1/notes`, { headers });
        await response.arrayBuffer();
        return [response.status, response.headers.get("gantry-release")];
      };
      const both = async () => [await asked("no"), await asked("yes")];
      expect(await it.driver.apply(withKeys({ ...one, revision: 1, rollout: { candidate, split } }, "gk_one"))).toEqual(
        {
          id: one.id,
          revision: 1,
          release: 1,
          candidate: 2,
          state: "ready",
        },
      );
      expect(await both()).toEqual([
        [200, "1"],
        [200, "2"],
      ]);
      const figures = await it.driver.figures(one.id);
      expect(figures?.releases.map((each) => [each.release, each.requests, each.errors])).toEqual([
        [1, 1, 0],
        [2, 1, 0],
      ]);
      await it.driver.apply(withKeys({ ...two, revision: 2 }, "gk_one"));
      expect(await both()).toEqual([
        [200, "2"],
        [200, "2"],
      ]);
      await it.driver.apply(withKeys({ ...one, revision: 3 }, "gk_one"));
      expect(await it.driver.observe(one.id)).toEqual({ id: one.id, revision: 3, release: 1, state: "ready" });
      expect(await both()).toEqual([
        [200, "1"],
        [200, "1"],
      ]);
      expect(await it.driver.figures(label())).toBeNull();
    });

    test("counts how many records other policies would let people read", async () => {
      await using it = await start();
      const app = label();
      const spec = withKeys(await it.spec({ label: app, release: 1 }), "gk_one");
      await it.driver.apply(spec);
      const made = await fetch(`${it.appUrl(app)}/rest/v1/notes`, {
        method: "POST",
        headers: { authorization: "Bearer gk_one", "content-type": "application/json" },
        body: JSON.stringify([{}, {}]),
      });
      expect(made.status).toBe(201);
      const policies = [{ effect: "allow", actions: ["read"], expression: "'clerk' in actor.roles" }] as const;
      const asked = { resources: [{ resource: "Note", policies }], roles: ["clerk"] };
      const answer = await it.driver.accessCounts(spec.id, asked);
      // The apps of this test may share a database.
      const after = answer?.counts[0]?.after ?? 0;
      expect(after).toBeGreaterThanOrEqual(2);
      expect(answer).toEqual({
        counts: [
          { resource: "Note", asker: { kind: "user", role: "clerk" }, before: 0, after },
          { resource: "Note", asker: { kind: "user", role: null }, before: 0, after: 0 },
          { resource: "Note", asker: { kind: "anonymous", role: null }, before: 0, after: 0 },
        ],
        broken: false,
      });
      expect(await it.driver.accessCounts(label(), asked)).toBeNull();
    });

    test("says why a candidate cannot be served, and what was served before goes on", async () => {
      await using it = await start();
      const app = label();
      const one = withKeys(await it.spec({ label: app, release: 1 }), "gk_one");
      await it.driver.apply(one);
      const { release, commit, snapshot } = await it.spec({ label: app, release: 2, fit: false });
      const rollout = { candidate: { release, commit, snapshot }, split: { by: "weight", percent: 50 } } as const;
      const failed = await it.driver.apply({ ...one, revision: 2, rollout });
      expect(failed).toMatchObject({ state: "failed", reason: expect.stringMatching(/^[A-Z].*\.$/) });
      expect(await it.driver.observe(one.id)).toEqual({ id: one.id, revision: 1, release: 1, state: "ready" });
      expect(await status(it, app, "gk_one")).toBe(200);
    });

    test("seals with the current key what is asked to be, and says how much that was", async () => {
      await using it = await start();
      const spec = await it.spec({ label: label(), release: 1 });
      await it.driver.apply(spec);
      expect(await it.driver.reencrypt(spec.id)).toBe(0);
    });

    test("runs tests on a database of which nothing is changed, and again against variants of the model", async () => {
      await using it = await start();
      const { snapshot, databaseUrl } = await it.spec({ label: label(), release: 1 });
      const given = [{ name: "note", resource: "Note", values: {} }];
      const as = { kind: "service" } as const;
      const read = { name: "A note is there", given, as, do: { kind: "list", resource: "Note" } } as const;
      const gone = { kind: "destroy", row: "note", action: "destroy", input: {} } as const;
      const tests = [
        { ...read, expect: { kind: "rows", rows: ["note"] } } as const,
        { ...read, name: "No note is there", expect: { kind: "rows", rows: [] } } as const,
        { name: "A note goes", given, as, do: gone, expect: { kind: "done" } } as const,
      ];
      const { resources } = snapshot.model;
      const kept = resources.map((resource) => ({ ...resource, actions: ["read"] as const }));
      const run = await it.driver.runTests({
        model: snapshot.model,
        databaseUrl,
        tests: [{ name: "notes", tests }],
        variants: [{ id: "kept", model: { ...snapshot.model, resources: kept } }],
      });
      expect(run).toMatchObject({
        results: [
          { id: "notes/A note is there", state: "passed" },
          { id: "notes/No note is there", state: "failed", reason: "Expected no records, but `note` came too." },
          { id: "notes/A note goes", state: "passed" },
        ],
        variants: [{ id: "kept", failed: ["notes/No note is there", "notes/A note goes"] }],
        left: { tests: 0, variants: 0 },
      });
    });

    test("tells what was slow since the release serves, and explains nothing that was not", async () => {
      await using it = await start();
      const spec = await it.spec({ label: label(), release: 1 });
      expect(await it.driver.slowStatements(spec.id)).toBeNull();
      await it.driver.apply(spec);
      expect(await it.driver.slowStatements(spec.id)).toMatchObject({
        since: expect.any(String),
        threshold: expect.any(Number),
        statements: [],
      });
      expect(await it.driver.explainSlow(spec.id, "0123456789abcdef")).toBeNull();
    });

    test("serves on after what runs the apps was killed", async () => {
      await using it = await start();
      const app = label();
      const spec = withKeys(await it.spec({ label: app, release: 5 }), "gk_one");
      await it.driver.apply(spec);
      await it.restart();
      expect(await it.driver.observe(spec.id)).toMatchObject({ release: 5, state: "ready" });
      expect(await status(it, app, "gk_one")).toBe(200);
    });
  });
}
