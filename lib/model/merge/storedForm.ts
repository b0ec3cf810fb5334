import { optionsIn } from "../attributes/optionsIn.ts";
import { isThrough, withThroughLinks } from "../relationships/throughLinks.ts";
import { renameProcessNames } from "../rename/renameProcessNames.ts";
import type { Attribute, ChoiceOption, JsonValue, Model, Relationship, Resource } from "../types.ts";

/**
 * The model with every reference by stored name: targets by table, `via` and groups by column, options by what is
 * stored. So two sides agree on
 * what they speak of although one of them has renamed it. `namedForm` is the way back.
 */
export function storedForm(model: Model): Model {
  const byName = new Map(model.resources.map((resource) => [resource.name, resource]));
  return mapReferences(model, {
    resource: (name) => byName.get(name)?.table ?? name,
    field: (resource, name) => columnOf(resource, name),
    option: ({ name }) => name,
    named: ({ stored }) => stored,
    find: (name) => byName.get(name),
  });
}

/** The model with every reference by the name that the thing has now. */
export function namedForm(model: Model): Model {
  const byTable = new Map(model.resources.map((resource) => [resource.table, resource]));
  const named = withInverses(
    mapReferences(model, {
      resource: (table) => byTable.get(table)?.name ?? table,
      field: (resource, column) => nameOf(resource, column),
      option: ({ stored }) => stored,
      named: ({ name }) => name,
      find: (table) => byTable.get(table),
    }),
  );
  return withThroughLinks(named);
}

interface References {
  resource(reference: string): string;
  field(resource: Resource, reference: string): string;
  /** How the default of a choice names an option, and how it shall name it. */
  option(option: ChoiceOption): string;
  named(option: ChoiceOption): string;
  find(reference: string): Resource | undefined;
}

function mapReferences(model: Model, references: References): Model {
  const valueObjects = model.valueObjects?.map((valueObject) => ({
    ...valueObject,
    attributes: valueObject.attributes.map((attribute) => mapDefault(attribute, references)),
  }));
  const { users } = model.app;
  return {
    ...renameProcessNames(model, { resource: (name) => references.resource(name) }),
    app: users === undefined ? model.app : { ...model.app, users: references.resource(users) },
    resources: model.resources.map((resource) => mapResource(resource, references)),
    ...(valueObjects === undefined ? {} : { valueObjects }),
  };
}

function mapResource(resource: Resource, references: References): Resource {
  const field = (reference: string) => references.field(resource, reference);
  return {
    ...resource,
    attributes: resource.attributes.map((attribute) => mapDefault(attribute, references)),
    relationships: resource.relationships.map((relationship) => mapRelationship(relationship, references)),
    uniques: resource.uniques.map((group) => group.map(field)),
    indexes: resource.indexes.map(({ fields }) => ({
      fields: fields.map(({ name, descending }) => ({ name: field(name), descending })),
    })),
  };
}

function mapDefault(attribute: Attribute, references: References): Attribute {
  const { type, default: value, example } = attribute;
  const options = optionsIn(type);
  if (options === null) return attribute;
  return {
    ...attribute,
    ...(value?.kind === "literal"
      ? { default: { kind: "literal", value: mapChosen(value.value, options, references) } }
      : {}),
    ...(example === undefined ? {} : { example: mapChosen(example, options, references) }),
  };
}

function mapChosen(
  value: JsonValue,
  options: readonly ChoiceOption[],
  { option, named }: Pick<References, "option" | "named">,
): JsonValue {
  if (Array.isArray(value)) return value.map((item) => mapChosen(item, options, { option, named }));
  const chosen = options.find((candidate) => option(candidate) === value);
  return chosen ? named(chosen) : value;
}

function mapRelationship(relationship: Relationship, references: References): Relationship {
  const target = references.resource(relationship.target);
  const fieldOf = (resource: string, name: string) => {
    const there = references.find(resource);
    return there ? references.field(there, name) : name;
  };
  switch (relationship.kind) {
    case "belongsTo":
      return { ...relationship, target };
    case "hasOne":
    case "hasMany":
      return { ...relationship, target, via: fieldOf(relationship.target, relationship.via) };
    case "manyToMany": {
      if (!isThrough(relationship)) return { ...relationship, target };
      const { through, sourceVia, targetVia } = relationship;
      return {
        ...relationship,
        target,
        through: references.resource(through),
        ...(sourceVia === undefined ? {} : { sourceVia: fieldOf(through, sourceVia) }),
        ...(targetVia === undefined ? {} : { targetVia: fieldOf(through, targetVia) }),
      };
    }
  }
}

function columnOf({ attributes, relationships }: Resource, name: string): string {
  const relationship = relationships.find((candidate) => candidate.name === name);
  if (relationship?.kind === "belongsTo") return relationship.column;
  return attributes.find((attribute) => attribute.name === name)?.column ?? name;
}

function nameOf({ attributes, relationships }: Resource, column: string): string {
  const relationship = relationships.find((candidate) => candidate.kind === "belongsTo" && candidate.column === column);
  return relationship?.name ?? attributes.find((attribute) => attribute.column === column)?.name ?? column;
}

/** Both sides of a join table know each other by name, which follows from the table. */
function withInverses(model: Model): Model {
  const relationships = model.resources.flatMap((resource) => resource.relationships);
  return {
    ...model,
    resources: model.resources.map((resource) => ({
      ...resource,
      relationships: resource.relationships.map((relationship) => {
        if (relationship.kind !== "manyToMany") return relationship;
        const { inverse: _, ...rest } = relationship;
        const other = relationships.find(
          (candidate) =>
            candidate.kind === "manyToMany" &&
            candidate.table === relationship.table &&
            candidate.sourceColumn === relationship.targetColumn &&
            candidate.targetColumn === relationship.sourceColumn,
        );
        return other ? { ...rest, inverse: other.name } : rest;
      }),
    })),
  };
}
