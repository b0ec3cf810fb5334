import type { Process, Step } from "../processTypes.ts";

/** A list of steps that stands in a step, and where: `["branches", "0"]`, `["onError"]`. */
export interface StepList {
  readonly at: readonly string[];
  readonly steps: readonly Step[];
}

/** The lists of steps that a step is made of; those for errors and undoing are not among them. */
export function innerLists(step: Step): readonly StepList[] {
  switch (step.kind) {
    case "branch":
      return [
        ...step.branches.map(({ steps }, index) => ({ at: ["branches", String(index)], steps })),
        ...(step.otherwise ? [{ at: ["otherwise"], steps: step.otherwise }] : []),
      ];
    case "parallel":
      return step.branches.map(({ name, steps }) => ({ at: ["branches", name], steps }));
    case "forEach":
    case "repeat":
      return [{ at: ["steps"], steps: step.steps }];
    default:
      return [];
  }
}

/** Every list of steps that stands in a step. */
export function stepLists(step: Step): readonly StepList[] {
  return [
    ...innerLists(step),
    ...(step.onError ? [{ at: ["onError"], steps: step.onError }] : []),
    ...(step.compensate ? [{ at: ["compensate"], steps: step.compensate }] : []),
  ];
}

/** The steps of a process at whatever depth, in the order in which they are written. */
export function allSteps({ steps }: Pick<Process, "steps">): readonly Step[] {
  return steps.flatMap(withInner);
}

/** A step and all that stand in it. */
export function withInner(step: Step): readonly Step[] {
  return [step, ...stepLists(step).flatMap(({ steps }) => steps.flatMap(withInner))];
}

/** The step of a name at whatever depth; null where there is none. */
export function stepNamed(process: Pick<Process, "steps">, name: string): Step | null {
  return allSteps(process).find((step) => step.name === name) ?? null;
}
