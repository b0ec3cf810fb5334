import type { Attribute, ChoiceOption, Model, Relationship, Resource } from "../types.ts";

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
    targetOf: ({ target }) => byName.get(target),
  });
}

/** The model with every reference by the name that the thing has now. */
export function namedForm(model: Model): Model {
  const byTable = new Map(model.resources.map((resource) => [resource.table, resource]));
  return withInverses(
    mapReferences(model, {
      resource: (table) => byTable.get(table)?.name ?? table,
      field: (resource, column) => nameOf(resource, column),
      option: ({ stored }) => stored,
      named: ({ name }) => name,
      targetOf: ({ target }) => byTable.get(target),
    }),
  );
}

interface References {
  resource(reference: string): string;
  field(resource: Resource, reference: string): string;
  /** How the default of a choice names an option, and how it shall name it. */
  option(option: ChoiceOption): string;
  named(option: ChoiceOption): string;
  targetOf(relationship: Relationship): Resource | undefined;
}

function mapReferences(model: Model, references: References): Model {
  return { ...model, resources: model.resources.map((resource) => mapResource(resource, references)) };
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

function mapDefault(attribute: Attribute, { option, named }: References): Attribute {
  const { type, default: value } = attribute;
  if (type.kind !== "choice" || value?.kind !== "literal") return attribute;
  const chosen = type.options.find((candidate) => option(candidate) === value.value);
  return chosen ? { ...attribute, default: { kind: "literal", value: named(chosen) } } : attribute;
}

function mapRelationship(relationship: Relationship, references: References): Relationship {
  const target = references.resource(relationship.target);
  if (relationship.kind !== "hasMany") return { ...relationship, target };
  const there = references.targetOf(relationship);
  return { ...relationship, target, via: there ? references.field(there, relationship.via) : relationship.via };
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
