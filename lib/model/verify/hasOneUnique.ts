import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** A hasOne leads to one record only, so what it mirrors is unique. */
export const hasOneUnique: Rule = ({ resources }, places) => {
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  return resources.flatMap(({ name: resource, relationships }) =>
    relationships.flatMap((relationship) => {
      if (relationship.kind !== "hasOne") return [];
      const { target, via } = relationship;
      const mirrored = byName.get(target)?.relationships.find(({ name }) => name === via);
      if (mirrored?.kind !== "belongsTo" || mirrored.target !== resource || mirrored.unique) return [];
      return [
        problemAt(places, {
          code: "not_unique",
          path: [resource, "relationships", relationship.name, "via"],
          message: `Several of \`${target}\` may have the same \`${via}\`. Make that unique, or write \`hasMany\`.`,
          fix: {
            title: `Make ${target}.${via} one to one`,
            command: { type: "setRelationship", resource: target, relationship: via, unique: true },
          },
        }),
      ];
    }),
  );
};
