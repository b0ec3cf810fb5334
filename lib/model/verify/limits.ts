import { eachResource } from "./eachResource.ts";
import type { Rule } from "./Rule.ts";

const maxMembers = 500;

/** A resource stays of a size that people and databases can take in. */
export const limits: Rule = eachResource(({ name, attributes, relationships }) => {
  const count = attributes.length + relationships.length;
  if (count <= maxMembers) return [];
  const message = `\`${name}\` has ${count} attributes and relationships; at most ${maxMembers} can be kept. Split it.`;
  return [{ code: "too_many", path: [name], message }];
});
