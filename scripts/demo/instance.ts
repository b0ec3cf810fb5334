import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "../Failure.ts";
import { isAlive, startOf, waitForEnd } from "../processes.ts";
import { root } from "../root.ts";
import { runningInstance } from "../start/RunFile.ts";
import type { Settings } from "../start/Settings.ts";

interface Started {
  readonly pid: number;
  /** Tells the process from a later one with the same id. */
  readonly started: string | undefined;
}

/** A first start builds the web application, which takes minutes on a small machine; in ms. */
const patience = 15 * 60_000;

/** The address of the instance on this data folder; starts one, which goes on running, where there is none. */
export async function findOrStart(settings: Settings, say: (sentence: string) => void): Promise<string> {
  const running = runningInstance(settings.data);
  if (running) {
    say(`Using the Gantry that runs at ${running.web}.`);
    return await whenReady(settings.data, running.launcher.pid);
  }
  say("Starting Gantry; the first time takes a few minutes.");
  mkdirSync(join(settings.data, "logs"), { recursive: true });
  const log = openSync(join(settings.data, "logs", "demo.log"), "w", 0o600);
  const child = spawn(process.execPath, [join(root, "scripts/start/main.ts"), "start"], {
    cwd: root,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  if (child.pid === undefined) throw new Failure("Gantry could not be started.");
  const started: Started = { pid: child.pid, started: startOf(child.pid) };
  writeFileSync(noteOf(settings.data), JSON.stringify(started));
  return await whenReady(settings.data, child.pid);
}

/** Ends the instance that a demo started, if it still runs. Answers what it did, for the person. */
export async function stopStarted(data: string): Promise<string> {
  const note = readNote(data);
  rmSync(noteOf(data), { force: true });
  if (!note || !isAlive(note.pid) || startOf(note.pid) !== note.started) return "No demo runs here.";
  process.kill(note.pid, "SIGTERM");
  if (!(await waitForEnd(note.pid, 60_000))) throw new Failure(`Gantry (process ${note.pid}) does not stop.`);
  return "Stopped.";
}

const noteOf = (data: string) => join(data, "demo.json");

function readNote(data: string): Started | undefined {
  try {
    return JSON.parse(readFileSync(noteOf(data), "utf8")) as Started;
  } catch {
    return undefined;
  }
}

/** The launcher is no child of this process, so there is no event to await: its file is looked at until it says ready. */
async function whenReady(data: string, launcher: number): Promise<string> {
  for (const end = Date.now() + patience; Date.now() < end; await delay(200)) {
    const run = runningInstance(data);
    if (run?.ready) return run.web;
    if (!isAlive(launcher)) throw new Failure(`Gantry did not start:\n${lastLines(data)}`);
  }
  throw new Failure(`Gantry is not ready after ${patience / 60_000} minutes; see ${join(data, "logs")}.`);
}

function lastLines(data: string): string {
  try {
    return readFileSync(join(data, "logs", "demo.log"), "utf8")
      .trim()
      .split("\n")
      .slice(-8)
      .join("\n");
  } catch {
    return `see ${join(data, "logs")}`;
  }
}
