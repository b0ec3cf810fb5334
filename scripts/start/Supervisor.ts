import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "../Failure.ts";
import { root } from "../root.ts";
import { forTerminal } from "./forTerminal.ts";
import { LogFile } from "./LogFile.ts";
import type { Program } from "./Program.ts";
import type { Report } from "./report.ts";

export interface Supervision {
  readonly program: Program;
  /** The folder of the log files. */
  readonly logs: string;
  readonly report: Report;
  /** Called with every new process of the program. */
  readonly onProcess: (pid: number) => void;
  /** Called once when the program dies again and again. */
  readonly onGiveUp: (failure: Failure) => void;
  /** Milliseconds before the program is started again; each quick death doubles them. */
  readonly pause?: number;
}

/** A process that lived less than this died quickly. */
const quick = 15_000;
const quickDeaths = 5;
const patience = 90_000;

/** Runs one program, and runs it again when it dies. */
export class Supervisor {
  readonly #supervision: Supervision;
  readonly #log: LogFile;
  readonly #stopping = new AbortController();
  #child: ChildProcess | undefined;
  #deaths = 0;
  #ready = false;

  constructor(supervision: Supervision) {
    this.#supervision = supervision;
    this.#log = new LogFile(join(supervision.logs, `${supervision.program.log}.log`));
  }

  /** Starts the program; resolves when it answers, fails when it dies or stays silent before that. */
  async start(signal: AbortSignal): Promise<void> {
    const child = this.#spawn();
    // Closed, not only ended: by then all that it printed has been read.
    const closed = once(child, "close");
    const died = closed.then(() => {
      throw new Failure(this.#lastWords("stopped before it was ready"));
    });
    const given = AbortSignal.any([signal, this.#stopping.signal, AbortSignal.timeout(patience)]);
    try {
      await Promise.race([this.#answers(given), died]);
    } catch (error) {
      died.catch(() => {});
      signal.throwIfAborted();
      if (error instanceof Failure) throw error;
      throw new Failure(this.#lastWords(`did not answer within ${patience / 1000} seconds`), { cause: error });
    }
    died.catch(() => {});
    this.#ready = true;
    this.#keep(child, closed).catch((cause: unknown) => {
      this.#supervision.onGiveUp(new Failure(this.#lastWords("cannot be started again"), { cause }));
    });
  }

  /** Asks the program to stop; after ten seconds it has no choice. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (child && isRunning(child)) {
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      const impatient = setTimeout(() => killGroup(child), 10_000);
      await exit;
      clearTimeout(impatient);
    }
    // Whatever it started itself goes with it.
    if (child) killGroup(child);
    this.#log.close();
  }

  /** Ends the program at once. */
  kill(): void {
    this.#stopping.abort();
    if (this.#child) killGroup(this.#child);
  }

  #spawn(): ChildProcess {
    const { program, report, onProcess } = this.#supervision;
    const child = spawn(process.execPath, ["--import", join(root, "scripts/start/parent.mjs"), ...program.command], {
      cwd: root,
      env: { ...program.environment, GANTRY_LAUNCHER: String(process.pid) },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // In a group of its own: Ctrl-C reaches the launcher only, which stops the programs in their order.
      detached: true,
    });
    this.#child = child;
    if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => this.#log.write(line));
    if (child.stderr) {
      createInterface({ input: child.stderr }).on("line", (line) => {
        this.#log.write(line);
        // While it starts and stops, only what a failure quotes is worth the terminal.
        const shown = this.#ready && !this.#stopping.signal.aborted ? forTerminal(line) : undefined;
        if (shown !== undefined) report.notice(`[${program.name}] ${shown}`);
      });
    }
    if (child.pid !== undefined) onProcess(child.pid);
    return child;
  }

  /** Waits for every death of the program and starts it anew, until it is stopped or dies too often. */
  async #keep(first: ChildProcess, firstClosed: Promise<unknown[]>): Promise<void> {
    const { program, report, onGiveUp } = this.#supervision;
    for (let child = first, closed = firstClosed; ; child = this.#spawn(), closed = once(child, "close")) {
      const born = performance.now();
      if (isRunning(child)) await once(child, "exit");
      if (this.#stopping.signal.aborted) return;
      killGroup(child);
      const [code, signal] = await closed;
      this.#deaths = performance.now() - born < quick ? this.#deaths + 1 : 1;
      const how = signal ? `was ended by ${signal}` : `stopped with code ${code}`;
      if (this.#deaths >= quickDeaths) {
        onGiveUp(new Failure(this.#lastWords(`${how} ${this.#deaths} times in a row`)));
        return;
      }
      const pause = (this.#supervision.pause ?? 500) * 2 ** (this.#deaths - 1);
      report.notice(`${program.name}: ${how}; it starts again in ${pause / 1000} s (${this.#log.path}).`);
      try {
        await delay(pause, undefined, { signal: this.#stopping.signal });
      } catch {
        return;
      }
    }
  }

  /** Asks until there is an answer; another program's readiness comes with no event. */
  async #answers(signal: AbortSignal): Promise<void> {
    for (; ; await delay(50, undefined, { signal })) {
      const response = await fetch(this.#supervision.program.probe, { signal, redirect: "manual" }).catch(
        () => undefined,
      );
      await response?.body?.cancel();
      if (response && response.status < 500) return;
      signal.throwIfAborted();
    }
  }

  #lastWords(what: string): string {
    const { program } = this.#supervision;
    return [`${program.name}: ${what}. The end of ${this.#log.path}:`, ...this.#log.last].join("\n");
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing is left of it.
  }
}
