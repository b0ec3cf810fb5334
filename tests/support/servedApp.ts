import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type postgres from "postgres";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import type { RuntimeConfig } from "#server/runtime/config.ts";
import { startRuntime } from "#server/runtime/host/startRuntime.ts";
import { modelDatabase } from "./modelDatabase.ts";
import { StatementCounter } from "./StatementCounter.ts";

export interface ServedApp extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  readonly key: string;
  /** The app's own database, for what a test prepares or looks at by itself. */
  readonly sql: postgres.Sql;
  readonly statements: StatementCounter;
  /** A request with the key, unless it has an `authorization` of its own (an empty one sends none). */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A request to the admin port, below the path of the environment. */
  admin(method: string, path: string, body?: object): Promise<Response>;
}

/** A model served by the runtime over HTTP, on a PostgreSQL database of its own. */
export async function servedApp(
  model: Model,
  parts: Partial<EnvironmentSpec> = {},
  config: Partial<RuntimeConfig> = {},
): Promise<ServedApp> {
  const database = await modelDatabase(model);
  const statements = await StatementCounter.inFrontOf(database.url);
  const stateFolder = await mkdtemp(join(tmpdir(), "gantry-served-"));
  const adminSecret = randomBytes(32).toString("hex");
  const ports = { host: "127.0.0.1", port: 0, adminPort: 0 };
  const runtime = await startRuntime({ ...ports, adminSecret, stateFolder, appsUrl: null, ...config });
  const key = `gk_${randomBytes(16).toString("hex")}`;
  const spec: EnvironmentSpec = {
    id: "served",
    label: "served",
    revision: 1,
    release: 1,
    commit: "c".repeat(40),
    snapshot: { format: 1, hash: sha256(canonicalJson(model as unknown as JsonValue)), model },
    databaseUrl: statements.url,
    apiKeys: [{ id: "test", hash: sha256(key), expiresAt: null, actAs: true }],
    encryption: { current: "test", keys: [{ id: "test", key: randomBytes(32).toString("base64url") }] },
    ...parts,
  };
  const response = await fetch(`http://127.0.0.1:${runtime.adminPort}/environments/${spec.id}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${adminSecret}` },
    body: JSON.stringify(spec),
  });
  const status = await response.text();
  if (!status.includes('"ready"')) throw new Error(`The runtime does not serve the model: ${status}`);
  const url = `http://127.0.0.1:${runtime.port}/apps/served`;
  return {
    url,
    key,
    admin: (method, path, body) =>
      fetch(`http://127.0.0.1:${runtime.adminPort}/environments/${spec.id}${path}`, {
        method,
        headers: { authorization: `Bearer ${adminSecret}` },
        ...(body && { body: JSON.stringify(body) }),
      }),
    sql: database.sql,
    statements,
    fetch(path, init = {}) {
      const headers = new Headers(init.headers);
      if (!headers.has("authorization")) headers.set("authorization", `Bearer ${key}`);
      if (headers.get("authorization") === "") headers.delete("authorization");
      return fetch(`${url}${path}`, { ...init, headers });
    },
    async [Symbol.asyncDispose]() {
      await runtime.stop();
      await statements[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
