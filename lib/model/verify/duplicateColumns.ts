import type { Resource } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import type { Finding, Rule } from "./Rule.ts";

/** Every attribute and foreign key of a resource has a column of its own. */
export const duplicateColumns: Rule = eachResource(findings);

function findings({ name, key, attributes, relationships }: Resource): readonly Finding[] {
  const owners = new Map([[key.column, "the key"]]);
  const columns = [
    ...attributes.map((attribute) => ({
      path: [name, "attributes", attribute.name, "column"],
      column: attribute.column,
      of: attribute.name,
    })),
    ...relationships
      .filter((relationship) => relationship.kind === "belongsTo")
      .map((relationship) => ({
        path: [name, "relationships", relationship.name, "column"],
        column: relationship.column,
        of: relationship.name,
      })),
  ];
  return columns.flatMap(({ path, column, of }) => {
    const first = owners.get(column);
    if (first === undefined) {
      owners.set(column, `\`${of}\``);
      return [];
    }
    const message = `The column \`${column}\` is that of ${first} already. Write another \`column\`.`;
    return [{ code: "duplicate_stored_name", path, message }];
  });
}
