import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "@playwright/test";
import { freePort, isFree } from "#scripts/freePort.ts";
import { root } from "#scripts/root.ts";
import { runningInstance } from "#scripts/start/RunFile.ts";

// `npm start` from outside. The build is the one that the instance of these tests was started from.

let data: string;
let port: number;
let runtimePort: number;
let launcher: Launcher | undefined;

interface Launcher {
  readonly process: ChildProcess;
  readonly lines: readonly string[];
  /** Resolves with the line of the address. */
  readonly ready: Promise<string>;
}

test.beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "gantry-launcher-"));
  await chmod(data, 0o711);
  port = await freePort();
  runtimePort = await freePort();
});
test.afterEach(async () => {
  if (launcher && launcher.process.exitCode === null && launcher.process.signalCode === null) {
    const exit = once(launcher.process, "exit");
    launcher.process.kill("SIGTERM");
    await exit;
  }
  await rm(data, { recursive: true });
});

function start(): Launcher {
  const child = spawn(process.execPath, [join(root, "scripts/launch.mjs"), "start"], {
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      GANTRY_DATA: data,
      PORT: String(port),
      GANTRY_RUNTIME_PORT: String(runtimePort),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const ready = Promise.withResolvers<string>();
  ready.promise.catch(() => {});
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    if (line.startsWith("Gantry is ready")) ready.resolve(line);
  });
  child.once("exit", (code) => ready.reject(new Error(`It ended with code ${code}:\n${lines.join("\n")}`)));
  launcher = { process: child, lines, ready: ready.promise };
  return launcher;
}

async function end(running: Launcher, signal: NodeJS.Signals): Promise<number | null> {
  const exit = once(running.process, "exit");
  running.process.kill(signal);
  const [code] = await exit;
  return code;
}

test("a start tells of every part, answers, and Ctrl-C stops all of it", async () => {
  const running = start();
  expect(await running.ready).toContain(`http://localhost:${port}`);
  const parts = running.lines.map((line) => line.match(/^(\S.*?) {2,}.* s$/)?.[1]).filter(Boolean);
  expect(parts.slice(0, 4)).toEqual(["packages", "PostgreSQL", "migrations", "build"]);
  expect(parts.slice(4).sort()).toEqual(["job engine", "runtime", "web"]);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${runtimePort}/readyz`)).status).toBe(200);
  const pids = runningInstance(data)?.processes.map(({ pid }) => pid) ?? [];
  expect(pids).toHaveLength(3);

  expect(await end(running, "SIGINT")).toBe(0);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  expect([await isFree(port), await isFree(runtimePort)]).toEqual([true, true]);
  expect(runningInstance(data)).toBeUndefined();
});

test("after kill -9 the next start comes up on the same data, without a build", async () => {
  const first = start();
  await first.ready;
  await end(first, "SIGKILL");
  const second = start();
  await second.ready;
  expect(second.lines).toContainEqual(expect.stringMatching(/^PostgreSQL {2,}127\.0\.0\.1:\d+ {2,}/));
  expect(second.lines).toContainEqual(expect.stringMatching(/^migrations {2,}up to date /));
  expect(second.lines).toContainEqual(expect.stringMatching(/^build {2,}fresh /));
  expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);
  expect(await end(second, "SIGTERM")).toBe(0);
});
