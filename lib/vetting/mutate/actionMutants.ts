import { spokenName } from "../../model/naming/spokenName.ts";
import type { Action, Resource } from "../../model/types.ts";
import { withoutAt } from "../propose/without.ts";
import type { Mutants } from "./Mutants.ts";

/** Without a check of the resource. */
export function validationMutants(into: Mutants): void {
  const { validations = [] } = into.resource;
  validations.forEach(({ message }, index) => {
    into.add({
      kind: "validation",
      part: ["validations", String(index)],
      sentence: `Without the check: ${message}`,
      change: { validations: withoutAt(validations, index) },
    });
  });
}

/** Actions that ask for less, or do less. */
export function actionMutants(into: Mutants): void {
  for (const action of into.resource.definedActions ?? []) {
    const { name, require = [], validations = [], set = [] } = action;
    const part = ["definedActions", name];
    const words = `“${spokenName(name)}” of ${into.one}`;
    require.forEach(({ message, expression }, index) => {
      const sentence = `${words} without asking: ${message ?? `\`${expression}\``}`;
      into.add({
        kind: "requirement",
        part: [...part, "require", String(index)],
        sentence,
        change: withAction(into.resource, action, { require: withoutAt(require, index) }),
      });
    });
    validations.forEach(({ message }, index) => {
      const sentence = `${words} without the check: ${message}`;
      into.add({
        kind: "validation",
        part: [...part, "validations", String(index)],
        sentence,
        change: withAction(into.resource, action, { validations: withoutAt(validations, index) }),
      });
    });
    set.forEach(({ field }, index) => {
      const sentence = `${words} without setting the ${spokenName(field)}.`;
      into.add({
        kind: "action",
        part: [...part, "set"],
        sentence,
        change: withAction(into.resource, action, { set: withoutAt(set, index) }),
      });
    });
  }
}

function withAction(resource: Resource, action: Action, change: Partial<Action>): Partial<Resource> {
  const definedActions = (resource.definedActions ?? []).map((each) =>
    each === action ? { ...each, ...change } : each,
  );
  return { definedActions };
}
