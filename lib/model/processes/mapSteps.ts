import type { Step } from "../processTypes.ts";

/** The steps with each list in them replaced from the innermost out, and then each step; those that go answer nothing. */
export function mapSteps(steps: readonly Step[], map: (step: Step) => readonly Step[]): readonly Step[] {
  return mapLists(steps, (list) => list.flatMap(map));
}

/** Every list of steps replaced, from the innermost out. `of` is the step that a list stands in, `at` where. */
export function mapLists(
  steps: readonly Step[],
  map: (list: readonly Step[], of: Step | null, at: readonly string[]) => readonly Step[],
  of: Step | null = null,
  at: readonly string[] = [],
): readonly Step[] {
  const within = steps.map((step) => withLists(step, (list, place) => mapLists(list, map, step, place)));
  return map(within, of, at);
}

/** A step with other lists of steps in it. */
function withLists(step: Step, map: (list: readonly Step[], at: readonly string[]) => readonly Step[]): Step {
  const whole = withInnerLists(step, map);
  return {
    ...whole,
    ...(step.onError ? { onError: map(step.onError, ["onError"]) } : {}),
    ...(step.compensate ? { compensate: map(step.compensate, ["compensate"]) } : {}),
  };
}

function withInnerLists(step: Step, map: (list: readonly Step[], at: readonly string[]) => readonly Step[]): Step {
  switch (step.kind) {
    case "branch":
      return {
        ...step,
        branches: step.branches.map((branch, index) => ({
          ...branch,
          steps: map(branch.steps, ["branches", String(index)]),
        })),
        ...(step.otherwise ? { otherwise: map(step.otherwise, ["otherwise"]) } : {}),
      };
    case "parallel":
      return {
        ...step,
        branches: step.branches.map((branch) => ({ ...branch, steps: map(branch.steps, ["branches", branch.name]) })),
      };
    case "forEach":
    case "repeat":
      return { ...step, steps: map(step.steps, ["steps"]) };
    default:
      return step;
  }
}
