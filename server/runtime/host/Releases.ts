import { isDeepStrictEqual } from "node:util";
import type { EnvironmentSpec, Snapshot } from "#lib/compile/Snapshot.ts";
import type { FileStore } from "../files/FileStore.ts";
import { RateLimiter } from "../http/limits/RateLimiter.ts";
import type { StreamCount } from "../http/Streams.ts";
import { logDefect } from "../log.ts";
import type { Telemetry } from "../telemetry/Telemetry.ts";
import { Apps } from "./App.ts";
import { Databases } from "./Databases.ts";
import { Environment, type ReleaseSpec } from "./Environment.ts";
import { Siblings } from "./Siblings.ts";

/** What of an environment is awake. */
export interface Releases {
  readonly serving: Environment;
  readonly candidate: Environment | null;
}

export interface ReleaseMakerParts {
  readonly files: FileStore | null;
  /** Of the whole process. */
  readonly streamCount: StreamCount | undefined;
  /** What this process counts. */
  readonly telemetry: Telemetry;
  /** An environment may have something to do. */
  readonly poke: (id: string) => void;
}

/** Makes releases ready to answer, and puts them away. */
export class ReleaseMaker {
  readonly #apps = new Apps();
  readonly #databases = new Databases();
  readonly #parts: ReleaseMakerParts;

  constructor(parts: ReleaseMakerParts) {
    this.#parts = parts;
  }

  get apps(): number {
    return this.#apps.size;
  }

  /** Those of a spec; one that was ready before as it is to be now stays, with its streams and all that it knows. */
  prepare(spec: EnvironmentSpec, before: readonly Environment[] = []): Releases {
    const { snapshot, revision: _, rollout, ...alone } = spec;
    const siblings = before[0]?.siblings ?? new Siblings();
    const prepared = (release: ReleaseSpec, model: Snapshot, known: readonly Environment[]) =>
      known.find((one) => one.app.hash === model.hash && isDeepStrictEqual(one.spec, release)) ??
      this.#make(release, model, { siblings, known });
    const serving = prepared(alone, snapshot, before);
    if (!rollout) return { serving, candidate: null };
    const { release, commit, snapshot: model } = rollout.candidate;
    return { serving, candidate: prepared({ ...alone, release, commit }, model, [...before, serving]) };
  }

  /** Puts releases away once what began there has ended. */
  retire(releases: readonly Environment[]): void {
    for (const release of releases) {
      this.retired(release).catch((error: unknown) => logDefect("An old release could not be put away.", error));
    }
  }

  async retired(release: Environment): Promise<void> {
    await release.retire();
    this.#apps.release(release.app);
    await this.#databases.release(release.spec.databaseUrl);
  }

  stop(): void {
    this.#databases.stop();
  }

  #make(
    spec: ReleaseSpec,
    snapshot: Snapshot,
    { siblings, known }: { readonly siblings: Siblings; readonly known: readonly Environment[] },
  ): Environment {
    const { files, streamCount, telemetry, poke } = this.#parts;
    return new Environment({
      spec,
      app: this.#apps.take(snapshot),
      database: this.#databases.take(spec.databaseUrl),
      files,
      siblings,
      telemetry,
      limiters: known.map(({ limiter }) => limiter),
      poke: () => poke(spec.id),
      ...(streamCount && { streamCount }),
    });
  }
}

/** Lets the releases of a spec be served side by side, or the one alone. */
export function link({ serving, candidate }: Releases, { rollout }: EnvironmentSpec): void {
  if (candidate && rollout) {
    serving.rollout = { candidate, split: rollout.split };
    [serving.limiter, candidate.limiter] = RateLimiter.together(serving.limiter, candidate.limiter);
    candidate.rollout = null;
  } else {
    serving.rollout = null;
    serving.limiter = RateLimiter.alone(serving.limiter);
  }
}

/** All that is awake of an environment, by the release that serves. */
export function releasesOf(serving: Environment | null | undefined): readonly Environment[] {
  if (!serving) return [];
  return serving.rollout ? [serving, serving.rollout.candidate] : [serving];
}
