import type { Step } from "#lib/model/processTypes.ts";
import { findStep, namesWithin, walkSteps } from "./findStep.ts";
import { lanesOf, withLane } from "./lanes.ts";
import type { StepPlace } from "./StepPlace.ts";

type Steps = readonly Step[];

/** The steps with one more at the place. */
export function insertStep(steps: Steps, place: StepPlace, step: Step): Steps {
  return changeList(steps, place, (list) => list.toSpliced(place.index, 0, step));
}

/** The steps without that one and all within it. */
export function removeStep(steps: Steps, name: string): Steps {
  const found = findStep(steps, name);
  return found ? changeList(steps, found.place, (list) => list.toSpliced(found.place.index, 1)) : steps;
}

/** The steps with another in the place of the one of that name. */
export function replaceStep(steps: Steps, name: string, step: Step): Steps {
  const found = findStep(steps, name);
  return found ? changeList(steps, found.place, (list) => list.with(found.place.index, step)) : steps;
}

/** The steps with one of them elsewhere; null where that changes nothing or would put it into itself. */
export function moveStep(steps: Steps, name: string, to: StepPlace): Steps | null {
  const found = findStep(steps, name);
  if (!found || (to.of !== null && namesWithin(found.step).has(to.of))) return null;
  const { place, step } = found;
  const same = place.of === to.of && place.lane === to.lane;
  if (same && (to.index === place.index || to.index === place.index + 1)) return null;
  // What stood before it in the same list moves up when it is taken out.
  const index = same && to.index > place.index ? to.index - 1 : to.index;
  return insertStep(removeStep(steps, name), { ...to, index }, step);
}

/** A copy of the step with names that are free; all within it is copied too. */
export function copyOf(steps: Steps, step: Step): Step {
  const taken = new Set([...walkSteps(steps)].map(({ step: { name } }) => name));
  return renamed(step, taken);
}

function renamed(step: Step, taken: Set<string>): Step {
  const name = freeStepName(taken, step.name);
  taken.add(name);
  return lanesOf(step).reduce<Step>(
    (copy, { key, steps }) =>
      key === "otherwise" && steps.length === 0
        ? copy
        : withLane(
            copy,
            key,
            steps.map((inner) => renamed(inner, taken)),
          ),
    { ...step, name },
  );
}

/** The name, or with a number behind it where it is taken. */
export function freeStepName(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/\d+$/, "") || wanted;
  for (let number = 2; ; number++) if (!taken.has(`${stem}${number}`)) return `${stem}${number}`;
}

function changeList(steps: Steps, { of, lane }: StepPlace, change: (list: Steps) => Steps): Steps {
  if (of === null) return change(steps);
  return steps.map((step) => {
    if (step.name === of) {
      const list = lanesOf(step).find(({ key }) => key === lane)?.steps ?? [];
      return withLane(step, lane, change(list));
    }
    return lanesOf(step).reduce<Step>((changed, { key, steps: inner }) => {
      const next = changeList(inner, { of, lane, index: 0 }, change);
      return next.some((one, index) => one !== inner[index]) ? withLane(changed, key, next) : changed;
    }, step);
  });
}
