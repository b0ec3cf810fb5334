import { type ChildProcess, fork, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** The runtime as a program of its own. */

let state: string;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "gantry-main-"));
});
afterAll(() => rm(state, { recursive: true, force: true }));

const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  GANTRY_RUNTIME_PORT: "0",
  GANTRY_RUNTIME_ADMIN_PORT: "0",
  GANTRY_RUNTIME_ADMIN_SECRET: randomBytes(32).toString("hex"),
  GANTRY_RUNTIME_STATE: state,
  ...more,
});

interface Started {
  readonly child: ChildProcess;
  readonly port: number;
  readonly exit: Promise<unknown[]>;
}

async function started(child: ChildProcess): Promise<Started> {
  const exit = once(child, "exit");
  const { promise, resolve } = Promise.withResolvers<number>();
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    const match = /"The runtime serves\.","port":(\d+)/.exec(text);
    if (match) resolve(Number(match[1]));
  });
  return { child, port: await promise, exit };
}

const node = process.execPath;
const main = "server/runtime/main.mjs";

test("says when it is ready, and ends in order when it is asked to", async () => {
  const { child, port, exit } = await started(
    spawn(node, [main], { env: environment(), stdio: ["ignore", "ignore", "pipe"] }),
  );
  expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).text()).toBe("ready\n");
  expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await exit).toEqual([0, null]);
});

test("is not brought down by the end of one connection, but starts anew after what nobody foresaw", async () => {
  const thrown = (code: string) =>
    `process.on('SIGUSR2',()=>{throw Object.assign(new Error('unforeseen'),{code:'${code}'})})`;
  for (const [code, expected] of [
    ["ECONNRESET", [0, null]],
    ["ELSE", [1, null]],
  ] as const) {
    const inject = `data:text/javascript,${encodeURIComponent(thrown(code))}`;
    const { child, port, exit } = await started(
      spawn(node, ["--import", inject, main], { env: environment(), stdio: ["ignore", "ignore", "pipe"] }),
    );
    const said = new Promise((resolve) => {
      child.stderr?.on("data", (text: string) => text.includes("nobody caught") && resolve(null));
    });
    child.kill("SIGUSR2");
    await said;
    if (code === "ECONNRESET") {
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
      child.kill("SIGTERM");
    }
    expect(await exit).toEqual(expected);
  }
});

test("ends when whoever started it is gone", async () => {
  const { child, exit } = await started(fork(main, { execPath: node, env: environment(), silent: true }));
  child.disconnect();
  expect(await exit).toEqual([0, null]);
});

test.each([
  [
    "every setting that is missing",
    { GANTRY_RUNTIME_ADMIN_SECRET: "short", GANTRY_RUNTIME_PORT: "x" },
    /GANTRY_RUNTIME_PORT[\s\S]*GANTRY_RUNTIME_ADMIN_SECRET/,
  ],
  ["a port that is taken", {}, /EADDRINUSE/],
])("names %s and does not start", async (_, more, expected) => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const address = blocker.address();
  const port = typeof address === "object" && address ? String(address.port) : "";
  const child = spawn(node, [main], {
    env: environment({ GANTRY_RUNTIME_PORT: port, ...more }),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(said).toMatch(expected);
  blocker.close();
});
