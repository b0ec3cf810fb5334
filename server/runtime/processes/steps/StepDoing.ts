import type { StepWork } from "#lib/model/runs/WalkEffects.ts";
import type { HeldRun } from "../HeldRun.ts";

/** One attempt of a step of a run. */
export interface StepDoing {
  readonly work: StepWork;
  readonly held: HeldRun;
  /** Aborted when the attempt takes too long, the run is cancelled, or the runtime ends. */
  readonly signal: AbortSignal;
}

/** What whoever is called knows a step by: the same for each of its attempts. */
export function stepKey({ held, work: { note } }: StepDoing): string {
  const again = note.generation > 0 ? `:${note.generation}` : "";
  return `${held.run.id}:${note.scope}${note.name}${again}`;
}
