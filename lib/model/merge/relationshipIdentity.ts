import type { Relationship } from "../types.ts";

/** What tells a relationship in its stored form from the others of its resource, whatever it is called. */
export function relationshipIdentity(relationship: Relationship): string {
  switch (relationship.kind) {
    case "belongsTo":
      return `belongsTo ${relationship.column}`;
    case "hasOne":
    case "hasMany":
      return `${relationship.kind} ${relationship.target} ${relationship.via}`;
    case "manyToMany":
      return `manyToMany ${relationship.table} ${relationship.sourceColumn}`;
  }
}
