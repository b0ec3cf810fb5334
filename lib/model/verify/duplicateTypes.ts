import { optionsIn } from "../attributes/optionsIn.ts";
import { enumName } from "../naming/enumName.ts";
import { typeNames } from "../naming/graphqlNames.ts";
import { reservedType } from "../naming/reservedNames.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** The GraphQL types that come with resources, value objects and choices do not take each other's names. */
export const duplicateTypes: Rule = ({ resources, valueObjects = [] }, places) => {
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
  for (const { name } of valueObjects) {
    for (const type of [name, `${name}Input`]) {
      const clash = owners.get(type);
      owners.set(type, clash ?? name);
      if (clash === undefined) continue;
      const message = `\`${name}\` makes the GraphQL type \`${type}\`, a name that \`${clash}\` takes. Choose another name.`;
      findings.push({ code: "duplicate_name", path: [name], message });
      break;
    }
  }
  const enums = new Map<string, string>();
  for (const resource of [...resources, ...valueObjects]) {
    for (const attribute of resource.attributes.filter(({ type }) => optionsIn(type) !== null)) {
      const type = enumName(resource, attribute);
      const path = [resource.name, "attributes", attribute.name];
      // What an enumeration is filtered by is a type as well.
      const types = [type, `${type}Filter`];
      const meaning = reservedType(type);
      const clash = types.find((each) => owners.has(each) || enums.has(each));
      const owner = clash && (owners.get(clash) ?? enums.get(clash));
      for (const each of types) enums.set(each, `${resource.name}.${attribute.name}`);
      if (meaning !== null) {
        const message = `The options of \`${attribute.name}\` are the GraphQL type \`${type}\`, which is ${meaning}. Rename it.`;
        findings.push({ code: "reserved_name", path, message });
      } else if (owner !== undefined) {
        const message = `The options of \`${attribute.name}\` are the GraphQL type \`${clash}\`, a name that \`${owner}\` takes. Rename one of them.`;
        findings.push({ code: "duplicate_name", path, message });
      }
    }
  }
  return findings.map((finding) => problemAt(places, finding));
};
