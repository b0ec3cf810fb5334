import { fork } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ApiKeySpec, EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import type { Model } from "#lib/model/types.ts";
import { freePort } from "#scripts/freePort.ts";
import { root } from "#scripts/root.ts";
import { compileSnapshot } from "#server/features/deployments/compileSnapshot.ts";

export interface RuntimeProcess extends AsyncDisposable {
  readonly pid: number;
  /** Base address of an app by its label. */
  app(label: string): string;
  deploy(spec: EnvironmentSpec): Promise<void>;
}

/** The runtime as it is deployed: a program of its own. */
export async function startRuntime(settings: Readonly<Record<string, string>> = {}): Promise<RuntimeProcess> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const secret = randomBytes(32).toString("hex");
  const state = await mkdtemp(join(tmpdir(), "gantry-bench-runtime-"));
  const child = fork(join(root, "server/runtime/main.mjs"), [], {
    cwd: root,
    // To profile it: BENCH_RUNTIME_FLAGS="--cpu-prof --cpu-prof-dir=/tmp/profiles".
    execArgv: (process.env.BENCH_RUNTIME_FLAGS ?? "").split(" ").filter((flag) => flag !== ""),
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      GANTRY_RUNTIME_PORT: String(port),
      GANTRY_RUNTIME_ADMIN_PORT: String(adminPort),
      GANTRY_RUNTIME_ADMIN_SECRET: secret,
      GANTRY_RUNTIME_STATE: state,
      ...settings,
    },
  });
  await answering(`http://127.0.0.1:${port}/readyz`);
  return {
    pid: child.pid ?? 0,
    app: (label) => `http://127.0.0.1:${port}/apps/${label}`,
    async deploy(spec) {
      const response = await fetch(`http://127.0.0.1:${adminPort}/environments/${spec.id}`, {
        method: "PUT",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: JSON.stringify(spec),
      });
      if (!response.ok) throw new Error(`The runtime refused: ${await response.text()}`);
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      await rm(state, { recursive: true, force: true });
    },
  };
}

/** Waits until an address answers 200. */
export async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await delay(25);
  }
  throw new Error(`${url} does not answer.`);
}

/** A key as clients send it, and as a spec names it. */
export function benchKey(): { readonly key: string; readonly spec: EnvironmentSpec["apiKeys"][number] } {
  const key = `gk_${randomBytes(32).toString("base64url")}`;
  return { key, spec: { id: randomUUID(), hash: createHash("sha256").update(key).digest("hex"), expiresAt: null } };
}

interface Deployed {
  readonly label: string;
  readonly model: Model;
  readonly databaseUrl: string;
  readonly key: ApiKeySpec;
}

/** The first release of an environment. */
export function environmentOf({ label, model, databaseUrl, key }: Deployed): EnvironmentSpec {
  const commit = createHash("sha1").update(label).digest("hex");
  const snapshot = compileSnapshot(model);
  return { id: randomUUID(), label, revision: 1, release: 1, commit, snapshot, databaseUrl, apiKeys: [key] };
}
