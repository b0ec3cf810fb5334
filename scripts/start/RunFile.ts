import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { link, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure, systemCode } from "../Failure.ts";
import { isAlive, startOf, waitForEnd } from "../processes.ts";

interface RunningProcess {
  readonly pid: number;
  readonly started: string | undefined;
}

/** What one instance tells about itself in `run.json` of its data folder, from its first moment to its last. */
export interface Run {
  readonly launcher: RunningProcess;
  /** Every process that it started and that should be gone when the launcher is. */
  readonly processes: readonly RunningProcess[];
  /** The public address of the web application. */
  readonly web: string;
  /** The public address of an app, with `{app}` for its label. */
  readonly apps: string;
  /** False while it still starts. */
  readonly ready: boolean;
}

/** The instance that runs on this data folder now, if one does. */
export function runningInstance(data: string): Run | undefined {
  const run = readRun(data);
  return run && isSame(run.launcher) ? run : undefined;
}

/** This process's claim to a data folder. */
export class RunFile {
  readonly #path: string;
  #run: Run;

  private constructor(path: string, run: Run) {
    this.#path = path;
    this.#run = run;
  }

  /** Claims the data folder, ending what a killed launcher left behind; refuses while another instance runs there. */
  static async claim(data: string, addresses: Pick<Run, "web" | "apps">): Promise<RunFile> {
    const path = join(data, "run.json");
    const launcher = { pid: process.pid, started: startOf(process.pid) };
    const run: Run = { launcher, processes: [], ready: false, ...addresses };
    const draft = `${path}.${randomBytes(4).toString("hex")}`;
    await writeFile(draft, JSON.stringify(run));
    try {
      // A link is made by one of two claimants only, and is complete the moment it is there.
      while (!(await madeLink(draft, path))) {
        const other = readRun(data);
        if (other && isSame(other.launcher)) {
          throw new Failure(
            `Gantry is already running on ${data}: ${other.web} (process ${other.launcher.pid}). Stop it first, or set GANTRY_DATA to another folder.`,
          );
        }
        await Promise.all((other?.processes ?? []).map(endLeftover));
        await rm(path, { force: true });
      }
    } finally {
      await rm(draft, { force: true });
    }
    return new RunFile(path, run);
  }

  addProcess(pid: number): void {
    const living = this.#run.processes.filter((known) => isAlive(known.pid));
    this.#write({ ...this.#run, processes: [...living, { pid, started: startOf(pid) }] });
  }

  markReady(): void {
    this.#write({ ...this.#run, ready: true });
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }

  #write(run: Run): void {
    this.#run = run;
    writeFileSync(`${this.#path}.new`, JSON.stringify(run));
    renameSync(`${this.#path}.new`, this.#path);
  }
}

function readRun(data: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(join(data, "run.json"), "utf8")) as Run;
  } catch (error) {
    // A file that the machine's crash cut short claims nothing.
    if (systemCode(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function madeLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

function isSame({ pid, started }: RunningProcess): boolean {
  return isAlive(pid) && started !== undefined && startOf(pid) === started;
}

async function endLeftover(leftover: RunningProcess): Promise<void> {
  if (!isSame(leftover)) return;
  process.kill(leftover.pid, "SIGTERM");
  if (await waitForEnd(leftover.pid, 5_000)) return;
  if (isSame(leftover)) process.kill(leftover.pid, "SIGKILL");
  await waitForEnd(leftover.pid, 5_000);
}
