import type { EnvironmentSpec, EnvironmentStatus } from "#lib/compile/Snapshot.ts";
import { hasEncrypted } from "../encryption/encryptedPlaces.ts";
import { reencrypt } from "../encryption/reencrypt.ts";
import { missingParts } from "../exec/checkTables.ts";
import type { FileStore } from "../files/FileStore.ts";
import type { StreamCount } from "../http/Streams.ts";
import { log, logDefect } from "../log.ts";
import { type App, Apps } from "./App.ts";
import { Databases } from "./Databases.ts";
import { Environment } from "./Environment.ts";
import type { SpecStore } from "./SpecStore.ts";

export interface EnvironmentsOptions {
  readonly files?: FileStore | null;
  /** Of the whole process. */
  readonly streamCount?: StreamCount;
}

/** How often what idles is put away. */
const sweepSeconds = 30;

/** The environments that this runtime serves: by label for requests, by id for whoever governs them. */
export class Environments {
  readonly #store: SpecStore;
  readonly #files: FileStore | null;
  readonly #apps = new Apps();
  readonly #databases = new Databases();
  readonly #byId = new Map<string, Environment>();
  readonly #byLabel = new Map<string, Environment>();
  /** Changes of one environment go one after the other. */
  readonly #changes = new Map<string, Promise<unknown>>();

  readonly #streamCount: StreamCount | undefined;
  readonly #sweeper: NodeJS.Timeout;

  constructor(store: SpecStore, { files = null, streamCount }: EnvironmentsOptions = {}) {
    this.#store = store;
    this.#files = files;
    this.#streamCount = streamCount;
    this.#sweeper = setInterval(() => this.sweep(), 1000 * sweepSeconds);
    this.#sweeper.unref();
  }

  get all(): readonly Environment[] {
    return [...this.#byId.values()];
  }

  get apps(): number {
    return this.#apps.size;
  }

  withLabel(label: string): Environment | null {
    return this.#byLabel.get(label) ?? null;
  }

  /** Takes up what was served before. Databases are not asked: they may come up later than this program. */
  async resume(): Promise<void> {
    for (const spec of await this.#store.load()) {
      const holder = this.#byLabel.get(spec.label);
      if (holder) log("warn", "Two kept environments have one label.", { label: spec.label, id: spec.id });
      else this.#serve(this.#prepare(spec));
    }
  }

  status(id: string): EnvironmentStatus | null {
    const environment = this.#byId.get(id);
    return environment ? ready(environment) : null;
  }

  /** Serves a release once its database has been found fit; until then and if not, the one before goes on. */
  apply(spec: EnvironmentSpec): Promise<EnvironmentStatus> {
    return this.#inTurn(spec.id, async () => {
      const current = this.#byId.get(spec.id);
      if (current && current.spec.release > spec.release) return ready(current);
      const holder = this.#byLabel.get(spec.label);
      if (holder && holder !== current) return failed(spec, `The label ${spec.label} is taken by another environment.`);
      const next = this.#prepare(spec, current);
      const reason = await whyUnfit(next);
      if (reason !== null) {
        await this.#drop(next);
        return failed(spec, reason);
      }
      await this.#store.save(spec);
      if (current) this.#forget(current);
      this.#serve(next);
      if (current) this.#retire(current);
      return ready(next);
    });
  }

  remove(id: string): Promise<boolean> {
    return this.#inTurn(id, async () => {
      const current = this.#byId.get(id);
      await this.#store.remove(id);
      if (!current) return false;
      this.#forget(current);
      this.#retire(current);
      return true;
    });
  }

  /** Seals everything encrypted with the current key; answers how many values were not, or null when it is not there. */
  async reencrypt(id: string): Promise<number | null> {
    const environment = this.#byId.get(id);
    if (!environment) return null;
    const { app, database, cipher } = environment;
    if (!cipher) return 0;
    environment.enter();
    try {
      return await reencrypt({ catalog: app.catalog, database, cipher });
    } finally {
      environment.leave();
    }
  }

  /** Ends every change feed and subscription; their callers come back, to whatever serves then. */
  endStreams(): void {
    for (const { streams } of this.all) streams.endAll();
  }

  sweep(): void {
    const now = performance.now();
    for (const { limiter } of this.all) limiter?.sweep(now);
  }

  /** The environment of an id as it is served now, for as long as the work takes; null where there is none. */
  async with<Result>(id: string, work: (environment: Environment) => Promise<Result>): Promise<Result | null> {
    const environment = this.#byId.get(id);
    if (!environment) return null;
    environment.enter();
    try {
      return await work(environment);
    } finally {
      environment.leave();
    }
  }

  /** Ends all connections once the requests under way are answered. */
  async close(): Promise<void> {
    const all = this.all;
    clearInterval(this.#sweeper);
    this.#databases.stop();
    for (const environment of all) this.#forget(environment);
    await Promise.all(
      all.map(async (environment) => {
        await environment.retire();
        await this.#drop(environment);
      }),
    );
  }

  #prepare(spec: EnvironmentSpec, current?: Environment): Environment {
    const app: App = this.#apps.take(spec.snapshot);
    const database = this.#databases.take(spec.databaseUrl);
    const limiter = current?.limiter ?? null;
    const streamCount = this.#streamCount;
    return new Environment({ spec, app, database, files: this.#files, limiter, ...(streamCount && { streamCount }) });
  }

  #serve(environment: Environment): void {
    this.#byId.set(environment.spec.id, environment);
    this.#byLabel.set(environment.spec.label, environment);
  }

  #forget({ spec }: Environment): void {
    this.#byId.delete(spec.id);
    this.#byLabel.delete(spec.label);
  }

  #retire(environment: Environment): void {
    environment
      .retire()
      .then(() => this.#drop(environment))
      .catch((error: unknown) => logDefect("An old release could not be put away.", error));
  }

  async #drop({ app, spec }: Environment): Promise<void> {
    this.#apps.release(app);
    await this.#databases.release(spec.databaseUrl);
  }

  async #inTurn<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#changes.get(id) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#changes.set(id, turn);
    try {
      return await turn;
    } finally {
      if (this.#changes.get(id) === turn) this.#changes.delete(id);
    }
  }
}

function ready({ spec }: Environment): EnvironmentStatus {
  return { id: spec.id, release: spec.release, state: "ready" };
}

function failed({ id, release }: EnvironmentSpec, reason: string): EnvironmentStatus {
  return { id, release, state: "failed", reason };
}

/** Why an environment cannot be served, as a public sentence; null when it can. */
async function whyUnfit({ app, database, spec, cipher }: Environment): Promise<string | null> {
  if (!cipher && hasEncrypted(app.catalog)) {
    return "The model has encrypted attributes, but the environment has no key for them. Deploy it again.";
  }
  try {
    const missing = await missingParts(app.catalog, database);
    if (missing.length === 0) return null;
    const named = missing.slice(0, 5).join(", ");
    const more = missing.length > 5 ? ` and ${missing.length - 5} more` : "";
    return `The database has no place for ${named}${more}. Bring its schema up to the model first.`;
  } catch (error) {
    logDefect("A database could not be asked for its tables.", error, { environment: spec.id });
    return "The database of this environment cannot be reached with the given address.";
  }
}
