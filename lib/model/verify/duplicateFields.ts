import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Resource } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import type { Finding, Rule } from "./Rule.ts";

/** Attributes, relationships and the fields of foreign keys share one space of names in the API. */
export const duplicateFields: Rule = eachResource(findings);

function findings(resource: Resource): readonly Finding[] {
  const { name, attributes, relationships } = resource;
  const taken = new Map<string, string>();
  const fields = [
    ...attributes.map((attribute) => ({
      path: [name, "attributes", attribute.name],
      field: attribute.name,
      what: "an attribute",
    })),
    ...relationships.map((relationship) => ({
      path: [name, "relationships", relationship.name],
      field: relationship.name,
      what: "a relationship",
    })),
    ...relationships
      .filter((relationship) => relationship.kind === "belongsTo")
      .map((relationship) => ({
        path: [name, "relationships", relationship.name],
        field: foreignKeyField(relationship),
        what: `the field of the key that \`${relationship.name}\` holds`,
      })),
  ];
  return fields.flatMap(({ path, field, what }) => {
    const first = taken.get(field);
    if (first === undefined) {
      taken.set(field, what);
      return [];
    }
    const message = `\`${field}\` is ${first} of \`${name}\` already, and here it is ${what}. Rename one of them.`;
    return [{ code: "duplicate_name", path, message }];
  });
}
