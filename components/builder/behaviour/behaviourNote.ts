import { namedActions } from "#lib/model/actions/namedActions.ts";
import type { Resource } from "#lib/model/types.ts";

/** What a resource works out, checks and does, counted: `2 calculations, states, 1 action`. */
export function behaviourNote(resource: Resource): string {
  const { calculations = [], aggregates = [], validations = [], states } = resource;
  return [
    counted(calculations.length, "calculation"),
    counted(aggregates.length, "aggregate"),
    counted(validations.length, "validation"),
    states ? ["states"] : [],
    counted(namedActions(resource).length, "action"),
  ]
    .flat()
    .join(", ");
}

function counted(count: number, noun: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? noun : `${noun}s`}`];
}
