import { featureAttributes } from "../features/storedAttributes.ts";
import { isThrough } from "../relationships/throughLinks.ts";
import type { ManyToMany, Model, Relationship, Resource } from "../types.ts";
import type { MergeConflict } from "./MergeConflict.ts";

/**
 * A merged model, in its stored form, without what leads to something that one of the sides removed: relationships, and
 * the unique groups and indexes that name them.
 */
export function withoutDangling(model: Model): {
  readonly model: Model;
  readonly conflicts: readonly MergeConflict[];
} {
  const conflicts: MergeConflict[] = [];
  let current = model;
  for (let found = danglingIn(current); found.length > 0; found = danglingIn(current)) {
    for (const { resource, relationship } of found) {
      const sentence = `${resource.name}.${relationship.name} leads to what is removed; it goes too`;
      conflicts.push({ path: [resource.name, "relationships", relationship.name], sentence });
    }
    const gone = new Set(found.map(({ relationship }) => relationship));
    current = mapResources(current, (resource) => ({
      ...resource,
      relationships: resource.relationships.filter((relationship) => !gone.has(relationship)),
    }));
  }
  const known = mapResources(current, (resource) => withKnownFields(resource, conflicts));
  return { model: known, conflicts };
}

function danglingIn({ resources }: Model) {
  const byTable = new Map(resources.map((resource) => [resource.table, resource]));
  return resources.flatMap((resource) =>
    resource.relationships
      .filter((relationship) => dangles(relationship, resource, byTable))
      .map((relationship) => ({ resource, relationship })),
  );
}

function dangles(relationship: Relationship, resource: Resource, byTable: ReadonlyMap<string, Resource>): boolean {
  const target = byTable.get(relationship.target);
  if (!target) return true;
  switch (relationship.kind) {
    case "belongsTo":
      return false;
    case "hasOne":
    case "hasMany":
      return !target.relationships.some(
        (other) => other.kind === "belongsTo" && other.column === relationship.via && other.target === resource.table,
      );
    case "manyToMany":
      if (isThrough(relationship)) return !isLink(byTable.get(relationship.through), relationship, resource);
      return (
        !relationship.owner &&
        !target.relationships.some(
          (other) => other.kind === "manyToMany" && other.owner && other.table === relationship.table,
        )
      );
  }
}

/** Whether the records of a resource still link the two sides. */
function isLink(join: Resource | undefined, relationship: ManyToMany, source: Resource): boolean {
  const { target, sourceColumn, targetColumn } = relationship;
  const leads = (column: string, to: string) =>
    join?.relationships.some((each) => each.kind === "belongsTo" && each.column === column && each.target === to);
  return leads(sourceColumn, source.table) === true && leads(targetColumn, target) === true;
}

function withKnownFields(resource: Resource, conflicts: MergeConflict[]): Resource {
  const columns = new Set([
    ...resource.attributes.map(({ column }) => column),
    // What features bring goes by its name.
    ...(resource.features ? featureAttributes(resource.features) : []).map(({ name }) => name),
    ...resource.relationships.flatMap((relationship) =>
      relationship.kind === "belongsTo" ? [relationship.column] : [],
    ),
  ]);
  const isKnown = (section: "uniques" | "indexes", names: readonly string[]) => {
    if (names.every((name) => columns.has(name))) return true;
    const what = section === "uniques" ? "A unique group" : "An index";
    const sentence = `${what} of ${resource.name} names what is removed; it goes too`;
    conflicts.push({ path: [resource.name, section], sentence });
    return false;
  };
  return {
    ...resource,
    uniques: resource.uniques.filter((names) => isKnown("uniques", names)),
    indexes: resource.indexes.filter(({ fields }) =>
      isKnown(
        "indexes",
        fields.map(({ name }) => name),
      ),
    ),
  };
}

function mapResources(model: Model, map: (resource: Resource) => Resource): Model {
  return { ...model, resources: model.resources.map(map) };
}
