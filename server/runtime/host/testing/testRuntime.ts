import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { EnvironmentSpec, EnvironmentStatus } from "#lib/compile/Snapshot.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import type { RuntimeConfig } from "../../config.ts";
import { type Runtime, startRuntime } from "../startRuntime.ts";

export interface TestRuntime extends AsyncDisposable {
  readonly runtime: Runtime;
  readonly stateFolder: string;
  admin(method: string, path: string, body?: unknown): Promise<Response>;
  put(spec: EnvironmentSpec): Promise<EnvironmentStatus>;
  /** Address of an app, without a slash at its end. */
  url(label?: string): string;
  /** A request to an app with a key. */
  get(label: string, path: string, key?: string): Promise<Response>;
  /** Stops it and starts another with the same state. */
  restart(): Promise<void>;
}

export const testKey = "gk_test";

/** A runtime with ports and a state folder of its own. */
export async function testRuntime(config: Partial<RuntimeConfig> = {}): Promise<TestRuntime> {
  const stateFolder = await mkdtemp(join(tmpdir(), "gantry-runtime-"));
  const adminSecret = randomBytes(32).toString("hex");
  const start = () =>
    startRuntime({ host: "127.0.0.1", port: 0, adminPort: 0, adminSecret, stateFolder, appsUrl: null, ...config });
  let runtime = await start();
  const admin: TestRuntime["admin"] = (method, path, body) =>
    fetch(`http://127.0.0.1:${runtime.adminPort}${path}`, {
      method,
      headers: { authorization: `Bearer ${adminSecret}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    get runtime() {
      return runtime;
    },
    stateFolder,
    admin,
    async put(spec) {
      const response = await admin("PUT", `/environments/${spec.id}`, spec);
      if (response.status !== 200) throw new Error(await response.text());
      return (await response.json()) as EnvironmentStatus;
    },
    url: (label = "one") => `http://127.0.0.1:${runtime.port}/apps/${label}`,
    get: (label, path, key = testKey) =>
      fetch(`http://127.0.0.1:${runtime.port}/apps/${label}${path}`, { headers: { "x-api-key": key } }),
    async restart() {
      await runtime.stop();
      runtime = await start();
    },
    async [Symbol.asyncDispose]() {
      await runtime.stop();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

export function aSpec(
  model: Model,
  parts: Partial<EnvironmentSpec> & Pick<EnvironmentSpec, "databaseUrl">,
): EnvironmentSpec {
  return {
    id: "one",
    label: "one",
    revision: parts.release ?? 1,
    release: 1,
    commit: "c".repeat(40),
    snapshot: { format: 1, hash: sha256(canonicalJson(model as unknown as JsonValue)), model },
    apiKeys: [{ id: "key", hash: sha256(testKey), expiresAt: null }],
    ...parts,
  };
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
