import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

export const maxResources = 500;
export const maxMembers = 500;

/** An app stays of a size that people and databases can take in. */
export const limits: Rule = ({ resources }, places) => {
  const extra = resources[maxResources];
  const tooMany = `An app has at most ${maxResources} resources; this one has ${resources.length}. Remove some.`;
  return [
    ...(extra ? [problemAt(places, { code: "too_many", path: [extra.name], message: tooMany })] : []),
    ...resources
      .filter(({ attributes, relationships }) => attributes.length + relationships.length > maxMembers)
      .map(({ name, attributes, relationships }) => {
        const count = attributes.length + relationships.length;
        const message = `\`${name}\` has ${count} attributes and relationships; at most ${maxMembers} can be kept. Split it.`;
        return problemAt(places, { code: "too_many", path: [name], message });
      }),
  ];
};
