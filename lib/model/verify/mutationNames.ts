import { isStandardAction } from "../actions/actionsOf.ts";
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
    return actionFields(resource).map((field) => ({ ...field, resource: resource.name }));
  });
  const told = new Set<string>();
  // Standard actions come first, so that the one that was named gives way.
  return all
    .toSorted((one, other) => Number(!isStandardAction(one.action)) - Number(!isStandardAction(other.action)))
    .flatMap(({ resource, type, field, action: name }) => {
      const first = owners.get(`${type} ${field}`);
      owners.set(`${type} ${field}`, first ?? `${resource}.${name}`);
      const path = [resource, "actions", name];
      // Resources whose standard actions meet have names that are refused already.
      if (first === undefined || isStandardAction(name) || told.has(path.join("."))) return [];
      told.add(path.join("."));
      const message = `\`${name}\` of \`${resource}\` is called \`${field}\` in GraphQL, as \`${first}\` is. Rename the action.`;
      return [problemAt(places, { code: "duplicate_name", path, message })];
    });
};
