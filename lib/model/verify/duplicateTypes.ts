import { enumName } from "../naming/enumName.ts";
import { typeNames } from "../naming/graphqlNames.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** The GraphQL types that come with resources and choices do not take each other's names. */
export const duplicateTypes: Rule = ({ resources }, places) => {
  const owners = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { name } of resources) {
    for (const type of typeNames({ name }).slice(1)) owners.set(type, name);
  }
  for (const { name } of resources) {
    const clash = owners.get(name);
    if (clash !== undefined) {
      const message = `\`${name}\` is the name of a GraphQL type that comes with \`${clash}\`. Choose another name.`;
      findings.push({ code: "duplicate_name", path: [name], message });
    }
  }
  for (const { name } of resources) owners.set(name, name);
  const enums = new Map<string, string>();
  for (const resource of resources) {
    for (const attribute of resource.attributes.filter(({ type }) => type.kind === "choice")) {
      const type = enumName(resource, attribute);
      const owner = owners.get(type) ?? enums.get(type);
      const path = [resource.name, "attributes", attribute.name];
      enums.set(type, `${resource.name}.${attribute.name}`);
      if (owner === undefined) continue;
      const message = `The options of \`${attribute.name}\` are the GraphQL type \`${type}\`, a name that \`${owner}\` takes. Rename one of them.`;
      findings.push({ code: "duplicate_name", path, message });
    }
  }
  return findings.map((finding) => problemAt(places, finding));
};
