import { stepLists } from "../processes/stepsWithin.ts";
import type { Process, Step } from "../processTypes.ts";

/** The steps that a step stands in, the outermost first; null where there is no such step. */
export function stepsAround({ steps }: Pick<Process, "steps">, name: string): readonly Step[] | null {
  for (const step of steps) {
    if (step.name === name) return [];
    for (const { steps: inner } of stepLists(step)) {
      const around = stepsAround({ steps: inner }, name);
      if (around) return [step, ...around];
    }
  }
  return null;
}

/** Of a scope such as `rows[3].lines[0].` each loop with its own scope and the number of the item. */
export function loopsOf(
  scope: string,
): readonly { readonly scope: string; readonly name: string; readonly index: number }[] {
  return [...scope.matchAll(/([^.[]+)\[(\d+)\]\./g)].map((match) => ({
    scope: scope.slice(0, match.index),
    name: match[1] ?? "",
    index: Number(match[2]),
  }));
}
