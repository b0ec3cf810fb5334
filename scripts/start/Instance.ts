import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { migrateDatabase } from "#db/migrate.ts";
import { Failure } from "../Failure.ts";
import { checkDatabase } from "../postgres/checkDatabase.ts";
import { stopLeftover } from "../postgres/leftover.ts";
import { ownDatabase } from "../postgres/ownDatabase.ts";
import { sealAnew } from "../rotate/sealAnew.ts";
import { type Addresses, publicAddresses } from "./addresses.ts";
import { buildIfStale } from "./build.ts";
import { embeddedServer, secretsOf } from "./database.ts";
import { KeptPostgres } from "./KeptPostgres.ts";
import type { Program } from "./Program.ts";
import { type InternalPorts, internalPorts, refuseBusyPorts } from "./ports.ts";
import { programs } from "./programs.ts";
import { RunFile } from "./RunFile.ts";
import type { Report } from "./report.ts";
import { requireGit } from "./requireGit.ts";
import type { Settings } from "./Settings.ts";
import { Supervisor } from "./Supervisor.ts";
import { retireSecrets, type Secrets } from "./secrets.ts";

/** A whole Gantry: PostgreSQL, job engine, runtime and web application on one data folder. */
export class Instance {
  readonly #settings: Settings;
  readonly #report: Report;
  readonly #logs: string;
  /** What was started, to be stopped in the reverse order. */
  readonly #parts = new AsyncDisposableStack();
  readonly #kills: (() => void)[] = [];
  readonly #stopping = new AbortController();
  readonly #failed = Promise.withResolvers<Failure>();
  #starting: Promise<Addresses> | undefined;

  constructor(settings: Settings, report: Report) {
    this.#settings = settings;
    this.#report = report;
    this.#logs = join(settings.data, "logs");
  }

  /** Resolves when one of its programs cannot be kept running. */
  get failed(): Promise<Failure> {
    return this.#failed.promise;
  }

  /** Starts part after part; resolves when all of them answer. Whether it fails or not, `stop` ends what came up. */
  start(): Promise<Addresses> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  /** Stops everything in the reverse order, also in the middle of a start. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Failure("Stopped before everything was up."));
    await this.#starting?.catch(() => {});
    await this.#parts.disposeAsync();
  }

  /** Ends everything at once. */
  kill(): void {
    this.#stopping.abort(new Failure("Stopped at once."));
    for (const kill of this.#kills.toReversed()) kill();
  }

  async #start(): Promise<Addresses> {
    const settings = this.#settings;
    requireGit();
    const addresses = await publicAddresses(settings);
    await this.#makeFolders();
    const runFile = await RunFile.claim(settings.data, addresses);
    this.#parts.defer(() => runFile.release());
    // Before ports are looked at: a server that a killed launcher left behind still has its own.
    await stopLeftover(join(settings.data, "postgres"));
    await refuseBusyPorts(settings);
    const ports = await internalPorts(settings.data);
    const secrets = await secretsOf(settings.data);
    const databaseUrl = await this.#database(ports, secrets);
    await this.#step("migrations", () => migrateDatabase(databaseUrl));
    await this.#sealAnew(secrets, databaseUrl);
    if (settings.mode === "start") {
      await this.#step("build", (signal) =>
        buildIfStale({ logs: this.#logs, environment: settings.environment, signal }),
      );
    }
    const all = programs({ settings, ports, secrets, databaseUrl, addresses });
    await Promise.all(all.map((program) => this.#run(program, runFile)));
    runFile.markReady();
    return addresses;
  }

  async #makeFolders(): Promise<void> {
    const { data } = this.#settings;
    // Private, except that the account which PostgreSQL runs as for root must pass through.
    if (await mkdir(data, { recursive: true })) await chmod(data, process.getuid?.() === 0 ? 0o711 : 0o700);
    await mkdir(this.#logs, { recursive: true, mode: 0o700 });
  }

  async #database(ports: InternalPorts, secrets: Secrets): Promise<string> {
    const { data, databaseUrl } = this.#settings;
    if (databaseUrl) {
      await this.#step("PostgreSQL", () => checkDatabase(databaseUrl));
      return databaseUrl;
    }
    let url = "";
    await this.#step("PostgreSQL", async () => {
      const { options, isNew } = await embeddedServer({ data, logs: this.#logs, port: ports.postgres, secrets });
      const kept = await KeptPostgres.start({ options, report: this.#report, onGiveUp: this.#failed.resolve });
      this.#parts.defer(() => kept.stop());
      this.#kills.push(() => kept.kill());
      url = await ownDatabase(kept.server, secrets.POSTGRES_PASSWORD);
      return `127.0.0.1:${ports.postgres}${isNew ? " (new)" : ""}`;
    });
    return url;
  }

  /** The rest of a rotation, before anything runs that would have to know the older keys. */
  async #sealAnew(secrets: Secrets, databaseUrl: string): Promise<void> {
    const { data, environment } = this.#settings;
    const { GANTRY_SECRET_PREVIOUS: previous } = secrets;
    // Who sets the keys in the environment rotates by hand: other processes may not have the new one yet.
    if (!previous || environment.GANTRY_SECRET) return;
    await this.#step("secrets", async () => {
      const told = await sealAnew({ databaseUrl, newest: secrets.GANTRY_SECRET, previous });
      await retireSecrets(data, previous);
      return told;
    });
  }

  async #run(program: Program, runFile: RunFile): Promise<void> {
    const supervisor = new Supervisor({
      program,
      logs: this.#logs,
      report: this.#report,
      onProcess: (pid) => runFile.addProcess(pid),
      onGiveUp: this.#failed.resolve,
    });
    this.#parts.defer(() => supervisor.stop());
    this.#kills.push(() => supervisor.kill());
    await this.#step(program.name, async (signal) => {
      await supervisor.start(signal);
      return program.says;
    });
  }

  async #step(name: string, work: (signal: AbortSignal) => Promise<string>): Promise<void> {
    const { signal } = this.#stopping;
    signal.throwIfAborted();
    const since = performance.now();
    this.#report.part(name, await work(signal), since);
  }
}
