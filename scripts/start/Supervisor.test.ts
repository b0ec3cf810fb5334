import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Failure } from "../Failure.ts";
import { freePort } from "../freePort.ts";
import { Supervisor } from "./Supervisor.ts";

let folder: string;
let port: number;
let supervisor: Supervisor | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "supervisor-"));
  port = await freePort();
});
afterEach(async () => {
  await supervisor?.stop();
  await rm(folder, { recursive: true });
});

/** A supervised program of one file, and what became known about it. */
async function supervise(source: string) {
  const file = join(folder, "program.mjs");
  await writeFile(file, source);
  const notices: string[] = [];
  const processes: number[] = [];
  const givenUp = Promise.withResolvers<Failure>();
  const restarted = Promise.withResolvers<void>();
  supervisor = new Supervisor({
    program: {
      name: "web",
      log: "web",
      command: [file],
      environment: { NODE_ENV: "test" },
      probe: `http://127.0.0.1:${port}/`,
      says: "",
    },
    logs: folder,
    report: { part: () => {}, notice: (sentence) => notices.push(sentence) },
    onProcess: (pid) => {
      processes.push(pid);
      if (processes.length > 1) restarted.resolve();
    },
    onGiveUp: givenUp.resolve,
    pause: 10,
  });
  return { supervisor, notices, processes, givenUp: givenUp.promise, restarted: restarted.promise };
}

const serving = () => `
  import { createServer } from "node:http";
  createServer((request, response) => {
    response.end("here");
    if (request.url === "/die") process.exit(7);
  }).listen(${port}, "127.0.0.1");`;

const signal = new AbortController().signal;

test("a program that dies is started again, and a line says how it died", async () => {
  const { supervisor, notices, processes, restarted } = await supervise(serving());
  await supervisor.start(signal);
  await fetch(`http://127.0.0.1:${port}/die`).catch(() => {});
  await restarted;
  expect(notices).toContainEqual(expect.stringMatching(/^web: stopped with code 7; it starts again in /));
  expect(new Set(processes).size).toBe(2);
});

test("a program that dies again and again is given up with its last words", async () => {
  const { supervisor, givenUp, processes } = await supervise(`
    import { existsSync, writeFileSync } from "node:fs";
    if (existsSync(${JSON.stringify(join(folder, "empty"))})) {
      console.error("the cupboard is bare");
      process.exit(7);
    }
    writeFileSync(${JSON.stringify(join(folder, "empty"))}, "");
    ${serving()}`);
  await supervisor.start(signal);
  await fetch(`http://127.0.0.1:${port}/die`).catch(() => {});
  const { message } = await givenUp;
  expect(message).toMatch(/^web: stopped with code 7 5 times in a row\. The end of .*web\.log:\n/);
  expect(message).toContain("the cupboard is bare");
  expect(processes).toHaveLength(5);
});

test("a program that dies before it answers fails the start with its last words", async () => {
  const { supervisor } = await supervise(`throw new Error("no settings");`);
  await expect(supervisor.start(signal)).rejects.toThrow(/^web: stopped before it was ready.*no settings/s);
});

test("a start that is called off ends the program that was starting", async () => {
  const { supervisor, processes } = await supervise("setInterval(() => {}, 1000);");
  const calledOff = new AbortController();
  const start = supervisor.start(calledOff.signal);
  calledOff.abort(new Error("called off"));
  await expect(start).rejects.toThrow("called off");
  await supervisor.stop();
  expect(() => process.kill(processes[0] ?? 0, 0)).toThrow("ESRCH");
});

test("stopping asks first, so that the program can finish", async () => {
  const { supervisor } = await supervise(`${serving()}
    process.on("SIGTERM", () => {
      console.log("finished");
      process.exit();
    });`);
  await supervisor.start(signal);
  await supervisor.stop();
  expect(await readFile(join(folder, "web.log"), "utf8")).toBe("finished\n");
});

test("a program ends by itself when the launcher is killed", async () => {
  await writeFile(join(folder, "program.mjs"), serving());
  const launcher = spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { Supervisor } from ${JSON.stringify(new URL("Supervisor.ts", import.meta.url).href)};
      const supervisor = new Supervisor({
        program: { name: "web", log: "web", command: [${JSON.stringify(join(folder, "program.mjs"))}], environment: {},
          probe: "http://127.0.0.1:${port}/", says: "" },
        logs: ${JSON.stringify(folder)}, report: { part() {}, notice() {} }, onProcess() {}, onGiveUp() {},
      });
      await supervisor.start(new AbortController().signal);
      process.send("up");`,
    ],
    { stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  await once(launcher, "message");
  const connection = connect(port, "127.0.0.1");
  await once(connection, "connect");
  const ended = once(connection, "close");
  launcher.kill("SIGKILL");
  await ended;
});
