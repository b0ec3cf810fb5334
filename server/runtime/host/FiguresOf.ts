import { isDeepStrictEqual } from "node:util";
import type { EnvironmentSpec, ReleaseFigures, Split } from "#lib/compile/Snapshot.ts";
import { Figures } from "./Figures.ts";
import type { SpecHead } from "./SpecStore.ts";

/** How what serves and the candidate beside it fare. */
export interface FiguresOf {
  readonly serving: Figures;
  readonly candidate: Figures | null;
  /** Null where nothing is tried; undefined where that was not looked at since the process was started. */
  readonly split: Split | null | undefined;
}

/** Counters that begin now. */
export function newFigures({ release, candidate }: SpecHead, split?: Split | null): FiguresOf {
  return { serving: new Figures(release), candidate: candidate === undefined ? null : new Figures(candidate), split };
}

/** Those of a spec: they go on while the same releases are served in the same split. */
export function figuresOf(head: SpecHead, spec: EnvironmentSpec, before: FiguresOf | undefined): FiguresOf {
  const split = spec.rollout?.split ?? null;
  if (!before || before.serving.release !== head.release || before.candidate?.release !== head.candidate) {
    return newFigures(head, split);
  }
  if (before.split === undefined) return { ...before, split };
  return isDeepStrictEqual(before.split, split) ? before : newFigures(head, split);
}

export function reportOf({ serving, candidate }: FiguresOf): ReleaseFigures {
  const releases = [serving.report, ...(candidate ? [candidate.report] : [])];
  return { at: new Date().toISOString(), releases };
}
