import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "../freePort.ts";
import { root } from "../root.ts";
import { RunFile } from "./RunFile.ts";

// `npm start` where it cannot: one clear sentence and an exit code that is not 0, before anything is built.

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "refusals-"));
});
afterEach(() => rm(data, { recursive: true, force: true }));

/** Runs `npm start` to its end. */
async function start(environment: Record<string, string> = {}) {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [join(root, "scripts/launch.mjs"), "start"], {
    env: {
      NODE_ENV: "production",
      PATH,
      GANTRY_DATA: data,
      PORT: String(await freePort()),
      GANTRY_RUNTIME_PORT: String(await freePort()),
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  child.stdout.resume();
  const [code] = await once(child, "close");
  return { code, sentence: printed.trim() };
}

/** Takes a port for as long as the test runs. */
async function takenPort(host = "127.0.0.1"): Promise<{ port: number } & AsyncDisposable> {
  const server = createServer((socket) => socket.destroy()).listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A TCP server has a port.");
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}

test.each(["PORT", "GANTRY_RUNTIME_PORT"])("a busy %s is named with its number", async (variable) => {
  await using taken = await takenPort();
  expect(await start({ [variable]: String(taken.port) })).toEqual({
    code: 1,
    sentence: `Port ${taken.port} on 127.0.0.1 is in use by another program: stop that, or set ${variable} to another port.`,
  });
});

test("a port that is no number is refused by name", async () => {
  expect(await start({ PORT: "http" })).toEqual({
    code: 1,
    sentence: "PORT is “http” and must be a port: a whole number from 1 to 65535.",
  });
});

test("without Git, how to get it", async () => {
  await symlink(process.execPath, join(data, "node"));
  const { code, sentence } = await start({ PATH: data });
  expect(code).toBe(1);
  expect(sentence).toMatch(/^Gantry needs Git and there is no “git” on the PATH: [^\n]+$/);
});

test("a second start says where the first one is", async () => {
  const runFile = await RunFile.claim(data, { web: "http://localhost:3999", apps: "http://{app}.localhost:4000" });
  const { code, sentence } = await start();
  runFile.release();
  expect(code).toBe(1);
  expect(sentence).toContain(`Gantry is already running on ${data}: http://localhost:3999 (process ${process.pid})`);
});

test("a DATABASE_URL where nobody listens is refused without showing its password", async () => {
  const port = await freePort();
  expect(await start({ DATABASE_URL: `postgres://me:hunter2@127.0.0.1:${port}/db` })).toEqual({
    code: 1,
    sentence: `DATABASE_URL (127.0.0.1:${port}/db) cannot be used: no server listens there.`,
  });
});
