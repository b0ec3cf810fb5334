import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RunFile, runningInstance } from "./RunFile.ts";

const addresses = { web: "http://localhost:3000", apps: "http://{app}.localhost:4000" };
let data: string;
let claimant: ChildProcess | undefined;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "run-file-"));
});
afterEach(async () => {
  claimant?.kill("SIGKILL");
  await rm(data, { recursive: true });
});

/** Another process that claims the folder and starts a program of its own; the program's id. */
async function claimElsewhere(): Promise<number> {
  const source = `
    import { spawn } from "node:child_process";
    import { RunFile } from ${JSON.stringify(new URL("RunFile.ts", import.meta.url).href)};
    const runFile = await RunFile.claim(${JSON.stringify(data)}, ${JSON.stringify(addresses)});
    const program = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
    runFile.addProcess(program.pid);
    runFile.markReady();
    process.send(program.pid);
    setInterval(() => {}, 1000);`;
  const parameters = ["--input-type=module", "--eval", source];
  claimant = spawn(process.execPath, parameters, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [pid] = await once(claimant, "message");
  return Number(pid);
}

test("a second instance on one folder is refused and told where the first one is", async () => {
  await claimElsewhere();
  await expect(RunFile.claim(data, addresses)).rejects.toThrow(
    `Gantry is already running on ${data}: http://localhost:3000 (process ${claimant?.pid})`,
  );
  expect(runningInstance(data)).toMatchObject({ ...addresses, ready: true });
});

test("of two that claim at once, one wins", async () => {
  const outcomes = await Promise.allSettled([RunFile.claim(data, addresses), RunFile.claim(data, addresses)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("after a killed launcher the folder is free, and the programs that it left are ended first", async () => {
  const program = await claimElsewhere();
  claimant?.kill("SIGKILL");
  if (claimant) await once(claimant, "exit");
  expect(runningInstance(data)).toBeUndefined();
  const runFile = await RunFile.claim(data, addresses);
  expect(() => process.kill(program, 0)).toThrow("ESRCH");
  runFile.release();
});

test("a process that merely has the id of an old one is left alone", async () => {
  const bystander = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const stale = { pid: bystander.pid, started: "long ago" };
  await writeFile(
    join(data, "run.json"),
    JSON.stringify({ launcher: stale, processes: [stale], ready: true, ...addresses }),
  );
  const runFile = await RunFile.claim(data, addresses);
  expect(bystander.signalCode).toBeNull();
  expect(process.kill(bystander.pid ?? 0, 0)).toBe(true);
  runFile.release();
  bystander.kill("SIGKILL");
});

test("a file that a crash cut short claims nothing", async () => {
  await writeFile(join(data, "run.json"), '{"launcher":');
  const runFile = await RunFile.claim(data, addresses);
  expect(runningInstance(data)?.launcher.pid).toBe(process.pid);
  runFile.release();
  expect(runningInstance(data)).toBeUndefined();
});
