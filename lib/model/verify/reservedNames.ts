import { reservedColumn, reservedField, reservedPlural, reservedTable, reservedType } from "../naming/reservedNames.ts";
import type { Resource } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import type { Finding, Rule } from "./Rule.ts";

/** No name means something else already: in GraphQL, in REST, in JavaScript, in PostgreSQL. */
export const reservedNames: Rule = eachResource((resource) => [...apiNames(resource), ...storedNames(resource)]);

function apiNames({ name, plural, attributes, relationships }: Resource): readonly Finding[] {
  return [
    ...taken([name], name, reservedType(name)),
    ...taken([name, "plural"], plural, reservedPlural(plural)),
    ...attributes.flatMap((attribute) =>
      taken([name, "attributes", attribute.name], attribute.name, reservedField(attribute.name)),
    ),
    ...relationships.flatMap((relationship) =>
      taken([name, "relationships", relationship.name], relationship.name, reservedField(relationship.name)),
    ),
  ];
}

function storedNames({ name, table, key, attributes, relationships }: Resource): readonly Finding[] {
  return [
    ...taken([name, "table"], table, reservedTable(table), "Write another `table`."),
    ...taken([name, "key", "column"], key.column, reservedColumn(key.column), "Write another `column`."),
    ...attributes.flatMap(({ name: attribute, column }) => {
      const path = [name, "attributes", attribute, "column"];
      return taken(path, column, reservedColumn(column), "Write another `column`.");
    }),
    ...relationships.flatMap((relationship) => {
      const path = [name, "relationships", relationship.name];
      if (relationship.kind === "belongsTo") {
        const { column } = relationship;
        return taken([...path, "column"], column, reservedColumn(column), "Write another `column`.");
      }
      if (relationship.kind !== "manyToMany" || !relationship.owner) return [];
      const { table: join, sourceColumn, targetColumn } = relationship;
      return [
        ...taken([...path, "table"], join, reservedTable(join), "Write another `table`."),
        ...taken([...path, "column"], sourceColumn, reservedColumn(sourceColumn), "Write another `column`."),
        ...taken(
          [...path, "targetColumn"],
          targetColumn,
          reservedColumn(targetColumn),
          "Write another `targetColumn`.",
        ),
      ];
    }),
  ];
}

function taken(
  path: readonly string[],
  name: string,
  meaning: string | null,
  hint = "Choose another name.",
): readonly Finding[] {
  return meaning === null ? [] : [{ code: "reserved_name", path, message: `\`${name}\` is ${meaning}. ${hint}` }];
}
