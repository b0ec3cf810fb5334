import { isThrough } from "../relationships/throughLinks.ts";
import type { ManyToMany, Model, Relationship, Resource } from "../types.ts";
import { mapSame, withResource } from "./Change.ts";
import { removeFromGroups } from "./groups.ts";

interface End {
  /** The resource of the links. */
  readonly join: Resource;
  /** A relationship of it. */
  readonly stored: Relationship;
}

/** The model without the manyToMany that one of the two belongsTo of its links is taken from. */
export function removeThroughEnd(model: Model, { join, stored }: End): Model {
  if (stored.kind !== "belongsTo") return model;
  const ends = ({ sourceColumn, targetColumn }: ManyToMany) => [sourceColumn, targetColumn].includes(stored.column);
  return model.resources.reduce((current, resource) => {
    const gone = resource.relationships.filter((each) => leadsThrough(each, join) && ends(each));
    if (gone.length === 0) return current;
    const relationships = resource.relationships.filter((relationship) => !gone.includes(relationship));
    const without = gone.reduce<Resource>((each, { name }) => removeFromGroups(each, name), {
      ...resource,
      relationships,
    });
    return withResource(current, without);
  }, model);
}

/** The model in which every manyToMany names the belongsTo of its links as it is called now. */
export function renameThroughEnd(model: Model, { join, stored }: End, to: string): Model {
  if (stored.kind !== "belongsTo") return model;
  return model.resources.reduce((current, resource) => {
    const relationships = mapSame(resource.relationships, (relationship) => {
      if (!leadsThrough(relationship, join)) return relationship;
      const { sourceVia, targetVia } = relationship;
      if (sourceVia !== stored.name && targetVia !== stored.name) return relationship;
      return {
        ...relationship,
        ...(sourceVia === stored.name ? { sourceVia: to } : {}),
        ...(targetVia === stored.name ? { targetVia: to } : {}),
      };
    });
    return relationships === resource.relationships ? current : withResource(current, { ...resource, relationships });
  }, model);
}

function leadsThrough(relationship: Relationship, join: Resource): relationship is ManyToMany {
  return isThrough(relationship) && relationship.through === join.name;
}
