import { eachResource } from "./eachResource.ts";
import type { Rule } from "./Rule.ts";

/** What is required is not emptied when its target goes. */
export const requiredSetNull: Rule = eachResource(({ name: resource, relationships }) =>
  relationships
    .filter((relationship) => relationship.kind === "belongsTo")
    .filter(({ required, onDelete }) => required && onDelete === "setNull")
    .map(({ name }) => ({
      code: "required_set_null",
      path: [resource, "relationships", name, "onDelete"],
      message: `\`${name}\` is required, so it cannot be emptied on deletion. Write "restrict" or "cascade", or make it optional.`,
      fix: {
        title: "Refuse the deletion instead",
        command: { type: "setRelationship", resource, relationship: name, onDelete: "restrict" },
      },
    })),
);
