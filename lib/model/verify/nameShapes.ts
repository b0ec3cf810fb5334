import { camelCase } from "../naming/camelCase.ts";
import { fieldNameShape, resourceNameShape, storedNameShape } from "../naming/nameShape.ts";
import { pascalCase } from "../naming/pascalCase.ts";
import type { Resource } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import type { Finding, Rule } from "./Rule.ts";

/** Names can be written in every API, stored names in PostgreSQL. */
export const nameShapes: Rule = eachResource((resource) => [
  ...resourceName(resource),
  ...fieldNames(resource),
  ...storedNames(resource),
]);

function resourceName({ name, plural }: Resource): readonly Finding[] {
  const shape = resourceNameShape(name);
  const pluralShape = shape ? null : fieldNameShape(plural);
  const better = pascalCase(name);
  const fixable = resourceNameShape(better) === null;
  return [
    ...(shape
      ? [
          {
            code: "name_shape",
            path: [name],
            message: shape,
            ...(fixable
              ? {
                  fix: {
                    title: `Rename it to ${better}`,
                    command: { type: "renameResource", resource: name, to: better } as const,
                  },
                }
              : {}),
          },
        ]
      : []),
    ...(pluralShape ? [{ code: "name_shape", path: [name, "plural"], message: pluralShape }] : []),
  ];
}

function fieldNames({ name: resource, attributes, relationships }: Resource): readonly Finding[] {
  const members = [
    ...attributes.map(({ name }) => ({ section: "attributes", name })),
    ...relationships.map(({ name }) => ({ section: "relationships", name })),
  ];
  return members.flatMap(({ section, name }) => {
    const shape = fieldNameShape(name);
    if (!shape) return [];
    const better = camelCase(name);
    const command =
      section === "attributes"
        ? ({ type: "renameAttribute", resource, attribute: name, to: better } as const)
        : ({ type: "renameRelationship", resource, relationship: name, to: better } as const);
    const fix = fieldNameShape(better) === null ? { fix: { title: `Rename it to ${better}`, command } } : {};
    return [{ code: "name_shape", path: [resource, section, name], message: shape, ...fix }];
  });
}

function storedNames(resource: Resource): readonly Finding[] {
  const { name, table, key, attributes, relationships } = resource;
  const stored = [
    { path: [name, "table"], stored: table },
    { path: [name, "key", "column"], stored: key.column },
    ...attributes.map((attribute) => ({
      path: [name, "attributes", attribute.name, "column"],
      stored: attribute.column,
    })),
    ...relationships.flatMap((relationship) => {
      const path = [name, "relationships", relationship.name];
      if (relationship.kind === "belongsTo") return [{ path: [...path, "column"], stored: relationship.column }];
      if (relationship.kind !== "manyToMany" || !relationship.owner) return [];
      return [
        { path: [...path, "table"], stored: relationship.table },
        { path: [...path, "column"], stored: relationship.sourceColumn },
        { path: [...path, "targetColumn"], stored: relationship.targetColumn },
      ];
    }),
  ];
  return stored.flatMap(({ path, stored: text }) => {
    const shape = storedNameShape(text);
    return shape ? [{ code: "name_shape", path, message: `${shape} Write \`${path.at(-1)}\` here.` }] : [];
  });
}
