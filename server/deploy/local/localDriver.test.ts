import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import { freePort } from "#scripts/freePort.ts";
import { type AdminServer, adminSecret, startAdminServer } from "../testing/startAdminServer.ts";
import { localDriver } from "./localDriver.ts";

let server: AdminServer;

beforeEach(async () => {
  server = await startAdminServer();
});

afterEach(() => server[Symbol.asyncDispose]());

function spec(release: number, id = "one"): EnvironmentSpec {
  const model = { app: { name: "App" }, resources: [] };
  const secrets = { databaseUrl: "postgres://app:secret@127.0.0.1/app", apiKeys: [] };
  const snapshot = { format: 1, hash: "h", model } as const;
  return { id, label: "app", revision: release, release, commit: "c".repeat(40), snapshot, ...secrets };
}

const driver = (options: Partial<Parameters<typeof localDriver>[0]> = {}) =>
  localDriver({ adminUrl: server.url, secret: adminSecret, pauses: [1, 1, 1], ...options });

describe("the local driver", () => {
  test("tells a desired state, observes what serves and takes it away, each as often as one likes", async () => {
    const { apply, observe, remove } = driver();
    expect(await observe("one")).toBeNull();
    expect(await apply(spec(1))).toEqual({ id: "one", revision: 1, release: 1, state: "ready" });
    expect(await apply(spec(1))).toEqual({ id: "one", revision: 1, release: 1, state: "ready" });
    expect(server.taken).toEqual([spec(1), spec(1)]);
    expect(await observe("one")).toEqual({ id: "one", revision: 1, release: 1, state: "ready" });
    await remove("one");
    await remove("one");
    expect(await observe("one")).toBeNull();
  });

  test("keeps an id inside its path", async () => {
    await driver().apply(spec(1, "../a b?"));
    expect([...server.serving.keys()]).toEqual(["../a b?"]);
  });

  test("says why an environment does not serve", async () => {
    server.reason = "The database does not answer.";
    expect(await driver().apply(spec(1))).toEqual({
      id: "one",
      revision: 1,
      release: 1,
      state: "failed",
      reason: server.reason,
    });
  });

  test("tries again when the connection breaks or the runtime is starting", async () => {
    server.trouble.push(0, 503, 0);
    expect(await driver().apply(spec(1))).toMatchObject({ state: "ready" });
    expect(server.trouble).toEqual([]);
  });

  test("gives up with a sentence that holds no secret", async () => {
    server.trouble.push(0, 0, 0, 0);
    const failed = await driver()
      .apply(spec(1))
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: "unavailable",
      message: "The runtime that serves the apps does not answer. Try again in a moment.",
    });
    for (const refused of [
      driver({ secret: "wrong" }).apply(spec(1)),
      driver({ adminUrl: `http://127.0.0.1:${await freePort()}` }).observe("one"),
    ]) {
      const error = await refused.catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: "unavailable" });
      expect(String(error) + String((error as Error).cause)).not.toContain("secret");
    }
  });

  test("does not wait for an answer for ever", async () => {
    const held = driver({ timeout: 50 });
    const silent = await import("node:net").then(({ createServer }) => createServer().listen(0, "127.0.0.1"));
    await new Promise((resolve) => silent.once("listening", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : 0;
    const failed = localDriver({
      adminUrl: `http://127.0.0.1:${port}`,
      secret: adminSecret,
      timeout: 50,
      pauses: [1],
    }).observe("one");
    await expect(failed).rejects.toMatchObject({ code: "unavailable" });
    silent.close();
    expect(await held.observe("one")).toBeNull();
  });
});
