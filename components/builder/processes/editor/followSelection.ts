import type { Process } from "#lib/model/processTypes.ts";
import type { FlowSelection } from "../flow/FlowContext.tsx";
import { findStep, walkSteps } from "../tree/findStep.ts";
import { placeKey } from "../tree/StepPlace.ts";

/** What is selected after a change: a step that is gone while a new one stands in its place was renamed; else nothing is. */
export function followSelection(selection: FlowSelection, before: Process, after: Process): FlowSelection {
  switch (selection.kind) {
    case "process":
      return selection;
    case "start":
      return after.starts?.[selection.index] ? selection : { kind: "process" };
    case "step": {
      if (findStep(after.steps, selection.name)) return selection;
      const was = findStep(before.steps, selection.name);
      if (!was) return { kind: "process" };
      const there = [...walkSteps(after.steps)].find(({ place }) => placeKey(place) === placeKey(was.place))?.step;
      const isNew = there !== undefined && !findStep(before.steps, there.name);
      return isNew ? { kind: "step", name: there.name } : { kind: "process" };
    }
  }
}
