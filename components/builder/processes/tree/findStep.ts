import type { Step } from "#lib/model/processTypes.ts";
import { lanesOf } from "./lanes.ts";
import type { StepPlace } from "./StepPlace.ts";

interface FoundStep {
  readonly step: Step;
  readonly place: StepPlace;
}

/** The step of a name, at whatever depth, and where it stands. */
export function findStep(steps: readonly Step[], name: string): FoundStep | null {
  for (const found of walkSteps(steps)) if (found.step.name === name) return found;
  return null;
}

/** All steps in the order in which one reads them. */
export function* walkSteps(
  steps: readonly Step[],
  of: string | null = null,
  lane = "steps",
): Generator<FoundStep, void> {
  for (const [index, step] of steps.entries()) {
    yield { step, place: { of, lane, index } };
    for (const inner of lanesOf(step)) yield* walkSteps(inner.steps, step.name, inner.key);
  }
}

/** Names of the step and of all within it. */
export function namesWithin(step: Step): ReadonlySet<string> {
  return new Set([...walkSteps([step])].map(({ step: { name } }) => name));
}
