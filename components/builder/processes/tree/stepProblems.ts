import type { Problem } from "#lib/model/Problem.ts";
import type { Process, Step } from "#lib/model/processTypes.ts";
import { problemsAt, problemsWithin } from "../../problems/problemsAt.ts";
import { walkSteps } from "./findStep.ts";
import { startPath, stepPath } from "./stepPath.ts";

/** Problems of the step itself that none of its fields shows. */
export function ownProblems(problems: readonly Problem[], process: Process, step: Step): readonly Problem[] {
  return problemsAt(problems, stepPath(process, step.name));
}

/** How many errors stand at each step (by its name) and start (`start 0`). */
export function flowProblems(problems: readonly Problem[], process: Process): ReadonlyMap<string, number> {
  const errors = problems.filter(({ severity }) => severity === "error");
  const counts = new Map<string, number>();
  const note = (key: string, path: readonly string[]) => {
    const count = problemsWithin(errors, path).length;
    if (count > 0) counts.set(key, count);
  };
  for (const { step } of walkSteps(process.steps)) note(step.name, stepPath(process, step.name));
  (process.starts ?? []).forEach((_, index) => {
    note(`start ${index}`, startPath(process, index));
  });
  return counts;
}
