import type { EnvironmentSpec, EnvironmentStatus } from "#lib/compile/Snapshot.ts";
import { needsQueue } from "#lib/compile/schema/needsQueue.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { hasEncrypted } from "../encryption/encryptedPlaces.ts";
import { reencrypt } from "../encryption/reencrypt.ts";
import { EngineGate } from "../engine/EngineGate.ts";
import type { EngineLimits } from "../engine/EngineHost.ts";
import { missingParts } from "../exec/checkTables.ts";
import type { FileStore } from "../files/FileStore.ts";
import type { StreamCount } from "../http/Streams.ts";
import { log, logDefect } from "../log.ts";
import { type App, Apps } from "./App.ts";
import { Databases } from "./Databases.ts";
import { Environment } from "./Environment.ts";
import type { SpecHead, SpecStore } from "./SpecStore.ts";

export interface EnvironmentsOptions {
  readonly files?: FileStore | null;
  /** Of the whole process. */
  readonly streamCount?: StreamCount;
  /** An environment that nobody has asked for so long is put to sleep. */
  readonly sleepSeconds?: number;
  readonly engine?: Partial<EngineLimits>;
}

/** How often what idles is looked for. */
const sweepSeconds = 30;

/** One environment, awake or asleep. Asleep it is a file of the store and no more than this. */
interface Entry {
  readonly id: string;
  readonly label: string;
  readonly revision: number;
  readonly release: number;
  environment: Environment | null;
  waking: Promise<Environment | null> | null;
  /** How many requests it had seen at the last sweep, and since when there have been no more. */
  seen: number;
  idleSince: number;
}

/** The environments that this runtime serves: by label for requests, by id for whoever governs them. */
export class Environments {
  /** Does what environments have to do without being asked. */
  readonly engine: EngineGate;
  readonly #store: SpecStore;
  readonly #files: FileStore | null;
  readonly #apps = new Apps();
  readonly #databases = new Databases();
  readonly #byId = new Map<string, Entry>();
  readonly #byLabel = new Map<string, Entry>();
  /** Changes of one environment go one after the other. */
  readonly #changes = new Map<string, Promise<unknown>>();
  readonly #streamCount: StreamCount | undefined;
  readonly #sleepMilliseconds: number;
  readonly #sweeper: NodeJS.Timeout;

  constructor(store: SpecStore, { files = null, streamCount, sleepSeconds = 600, engine }: EnvironmentsOptions = {}) {
    this.engine = new EngineGate(this, engine);
    this.#store = store;
    this.#files = files;
    this.#streamCount = streamCount;
    this.#sleepMilliseconds = 1000 * sleepSeconds;
    this.#sweeper = setInterval(() => this.sweep(), 1000 * Math.min(sweepSeconds, sleepSeconds / 2));
    this.#sweeper.unref();
  }

  /** How many are served, awake or asleep. */
  get size(): number {
    return this.#byId.size;
  }

  get awake(): readonly Environment[] {
    return [...this.#byId.values()].flatMap(({ environment }) => environment ?? []);
  }

  get statuses(): readonly EnvironmentStatus[] {
    return [...this.#byId.values()].map(ready);
  }

  get apps(): number {
    return this.#apps.size;
  }

  has(label: string): boolean {
    return this.#byLabel.has(label);
  }

  /** Null where there is none, and where it is asleep. */
  withLabel(label: string): Environment | null {
    return this.#byLabel.get(label)?.environment ?? null;
  }

  /** The same, woken where it is asleep. Throws AppError where it cannot be. */
  async wake(label: string): Promise<Environment | null> {
    const entry = this.#byLabel.get(label);
    return entry ? this.#awake(entry) : null;
  }

  /**
   * Knows again what was served before; nothing of it is read before somebody asks. Databases are not asked: they may
   * come up later than this program.
   */
  async resume(): Promise<void> {
    for (const head of await this.#store.heads()) {
      const holder = this.#byLabel.get(head.label);
      if (holder) log("warn", "Two kept environments have one label.", { label: head.label, id: head.id });
      else {
        this.#enter(entryOf(head, null));
        if (head.works) this.engine.enlist(head.id, null);
      }
    }
  }

  status(id: string): EnvironmentStatus | null {
    const entry = this.#byId.get(id);
    return entry ? ready(entry) : null;
  }

  /** Serves a release once its database has been found fit; until then and if not, the one before goes on. */
  apply(spec: EnvironmentSpec): Promise<EnvironmentStatus> {
    return this.#inTurn(spec.id, async () => {
      const current = this.#byId.get(spec.id);
      if (current && current.revision > spec.revision) return ready(current);
      const holder = this.#byLabel.get(spec.label);
      if (holder && holder !== current) return failed(spec, `The label ${spec.label} is taken by another environment.`);
      const next = this.#prepare(spec, current?.environment);
      const reason = await whyUnfit(next);
      if (reason !== null) {
        await this.#drop(next);
        return failed(spec, reason);
      }
      await this.#store.save(spec);
      if (current) this.#forget(current);
      this.#enter(entryOf(spec, next));
      this.#retire(current?.environment);
      if (needsQueue(spec.snapshot.model)) this.engine.enlist(spec.id, spec.databaseUrl);
      else this.engine.dismiss(spec.id);
      return ready(spec);
    });
  }

  remove(id: string): Promise<boolean> {
    return this.#inTurn(id, async () => {
      const current = this.#byId.get(id);
      await this.#store.remove(id);
      if (!current) return false;
      this.engine.dismiss(id);
      this.#forget(current);
      this.#retire(current.environment);
      return true;
    });
  }

  /** Seals everything encrypted with the current key; answers how many values were not, or null when it is not there. */
  async reencrypt(id: string): Promise<number | null> {
    return this.with(id, async ({ app, database, cipher }) =>
      cipher ? reencrypt({ catalog: app.catalog, database, cipher }) : 0,
    );
  }

  /** Ends every change feed and subscription; their callers come back, to whatever serves then. */
  endStreams(): void {
    for (const { streams } of this.awake) streams.endAll();
  }

  /** Puts to sleep what nobody has asked for long. */
  sweep(now = performance.now()): void {
    for (const entry of this.#byId.values()) {
      const { environment } = entry;
      if (!environment) continue;
      if (environment.entered !== entry.seen || environment.requests > 0) {
        entry.seen = environment.entered;
        entry.idleSince = now;
      }
      const isUnlimited = environment.limiter?.isUnused(now) ?? true;
      if (isUnlimited && now - entry.idleSince >= this.#sleepMilliseconds) {
        entry.environment = null;
        this.#retire(environment);
      }
    }
  }

  /** The environment of an id as it is served now, for as long as the work takes; null where there is none. */
  async with<Result>(id: string, work: (environment: Environment) => Promise<Result>): Promise<Result | null> {
    const entry = this.#byId.get(id);
    if (!entry) return null;
    await this.#awake(entry);
    const environment = this.#byId.get(id)?.environment;
    if (!environment) return null;
    environment.enter();
    try {
      return await work(environment);
    } finally {
      environment.leave();
    }
  }

  /** Puts an environment to sleep before its time, unless another release serves by now or somebody is in it. */
  rest(environment: Environment): void {
    const entry = this.#byId.get(environment.spec.id);
    if (entry?.environment !== environment || environment.requests > 0) return;
    entry.environment = null;
    this.#retire(environment);
  }

  /** Ends all connections once the requests under way are answered. */
  async close(): Promise<void> {
    const all = this.awake;
    clearInterval(this.#sweeper);
    this.#databases.stop();
    this.#byId.clear();
    this.#byLabel.clear();
    await Promise.all(
      all.map(async (environment) => {
        await environment.retire();
        await this.#drop(environment);
      }),
    );
  }

  async #awake(entry: Entry): Promise<Environment | null> {
    if (entry.environment) return entry.environment;
    entry.waking ??= this.#load(entry).finally(() => {
      entry.waking = null;
    });
    const woken = await entry.waking;
    if (woken) return woken;
    const next = this.#byId.get(entry.id);
    return next && next !== entry ? this.#awake(next) : null;
  }

  /** Null where another release has come meanwhile. */
  async #load(entry: Entry): Promise<Environment | null> {
    try {
      const spec = await this.#store.read(entry.id);
      if (this.#byId.get(entry.id) !== entry) return null;
      entry.environment = this.#prepare(spec);
      entry.idleSince = performance.now();
      return entry.environment;
    } catch (error) {
      if (this.#byId.get(entry.id) !== entry) return null;
      logDefect("A kept environment could not be read.", error, { environment: entry.id });
      throw new AppError("unavailable", "This app cannot be served for the moment.", { cause: error });
    }
  }

  #prepare(spec: EnvironmentSpec, current?: Environment | null): Environment {
    const app: App = this.#apps.take(spec.snapshot);
    const database = this.#databases.take(spec.databaseUrl);
    const limiter = current?.limiter ?? null;
    const streamCount = this.#streamCount;
    const poke = () => this.engine.poke(spec.id);
    const parts = { spec, app, database, files: this.#files, limiter, poke };
    return new Environment({ ...parts, ...(streamCount && { streamCount }) });
  }

  #enter(entry: Entry): void {
    this.#byId.set(entry.id, entry);
    this.#byLabel.set(entry.label, entry);
  }

  #forget({ id, label }: Entry): void {
    this.#byId.delete(id);
    this.#byLabel.delete(label);
  }

  #retire(environment: Environment | null | undefined): void {
    environment
      ?.retire()
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

function entryOf({ id, label, revision, release }: SpecHead, environment: Environment | null): Entry {
  return { id, label, revision, release, environment, waking: null, seen: 0, idleSince: performance.now() };
}

function ready({ id, revision, release }: Pick<SpecHead, "id" | "revision" | "release">): EnvironmentStatus {
  return { id, revision, release, state: "ready" };
}

function failed({ id, revision, release }: EnvironmentSpec, reason: string): EnvironmentStatus {
  return { id, revision, release, state: "failed", reason };
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
