import type { Relationship } from "#lib/model/types.ts";

/** A relationship in plain words: "Each Order has exactly one Customer." */
export function relationshipSentence(resource: string, relationship: Relationship): string {
  const { target } = relationship;
  switch (relationship.kind) {
    case "belongsTo": {
      const amount = relationship.required ? "exactly one" : "one or no";
      const back = relationship.unique ? `each ${target} has at most one ${resource}` : `each ${target} may have many`;
      return `Each ${resource} has ${amount} ${target}; ${back}.`;
    }
    case "hasOne":
      return `Each ${resource} may have one ${target}, the one whose ${relationship.via} it is.`;
    case "hasMany":
      return `Each ${resource} may have many of ${target}, those whose ${relationship.via} it is.`;
    case "manyToMany":
      return `Each ${resource} may have many of ${target}, and each ${target} many of ${resource}.`;
  }
}
