import { isStandardAction } from "../actions/actionsOf.ts";
import { graphqlName } from "../api/operations.ts";
import { actionFields } from "../naming/actionFields.ts";
import { queryFields } from "../naming/graphqlNames.ts";
import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Every action has fields of its own in GraphQL: `win` of `Deal` is `winDeal` and `winManyDeals`. */
export const mutationNames: Rule = ({ resources }, places) => {
  const owners = new Map<string, string>();
  for (const resource of resources) {
    const { one, many } = queryFields(resource);
    for (const field of [one, many]) owners.set(`Query ${field}`, resource.name);
  }
  const all = resources.flatMap((resource) => {
    return actionFields(resource).map((field) => {
      const isGiven = graphqlName(resource, field.action) === field.field;
      return { ...field, resource: resource.name, isGiven };
    });
  });
  const told = new Set<string>();
  const rank = ({ action, isGiven }: (typeof all)[number]) => (isGiven ? 2 : isStandardAction(action) ? 0 : 1);
  // Standard actions come first, so that the one that was named gives way; what was named for the APIs alone comes last.
  return all
    .toSorted((one, other) => rank(one) - rank(other))
    .flatMap(({ resource, type, field, action: name, isGiven }) => {
      const first = owners.get(`${type} ${field}`);
      owners.set(`${type} ${field}`, first ?? `${resource}.${name}`);
      const path = isGiven ? [resource, "api", "operations", name, "graphql"] : [resource, "actions", name];
      // Resources whose standard actions meet have names that are refused already.
      if (first === undefined || (isStandardAction(name) && !isGiven) || told.has(path.join("."))) return [];
      told.add(path.join("."));
      const advice = isGiven ? "Choose another name." : "Rename the action.";
      const message = `\`${name}\` of \`${resource}\` is called \`${field}\` in GraphQL, as \`${first}\` is. ${advice}`;
      return [problemAt(places, { code: "duplicate_name", path, message })];
    });
};
