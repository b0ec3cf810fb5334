import type { EnvironmentSpec, EnvironmentStatus, ReleaseFigures } from "#lib/compile/Snapshot.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { reencrypt } from "../encryption/reencrypt.ts";
import { EngineGate } from "../engine/EngineGate.ts";
import type { EngineLimits } from "../engine/EngineHost.ts";
import type { FileStore } from "../files/FileStore.ts";
import type { StreamCount } from "../http/Streams.ts";
import { log, logDefect } from "../log.ts";
import { Telemetry } from "../telemetry/Telemetry.ts";
import type { Environment } from "./Environment.ts";
import { type FiguresOf, figuresOf, newFigures, reportOf } from "./FiguresOf.ts";
import { link, ReleaseMaker, type Releases, releasesOf } from "./Releases.ts";
import { headIn, type KeptSpecs, type SpecHead } from "./SpecStore.ts";
import { whyUnfit } from "./whyUnfit.ts";

export interface EnvironmentsOptions {
  readonly files?: FileStore | null;
  /** Of the whole process. */
  readonly streamCount?: StreamCount;
  /** An environment that nobody has asked for so long is put to sleep. */
  readonly sleepSeconds?: number;
  /** What this process counts. */
  readonly telemetry?: Telemetry;
  readonly engine?: Partial<EngineLimits>;
}

/** How often what idles is looked for. */
const sweepSeconds = 30;

/** One environment, awake or asleep. Asleep it is a file of the store and no more than this. */
interface Entry {
  readonly id: string;
  readonly label: string;
  readonly head: SpecHead;
  /** The release that serves; it knows the candidate beside it. */
  environment: Environment | null;
  /** They go on while it sleeps. */
  figures: FiguresOf;
  waking: Promise<Environment | null> | null;
  /** How many requests it had seen at the last sweep, and since when there have been no more. */
  seen: number;
  idleSince: number;
}

/** The environments that this runtime serves: by label for requests, by id for whoever governs them. */
export class Environments {
  /** Does what environments have to do without being asked. */
  readonly engine: EngineGate;
  readonly #store: KeptSpecs;
  readonly #files: FileStore | null;
  readonly #maker: ReleaseMaker;
  readonly #byId = new Map<string, Entry>();
  readonly #byLabel = new Map<string, Entry>();
  /** Changes of one environment go one after the other. */
  readonly #changes = new Map<string, Promise<unknown>>();
  readonly #sleepMilliseconds: number;
  readonly #sweeper: NodeJS.Timeout;

  constructor(store: KeptSpecs, options: EnvironmentsOptions = {}) {
    const { files = null, streamCount, sleepSeconds = 600, engine, telemetry = new Telemetry() } = options;
    this.engine = new EngineGate(this, engine);
    this.#store = store;
    this.#files = files;
    this.#maker = new ReleaseMaker({ files, streamCount, telemetry, poke: (id) => this.engine.poke(id) });
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
    return [...this.#byId.values()].map(({ head }) => ready(head));
  }

  get apps(): number {
    return this.#maker.apps;
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
        this.#enter(entryOf(head, newFigures(head)));
        if (head.works) this.engine.enlist(head.id, null);
      }
    }
  }

  status(id: string): EnvironmentStatus | null {
    const entry = this.#byId.get(id);
    return entry ? ready(entry.head) : null;
  }

  /** How the releases of an environment fare; it is not woken for that. */
  figures(id: string): ReleaseFigures | null {
    const entry = this.#byId.get(id);
    return entry ? reportOf(entry.figures) : null;
  }

  /**
   * Serves a release, and perhaps a candidate beside it, once the database has been found fit; until then and if not,
   * what was served before goes on.
   */
  apply(spec: EnvironmentSpec): Promise<EnvironmentStatus> {
    return this.#inTurn(spec.id, async () => {
      const current = this.#byId.get(spec.id);
      if (current && current.head.revision > spec.revision) return ready(current.head);
      const head = headIn(spec);
      const holder = this.#byLabel.get(spec.label);
      if (holder && holder !== current) return failed(head, `The label ${spec.label} is taken by another environment.`);
      const before = releasesOf(current?.environment);
      // What may stay must not be put to sleep meanwhile.
      for (const release of before) release.enter();
      try {
        const next = this.#maker.prepare(spec, before);
        const reason = await whyNot(next);
        if (reason !== null) {
          this.#maker.retire(awake(next).filter((release) => !before.includes(release)));
          return failed(head, reason);
        }
        await this.#store.save(spec);
        this.#replace(current, { head, spec, next });
        if (current?.head.release !== head.release) tellRelease(next.serving, current?.head.release ?? null);
      } finally {
        for (const release of before) release.leave();
      }
      if (head.works) this.engine.enlist(spec.id, spec.databaseUrl);
      else this.engine.dismiss(spec.id);
      return ready(head);
    });
  }

  remove(id: string): Promise<boolean> {
    return this.#inTurn(id, async () => {
      const current = this.#byId.get(id);
      await this.#store.remove(id);
      if (current) {
        this.engine.dismiss(id);
        this.#forget(current);
        this.#sleep(current);
      }
      // Also when it was let go of before: what failed then is done now.
      await this.#files?.deleteFolder(id);
      return current !== undefined;
    });
  }

  /** Seals everything encrypted with the current key; answers how many values were not, or null when it is not there. */
  async reencrypt(id: string): Promise<number | null> {
    return this.with(id, async (serving) => {
      let values = 0;
      for (const { app, database, cipher } of releasesOf(serving)) {
        if (cipher) values += await reencrypt({ catalog: app.catalog, database, cipher });
      }
      return values;
    });
  }

  /** Ends every change feed and subscription; their callers come back, to whatever serves then. */
  endStreams(): void {
    for (const { streams } of this.awake.flatMap(releasesOf)) streams.endAll();
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
      const isUnlimited = releasesOf(environment).every(({ limiter }) => limiter?.isUnused(now) ?? true);
      if (isUnlimited && now - entry.idleSince >= this.#sleepMilliseconds) this.#sleep(entry);
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
    this.#sleep(entry);
  }

  /** Ends all connections once the requests under way are answered. */
  async close(): Promise<void> {
    const all = this.awake.flatMap(releasesOf);
    clearInterval(this.#sweeper);
    this.#maker.stop();
    this.#byId.clear();
    this.#byLabel.clear();
    await Promise.all(all.map((release) => this.#maker.retired(release)));
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
      this.#begin(entry, spec, this.#maker.prepare(spec));
      entry.idleSince = performance.now();
      return entry.environment;
    } catch (error) {
      if (this.#byId.get(entry.id) !== entry) return null;
      logDefect("A kept environment could not be read.", error, { environment: entry.id });
      throw new AppError("unavailable", "This app cannot be served for the moment.", { cause: error });
    }
  }

  /** From now on every new request is answered by these. */
  #begin(entry: Entry, spec: EnvironmentSpec, next: Releases): void {
    entry.figures = figuresOf(entry.head, spec, entry.figures);
    const { serving, candidate } = next;
    serving.figures = entry.figures.serving;
    if (candidate && entry.figures.candidate) candidate.figures = entry.figures.candidate;
    link(next, spec);
    entry.environment = serving;
  }

  #replace(
    current: Entry | undefined,
    { head, spec, next }: { readonly head: SpecHead; readonly spec: EnvironmentSpec; readonly next: Releases },
  ): void {
    // Those that were woken meanwhile as well.
    const before = releasesOf(current?.environment);
    const entry = entryOf(head, current?.figures ?? newFigures(head));
    if (current) this.#forget(current);
    this.#begin(entry, spec, next);
    this.#enter(entry);
    this.#maker.retire(before.filter((release) => !awake(next).includes(release)));
  }

  #enter(entry: Entry): void {
    this.#byId.set(entry.id, entry);
    this.#byLabel.set(entry.label, entry);
  }

  #forget({ id, label }: Entry): void {
    this.#byId.delete(id);
    this.#byLabel.delete(label);
  }

  #sleep(entry: Entry): void {
    const releases = releasesOf(entry.environment);
    entry.environment = null;
    this.#maker.retire(releases);
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

function entryOf(head: SpecHead, figures: FiguresOf): Entry {
  const { id, label } = head;
  return { id, label, head, figures, environment: null, waking: null, seen: 0, idleSince: performance.now() };
}

function awake({ serving, candidate }: Releases): readonly Environment[] {
  return candidate ? [serving, candidate] : [serving];
}

async function whyNot(releases: Releases): Promise<string | null> {
  for (const release of awake(releases)) {
    const reason = await whyUnfit(release);
    if (reason !== null) return reason;
  }
  return null;
}

function ready({ id, revision, release, candidate }: SpecHead): EnvironmentStatus {
  return { id, revision, release, ...(candidate !== undefined && { candidate }), state: "ready" };
}

function failed(head: SpecHead, reason: string): EnvironmentStatus {
  return { ...ready(head), state: "failed", reason };
}

/** Another release serves: for the log. */
function tellRelease({ telemetry, spec }: Environment, before: number | null): void {
  telemetry.tell({
    severity: "info",
    scope: "runtime",
    body: `Release ${spec.release} serves${before === null ? "" : `, after release ${before}`}.`,
    attributes: { "gantry.commit": spec.commit },
  });
}
