import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { startRuntime } from "#server/runtime/host/startRuntime.ts";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A request to one version: the path after `/rest/v1`, and what is sent. */
export type Call = (method: string, path: string, input?: unknown) => Promise<Answer>;

export interface ServedVersions extends AsyncDisposable {
  /** Serves a model under a label of its own, beside those that are served already. */
  serve(label: string, model: Model, databaseUrl: string): Promise<Call>;
}

/** One runtime that serves several versions of a model, of one database or of several. */
export async function servedVersions(): Promise<ServedVersions> {
  const stateFolder = await mkdtemp(join(tmpdir(), "gantry-versions-"));
  const adminSecret = randomBytes(32).toString("hex");
  const runtime = await startRuntime({
    host: "127.0.0.1",
    port: 0,
    adminPort: 0,
    adminSecret,
    stateFolder,
    appsUrl: null,
  });
  const key = `gk_${randomBytes(16).toString("hex")}`;
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  let release = 0;
  return {
    async serve(label, model, databaseUrl) {
      release += 1;
      const spec: EnvironmentSpec = {
        id: label,
        label,
        revision: release,
        release,
        commit: "c".repeat(40),
        snapshot: { format: 1, hash: sha256(canonicalJson(model as unknown as JsonValue)), model },
        databaseUrl,
        apiKeys: [{ id: "test", hash: sha256(key), expiresAt: null }],
      };
      const response = await fetch(`http://127.0.0.1:${runtime.adminPort}/environments/${label}`, {
        method: "PUT",
        headers: { authorization: `Bearer ${adminSecret}` },
        body: JSON.stringify(spec),
      });
      const status = await response.text();
      if (!status.includes('"ready"')) throw new Error(`The runtime does not serve the model: ${status}`);
      return async (method, path, input) => {
        const url = `http://127.0.0.1:${runtime.port}/apps/${label}/rest/v1${path}`;
        const body = input === undefined ? {} : { body: JSON.stringify(input) };
        const answer = await fetch(url, { method, headers, ...body });
        const text = await answer.text();
        return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
      };
    },
    async [Symbol.asyncDispose]() {
      await runtime.stop();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
