import type { Step } from "#lib/model/processTypes.ts";
import { moveStep } from "../tree/editSteps.ts";
import { findStep } from "../tree/findStep.ts";
import { lanesOf } from "../tree/lanes.ts";
import { placeKey, type StepPlace } from "../tree/StepPlace.ts";

/** The steps with one of them at the next place up or down that changes something. */
export function movedBy(steps: readonly Step[], name: string, direction: -1 | 1): readonly Step[] | null {
  const found = findStep(steps, name);
  if (!found) return null;
  const places = placesIn(steps);
  const own = places.findIndex((place) => placeKey(place) === placeKey(found.place));
  for (let at = own + direction; at >= 0 && at < places.length; at += direction) {
    const place = places[at];
    const moved = place && moveStep(steps, name, place);
    if (moved) return moved;
  }
  return null;
}

/** Every place a step could stand at, in the order in which one reads them. */
function placesIn(steps: readonly Step[], of: string | null = null, lane = "steps"): readonly StepPlace[] {
  return [
    ...steps.flatMap((step, index): readonly StepPlace[] => [
      { of, lane, index },
      ...lanesOf(step).flatMap((inner) => placesIn(inner.steps, step.name, inner.key)),
    ]),
    { of, lane, index: steps.length },
  ];
}
