import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** What cascades from records that are kept when they are destroyed has to be kept as well, to come back with them. */
export const keptCascades: Rule = (draft, places) => {
  const kept = new Set(draft.resources.filter(({ features }) => features?.softDelete).map(({ name }) => name));
  const findings = draft.resources
    .filter(({ name }) => !kept.has(name))
    .flatMap(({ name: resource, relationships }) =>
      relationships
        .filter((relationship) => relationship.kind === "belongsTo")
        .filter(({ target, onDelete }) => onDelete === "cascade" && kept.has(target))
        .map(({ name, target }): Finding => {
          const path = [resource, "relationships", name, "onDelete"];
          const message = `Destroyed ${target} records are kept, so what cascades from them has to be kept as well: write \`softDelete: true\` in ${resource}, or choose "restrict" here.`;
          const command = { type: "setRelationship", resource, relationship: name, onDelete: "restrict" } as const;
          return { code: "kept_cascade", path, message, fix: { title: "Refuse the deletion instead", command } };
        }),
    );
  return findings.map((finding) => problemAt(places, finding));
};
