import { featureAttributes } from "../features/storedAttributes.ts";
import { camelCase } from "../naming/camelCase.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import { fieldNameShape, storedNameShape } from "../naming/nameShape.ts";
import { reservedColumn, reservedField } from "../naming/reservedNames.ts";
import type { Resource } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import type { Finding, Rule } from "./Rule.ts";

/** What is worked out and what features bring has names and columns of its own. */
export const computedNames: Rule = eachResource((resource) => [...fieldNames(resource), ...columns(resource)]);

function computed({ name, calculations = [], aggregates = [] }: Resource) {
  return [
    ...calculations.map((field) => ({
      field,
      section: "calculations" as const,
      path: [name, "calculations", field.name],
    })),
    ...aggregates.map((field) => ({ field, section: "aggregates" as const, path: [name, "aggregates", field.name] })),
  ];
}

function fieldNames(resource: Resource): readonly Finding[] {
  const { name: of, attributes, relationships, features } = resource;
  const taken = new Map<string, string>([
    ...attributes.map(({ name }) => [name, "an attribute"] as const),
    ...relationships.map(({ name }) => [name, "a relationship"] as const),
    ...relationships
      .filter(({ kind }) => kind === "belongsTo")
      .map((relationship) => [foreignKeyField(relationship), `the key of \`${relationship.name}\``] as const),
  ]);
  const brought = features ? featureAttributes(features) : [];
  const clashes = brought.flatMap(({ name }) => {
    const first = taken.get(name);
    taken.set(name, first ?? "a field of a feature");
    if (first === undefined) return [];
    const path = [of, "features", featureOf(name)];
    const message = `\`${name}\` is ${first} of \`${of}\` already, and this brings a field of that name. Rename the first.`;
    return [{ code: "duplicate_name", path, message }];
  });
  const findings = computed(resource).flatMap(({ field: { name }, section, path }) => {
    const first = taken.get(name);
    taken.set(name, first ?? (section === "calculations" ? "a calculation" : "an aggregate"));
    const shape = fieldNameShape(name);
    const reserved = reservedField(name);
    return [
      ...(shape ? [{ code: "name_shape", path, message: shape, ...renaming(of, section, name) }] : []),
      ...(reserved
        ? [{ code: "reserved_name", path, message: `\`${name}\` is ${reserved}. Choose another name.` }]
        : []),
      ...(first !== undefined
        ? [
            {
              code: "duplicate_name",
              path,
              message: `\`${name}\` is ${first} of \`${of}\` already. Choose another name.`,
            },
          ]
        : []),
    ];
  });
  return [...clashes, ...findings];
}

function renaming(resource: string, section: "calculations" | "aggregates", name: string): Pick<Finding, "fix"> {
  const to = camelCase(name);
  if (fieldNameShape(to) !== null) return {};
  const command =
    section === "calculations"
      ? ({ type: "renameCalculation", resource, calculation: name, to } as const)
      : ({ type: "renameAggregate", resource, aggregate: name, to } as const);
  return { fix: { title: `Rename it to ${to}`, command } };
}

function featureOf(field: string): string {
  if (field === "version") return "versioned";
  return field === "deletedAt" ? "softDelete" : "timestamps";
}

function columns(resource: Resource): readonly Finding[] {
  const { name, key, relationships, attributes, features } = resource;
  const owners = new Map<string, string>([
    [key.column, "the key"],
    ...attributes.map((attribute) => [attribute.column, `\`${attribute.name}\``] as const),
    ...relationships.flatMap((relationship): (readonly [string, string])[] =>
      relationship.kind === "belongsTo" ? [[relationship.column, `\`${relationship.name}\``]] : [],
    ),
  ]);
  const stored = [
    ...(features ? featureAttributes(features) : []).map((attribute) => ({
      column: attribute.column,
      of: attribute.name,
      path: [name, "features", featureOf(attribute.name)],
    })),
    ...computed(resource).flatMap(({ field, path }) =>
      field.column === undefined ? [] : [{ column: field.column, of: field.name, path: [...path, "stored"] }],
    ),
  ];
  return stored.flatMap(({ column, of, path }) => {
    const first = owners.get(column);
    owners.set(column, first ?? `\`${of}\``);
    const shape = storedNameShape(column);
    const reserved = reservedColumn(column);
    if (shape) return [{ code: "name_shape", path, message: shape }];
    if (reserved)
      return [{ code: "reserved_name", path, message: `\`${column}\` is ${reserved}. Write another column.` }];
    if (first === undefined) return [];
    const message = `The column \`${column}\` is that of ${first} already. Write another column.`;
    return [{ code: "duplicate_stored_name", path, message }];
  });
}
