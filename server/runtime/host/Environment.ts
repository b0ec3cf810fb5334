import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import { resourcesWithEvents } from "#lib/model/events/resourcesWithEvents.ts";
import type { RunPlan } from "#lib/plan/types.ts";
import { Callers } from "../auth/Callers.ts";
import type { Bulk } from "../bulk/Bulk.ts";
import { hasEncrypted, isEncrypted, placeOf } from "../encryption/encryptedPlaces.ts";
import { encryptingRunner } from "../encryption/encryptingRunner.ts";
import { FieldCipher } from "../encryption/FieldCipher.ts";
import { EnvironmentEngine } from "../engine/EnvironmentEngine.ts";
import { pokingBulk, pokingRunner } from "../engine/pokingRunner.ts";
import { bulkRunner } from "../exec/bulk/bulkRunner.ts";
import type { Opener } from "../exec/bulk/readRows.ts";
import type { Database, Session } from "../exec/Database.ts";
import { KnownStatements } from "../exec/KnownStatements.ts";
import { planRunner } from "../exec/planRunner.ts";
import { shareKeyOf } from "../exec/shareKey.ts";
import type { FileStore } from "../files/FileStore.ts";
import { CorsRules, openRules } from "../http/cors/CorsRules.ts";
import { RateLimiter } from "../http/limits/RateLimiter.ts";
import { StreamCount, Streams } from "../http/Streams.ts";
import { logDefect } from "../log.ts";
import { ChangeFeed } from "../realtime/feed/ChangeFeed.ts";
import { SlowStatements } from "../slow/SlowStatements.ts";
import { EnvironmentTelemetry } from "../telemetry/EnvironmentTelemetry.ts";
import { Telemetry } from "../telemetry/Telemetry.ts";
import { tokenCallers } from "../users/lazyUsers.ts";
import { tellingUserChanges } from "../users/userChanges.ts";
import type { App } from "./App.ts";
import { Figures } from "./Figures.ts";
import type { Rollout } from "./Rollout.ts";
import { readingBulk, readingRunner } from "./readingRunner.ts";
import { Siblings } from "./Siblings.ts";

/** What is told of one release of an environment, without its model. */
export type ReleaseSpec = Omit<EnvironmentSpec, "snapshot" | "revision" | "rollout">;

export interface EnvironmentParts {
  readonly spec: ReleaseSpec | EnvironmentSpec;
  readonly app: App;
  readonly database: Database;
  readonly files?: FileStore | null;
  /** Of the whole process. */
  readonly streamCount?: StreamCount;
  /** What it has in common with the other releases of its environment. */
  readonly siblings?: Siblings;
  /** Of those, whose rates go on where they are the same. */
  readonly limiters?: readonly (RateLimiter | null)[];
  /** What this process counts. */
  readonly telemetry?: Telemetry;
  /** Tells the engine of this process that there may be something to do here. */
  readonly poke?: () => void;
}

/** One release of one environment, ready to answer. A request holds on to the one it began with. */
export class Environment {
  readonly spec: ReleaseSpec;
  readonly app: App;
  readonly database: Database;
  readonly callers: Callers;
  /** Where the contents of files are; null in a runtime that keeps none. */
  readonly files: FileStore | null;
  readonly cors: CorsRules;
  /** Null where neither the app bounds a rate nor one that is served beside it. */
  limiter: RateLimiter | null;
  /** The release that is tried beside this one. */
  rollout: Rollout | null = null;
  figures: Figures;
  readonly siblings: Siblings;
  readonly telemetry: EnvironmentTelemetry;
  /** The change feeds and subscriptions that are open. */
  readonly streams: Streams;
  /** Work that goes on by itself. */
  readonly engine: EnvironmentEngine;
  #run: RunPlan | null = null;
  #known: KnownStatements | null = null;
  #bulk: Bulk | null = null;
  #cipher: FieldCipher | null = null;
  #changes: ChangeFeed | null = null;
  #slow: SlowStatements | null = null;
  readonly #parts = new Map<unknown, unknown>();
  readonly #fields: readonly string[];
  #requests = 0;
  #entered = 0;
  #retired: (() => void) | null = null;

  constructor({ spec, app, database, files = null, poke = () => {}, ...shared }: EnvironmentParts) {
    const {
      siblings = new Siblings(),
      streamCount = oneProcess(),
      limiters = [],
      telemetry = new Telemetry(),
    } = shared;
    this.siblings = siblings;
    siblings.releases.add(this);
    this.engine = new EnvironmentEngine({ database, poke });
    this.files = files;
    const { cors, rateLimits } = app.model.app.api ?? {};
    this.cors = cors ? new CorsRules(cors) : openRules;
    this.limiter = RateLimiter.of(rateLimits, limiters);
    this.streams = new Streams(streamCount, siblings);
    this.spec = spec;
    this.figures = new Figures(spec.release);
    const { id: environment, release, label } = spec;
    this.telemetry = new EnvironmentTelemetry(telemetry, { environment, release, label });
    this.#fields = [...this.cors.fields(undefined), releaseHeader, String(spec.release)];
    this.app = app;
    this.database = database;
    this.callers = new Callers(spec.apiKeys, app.model, tokenCallers(this));
  }

  get run(): RunPlan {
    const { catalog, statements } = this.app;
    this.#run ??= this.#asHeld(
      tellingUserChanges(
        this,
        this.#withConsumers(this.#withEncryption(planRunner({ catalog, statements, database: this.database }))),
      ),
    );
    return this.#run;
  }

  /** The same within a transaction, whose end is the caller's matter. */
  runWithin(session: Session, { prepare = true } = {}): RunPlan {
    const { catalog, statements } = this.app;
    this.#known ??= new KnownStatements(catalog.entities.size);
    const shared = { catalog, statements, database: this.database, known: this.#known };
    return this.#withEncryption(planRunner({ ...shared, within: session, prepare }));
  }

  /** What was slow since this release is served. */
  get slow(): SlowStatements {
    const { app } = this;
    this.#slow ??= new SlowStatements(app.catalog, () => app.statements);
    return this.#slow;
  }

  /** Work on many rows, beside all requests. */
  get bulk(): Bulk {
    const { catalog, statements } = this.app;
    const around = (run: RunPlan) => this.#withEncryption(run);
    const bulk = () =>
      bulkRunner({ catalog, statements, database: this.database, around, opener: openerOf(this.cipher) });
    const { writes } = this.spec.held ?? {};
    this.#bulk ??=
      writes !== undefined
        ? readingBulk(bulk(), writes)
        : this.#hasConsumers
          ? pokingBulk(bulk(), this.engine.poke)
          : bulk();
    return this.#bulk;
  }

  /** Its readers are among the streams, and end with them. */
  get changes(): ChangeFeed {
    const { app, database, spec } = this;
    this.#changes ??= new ChangeFeed({
      database,
      url: spec.databaseUrl,
      run: this.run,
      shareKey: shareKeyOf(app.catalog, () => app.statements),
      onDefect: (error) => logDefect("The change feed could not be read.", error, { environment: spec.id }),
    });
    return this.#changes;
  }

  /** Null where the environment has been given no keys. */
  get cipher(): FieldCipher | null {
    const { encryption } = this.spec;
    this.#cipher ??= encryption ? new FieldCipher(encryption) : null;
    return this.#cipher;
  }

  /** Something that only some apps need, made once by the class or function that stands for it. */
  part<Part>(key: unknown, make: () => Part): Part {
    if (!this.#parts.has(key)) this.#parts.set(key, make());
    return this.#parts.get(key) as Part;
  }

  /** What runs plans so that the database never sees what is encrypted. */
  around(run: RunPlan): RunPlan {
    return this.#withEncryption(run);
  }

  get #hasConsumers(): boolean {
    return resourcesWithEvents(this.app.model).size > 0;
  }

  /** Whoever waits for changes is told that there may be some; where nobody does, nothing is done. */
  #withConsumers(run: RunPlan): RunPlan {
    return this.#hasConsumers ? pokingRunner(run, this.engine.poke) : run;
  }

  /** Where changes are held back only reads go on; everywhere else it is the runner itself. */
  #asHeld(run: RunPlan): RunPlan {
    const { writes } = this.spec.held ?? {};
    return writes === undefined ? run : readingRunner(run, writes);
  }

  #withEncryption(run: RunPlan): RunPlan {
    const { catalog } = this.app;
    return this.cipher && hasEncrypted(catalog) ? encryptingRunner(run, catalog, this.cipher) : run;
  }

  /** What goes with every answer, names and values in turn; only browsers tell where a request comes from. */
  fields(origin: string | undefined): readonly string[] {
    return origin === undefined
      ? this.#fields
      : [...this.cors.fields(origin), releaseHeader, String(this.spec.release)];
  }

  /** Requests under way, on this release or one beside or before it. */
  get requests(): number {
    return this.siblings.requests;
  }

  /** Requests that ever began here, or on the release that is tried beside this one. */
  get entered(): number {
    return this.#entered + (this.rollout?.candidate.entered ?? 0);
  }

  enter(): void {
    this.#requests += 1;
    this.#entered += 1;
    this.siblings.requests += 1;
  }

  leave(): void {
    this.#requests -= 1;
    this.siblings.requests -= 1;
    if (this.#requests === 0) this.#retired?.();
  }

  /** Ends its streams; settles when the last request that began here has been answered. */
  retire(): Promise<void> {
    this.siblings.releases.delete(this);
    this.streams.endAll();
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#requests === 0) resolve();
    else this.#retired = resolve;
    return promise;
  }
}

/** Tells which release has answered. */
const releaseHeader = "gantry-release";

const oneProcess = () => new StreamCount({ all: 1000, perEnvironment: 1000 });

/** Opens the values of encrypted columns, and no others. */
function openerOf(cipher: FieldCipher | null): Opener | null {
  if (!cipher) return null;
  return ({ entity, field }) => {
    const stored = entity.fields.get(field.name);
    if (!stored || !isEncrypted(stored)) return null;
    const place = placeOf(entity, stored);
    return (sealed) => cipher.open(sealed, place);
  };
}
