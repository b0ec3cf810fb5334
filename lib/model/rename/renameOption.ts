import { mapSame } from "../expressions/mapSame.ts";
import type { Model, Resource } from "../types.ts";
import { renameInExpressions } from "./renameInExpressions.ts";

export interface OptionRename {
  readonly resource: string;
  readonly attribute: string;
  readonly from: string;
  readonly to: string;
}

/** The model in which expressions and states call an option by another name; the choice itself keeps it. */
export function renameOptionMentions(model: Model, { resource: of, attribute, from, to }: OptionRename): Model {
  const rewritten = renameInExpressions(model, (reference) => {
    const isMeant = reference.kind === "choice" && reference.resource === of && reference.member === attribute;
    return isMeant && reference.option === from ? to : null;
  });
  const now = (name: string) => (name === from ? to : name);
  const resources = mapSame(rewritten.resources, (resource): Resource => {
    const { states } = resource;
    if (resource.name !== of || states?.attribute !== attribute) return resource;
    const transitions = states.transitions.map((transition) => ({
      ...transition,
      from: transition.from.map(now),
      to: now(transition.to),
    }));
    return { ...resource, states: { ...states, transitions } };
  });
  return resources === rewritten.resources ? rewritten : { ...rewritten, resources };
}
