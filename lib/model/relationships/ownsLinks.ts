import type { ManyToMany, Relationship } from "../types.ts";

/** Whether its links are changed with the record itself; links that are records of their own are changed there. */
export function ownsLinks(relationship: Relationship): relationship is ManyToMany {
  return relationship.kind === "manyToMany" && relationship.through === undefined;
}
