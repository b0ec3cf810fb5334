import type { Step } from "#lib/model/processTypes.ts";

/** One of the lists of steps within a step. */
export interface Lane {
  /** Which of them: `steps`, `branches.0`, `otherwise`, `onError`, `compensate`. */
  readonly key: string;
  readonly kind: LaneKind;
  readonly steps: readonly Step[];
}

export type LaneKind = "body" | "branch" | "otherwise" | "parallel" | "onError" | "compensate";

/** What runs as a part of the step, then what happens when it fails, then what undoes it; each only where it is there. */
export function lanesOf(step: Step): readonly Lane[] {
  return [...innerLanes(step), ...sideLanes(step)];
}

/** The lists that run as a part of the step; of a branch with the one for all other cases, though it be empty. */
export function innerLanes(step: Step): readonly Lane[] {
  switch (step.kind) {
    case "branch":
      return [
        ...step.branches.map(({ steps }, index): Lane => ({ key: `branches.${index}`, kind: "branch", steps })),
        { key: "otherwise", kind: "otherwise", steps: step.otherwise ?? [] },
      ];
    case "parallel":
      return step.branches.map(({ steps }, index): Lane => ({ key: `branches.${index}`, kind: "parallel", steps }));
    case "forEach":
    case "repeat":
      return [{ key: "steps", kind: "body", steps: step.steps }];
    default:
      return [];
  }
}

export function sideLanes({ onError, compensate }: Step): readonly Lane[] {
  return [
    ...(onError ? [{ key: "onError", kind: "onError", steps: onError } as const] : []),
    ...(compensate ? [{ key: "compensate", kind: "compensate", steps: compensate } as const] : []),
  ];
}

/** The step with other steps in one of its lists. */
export function withLane(step: Step, key: string, steps: readonly Step[]): Step {
  if (key === "onError") return { ...step, onError: steps };
  if (key === "compensate") return { ...step, compensate: steps };
  switch (step.kind) {
    case "branch": {
      if (key !== "otherwise") return { ...step, branches: replaced(step.branches, key, steps) };
      const { otherwise: _, ...rest } = step;
      return steps.length === 0 ? rest : { ...rest, otherwise: steps };
    }
    case "parallel":
      return { ...step, branches: replaced(step.branches, key, steps) };
    case "forEach":
    case "repeat":
      return { ...step, steps };
    default:
      return step;
  }
}

function replaced<Branch extends { readonly steps: readonly Step[] }>(
  branches: readonly Branch[],
  key: string,
  steps: readonly Step[],
): readonly Branch[] {
  return branches.map((branch, index) => (key === `branches.${index}` ? { ...branch, steps } : branch));
}
