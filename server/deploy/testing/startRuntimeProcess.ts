import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "#scripts/freePort.ts";
import { adminSecret } from "./startAdminServer.ts";

/** The real runtime as a process of its own. */
export interface RuntimeProcess extends AsyncDisposable {
  /** Of its admin port. */
  readonly url: string;
  /** Address of an app by its label. */
  appUrl(label: string): string;
  /** Kills the process and starts another one with the same state. */
  restart(): Promise<void>;
}

const program = fileURLToPath(new URL("../../runtime/main.mjs", import.meta.url));

export async function startRuntimeProcess(): Promise<RuntimeProcess> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const folder = await mkdtemp(join(tmpdir(), "gantry-test-"));
  const settings = {
    GANTRY_RUNTIME_PORT: String(port),
    GANTRY_RUNTIME_ADMIN_PORT: String(adminPort),
    GANTRY_RUNTIME_ADMIN_SECRET: adminSecret,
    GANTRY_RUNTIME_STATE: join(folder, "runtime"),
    GANTRY_APPS_URL: `http://127.0.0.1:${port}/apps/{app}`,
  };
  const adminUrl = `http://127.0.0.1:${adminPort}`;
  let child = await start(settings, adminUrl);
  const kill = async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return {
    url: adminUrl,
    appUrl: (label) => `http://127.0.0.1:${port}/apps/${label}`,
    async restart() {
      await kill();
      child = await start(settings, adminUrl);
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(settings: Record<string, string>, adminUrl: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: string[] = [];
  child.stderr.on("data", (text) => said.push(String(text)));
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The runtime does not start.\n${said.join("")}`);
    // Its admin port opens last.
    if (
      await fetch(adminUrl).then(
        () => true,
        () => false,
      )
    )
      return child;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
