import type { ForEachStep, Process, Step } from "../processTypes.ts";
import { innerLists } from "./stepsWithin.ts";

/** What the expressions at a place can name. */
export interface Sight {
  /** Steps that are certainly or possibly done by then; of those that were not, the result is null. */
  readonly steps: readonly Step[];
  /** The loops around it, outermost first. */
  readonly loops: readonly ForEachStep[];
  /** Whether the failure is known that it deals with. */
  readonly error: boolean;
}

export interface SightOfSteps {
  /** By the names of steps. */
  readonly at: ReadonlyMap<string, Sight>;
  /** What the conditions of repetitions can name, by the names of their steps. */
  readonly rounds: ReadonlyMap<string, Sight>;
  readonly output: Sight;
}

const known = new WeakMap<Process, SightOfSteps>();

/**
 * Which results are in sight where. A step sees those before it and around it. Those within a branch, parallel branches or a
 * repetition are seen after it, too (of a repetition those of its last round), those within a `forEach` only within the
 * same item, since they have one for each. Within a repetition all of its steps are in sight: from the round before, null in
 * the first. What undoes a step sees its result; steps for an error and those after it see what is left of the attempt.
 */
export function sightOfSteps(process: Process): SightOfSteps {
  const found = known.get(process) ?? sightsIn(process);
  known.set(process, found);
  return found;
}

function sightsIn(process: Process): SightOfSteps {
  const walk = new Walk();
  const none: Sight = { steps: [], loops: [], error: false };
  const seen = walk.list(process.steps, none);
  return { at: walk.at, rounds: walk.rounds, output: { ...none, steps: seen } };
}

class Walk {
  readonly at = new Map<string, Sight>();
  readonly rounds = new Map<string, Sight>();

  /** What is in sight after the list because of it. */
  list(steps: readonly Step[], sight: Sight): readonly Step[] {
    const added: Step[] = [];
    for (const step of steps) {
      const now = withSteps(sight, added);
      this.at.set(step.name, now);
      const within = this.#inside(step, now);
      const handled = step.onError ? this.list(step.onError, { ...withSteps(now, within), error: true }) : [];
      if (step.compensate) this.list(step.compensate, withSteps(now, [step, ...within]));
      added.push(step, ...within, ...handled);
    }
    return added;
  }

  #inside(step: Step, sight: Sight): readonly Step[] {
    switch (step.kind) {
      case "forEach":
        this.list(step.steps, { ...sight, loops: [...sight.loops, step] });
        return [];
      case "repeat": {
        // What the round before has left is in sight wherever a round is.
        const left = withSteps(sight, seenAfter(step.steps));
        this.rounds.set(step.name, left);
        return this.list(step.steps, left);
      }
      default:
        return innerLists(step).flatMap(({ steps }) => this.list(steps, sight));
    }
  }
}

function seenAfter(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => {
    const within = step.kind === "forEach" ? [] : innerLists(step).flatMap((inner) => seenAfter(inner.steps));
    return [step, ...within, ...seenAfter(step.onError ?? [])];
  });
}

function withSteps(sight: Sight, steps: readonly Step[]): Sight {
  return steps.length === 0 ? sight : { ...sight, steps: [...new Set([...sight.steps, ...steps])] };
}
