import { actionsOf, isStandardAction } from "../actions/actionsOf.ts";
import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Every action has a field of its own in GraphQL: `win` of `Deal` is `winDeal`. */
export const mutationNames: Rule = ({ resources }, places) => {
  const owners = new Map<string, string>();
  const all = resources.flatMap((resource) =>
    actionsOf(resource).map(({ name }) => ({ resource: resource.name, name })),
  );
  // Standard actions come first, so that the one that was named gives way.
  return all
    .toSorted((one, other) => Number(!isStandardAction(one.name)) - Number(!isStandardAction(other.name)))
    .flatMap(({ resource, name }) => {
      const field = name + resource;
      const first = owners.get(field);
      owners.set(field, first ?? `${resource}.${name}`);
      if (first === undefined) return [];
      const message = `\`${name}\` of \`${resource}\` is called \`${field}\` in GraphQL, as \`${first}\` is. Rename the action.`;
      return [problemAt(places, { code: "duplicate_name", path: [resource, "actions", name], message })];
    });
};
