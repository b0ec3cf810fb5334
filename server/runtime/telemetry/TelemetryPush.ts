import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { logDefect } from "../log.ts";
import { Destination, type DestinationOptions, type Unsent } from "./Destination.ts";
import type { Telemetry } from "./Telemetry.ts";

export interface TelemetryTargets {
  /** The control plane; what it could not be told at the end is kept for the next start. */
  readonly home: DestinationOptions | null;
  /** A collector of whoever runs this. */
  readonly collector: DestinationOptions | null;
  readonly everySeconds?: number;
}

export interface PushOptions {
  readonly targets: TelemetryTargets;
  readonly stateFolder: string;
  /** Reads what is not counted but looked at, just before it is told. */
  readonly sample: () => void;
}

const lastAttempts = 3;

/** Tells at intervals, and at the end, what this process counts. */
export class TelemetryPush {
  readonly #telemetry: Telemetry;
  readonly #options: PushOptions;
  readonly #home: Destination | null;
  readonly #all: readonly Destination[];
  readonly #timer: NodeJS.Timeout;
  #underWay: Promise<unknown> = Promise.resolve();

  private constructor(telemetry: Telemetry, options: PushOptions, left: readonly Unsent[]) {
    const { home, collector, everySeconds = 10 } = options.targets;
    this.#telemetry = telemetry;
    this.#options = options;
    this.#home = home && new Destination(telemetry, home, left);
    const other = collector && new Destination(telemetry, collector);
    this.#all = [this.#home, other].filter((one) => one !== null);
    this.#timer = setInterval(() => this.push(), 1000 * everySeconds);
    this.#timer.unref();
  }

  static async start(telemetry: Telemetry, options: PushOptions): Promise<TelemetryPush> {
    return new TelemetryPush(telemetry, options, await takeLeft(options.stateFolder));
  }

  /** After what is being told already. */
  push(): Promise<unknown> {
    this.#underWay = this.#underWay.then(async () => {
      this.#options.sample();
      this.#telemetry.turn();
      await Promise.all(this.#all.map((one) => one.push()));
    });
    return this.#underWay;
  }

  /** Tells the rest, or keeps it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underWay;
    this.#options.sample();
    this.#telemetry.stop();
    await Promise.all(this.#all.map(tellAll));
    await keepLeft(this.#options.stateFolder, this.#home?.unsent() ?? []);
  }
}

async function tellAll(destination: Destination): Promise<void> {
  for (let attempt = 1; !(await destination.push()) && attempt < lastAttempts; attempt += 1) await pause(200 * attempt);
}

const fileIn = (folder: string) => join(folder, "telemetry-unsent.json");

async function keepLeft(folder: string, left: readonly Unsent[]): Promise<void> {
  const file = fileIn(folder);
  try {
    if (left.length === 0) return await rm(file, { force: true });
    await writeFile(`${file}.new`, JSON.stringify(left), { mode: 0o600 });
    await rename(`${file}.new`, file);
  } catch (error) {
    logDefect("Figures that could not be told were not kept.", error);
  }
}

/** Stays until it was told: this process may be ended without warning too. */
async function takeLeft(folder: string): Promise<readonly Unsent[]> {
  try {
    const kept: unknown = JSON.parse(await readFile(fileIn(folder), "utf8"));
    if (!Array.isArray(kept)) return [];
    return kept.flatMap((one: unknown) => (isUnsent(one) ? [{ path: one.path, body: one.body }] : []));
  } catch {
    return [];
  }
}

function isUnsent(value: unknown): value is Unsent {
  if (typeof value !== "object" || value === null) return false;
  return "path" in value && typeof value.path === "string" && "body" in value && typeof value.body === "string";
}
