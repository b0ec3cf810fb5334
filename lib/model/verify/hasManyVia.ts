import { closest } from "../../expression/closest.ts";
import { fieldNameShape } from "../naming/nameShape.ts";
import { reservedField } from "../naming/reservedNames.ts";
import type { HasMany, HasOne, Resource } from "../types.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Every hasOne and hasMany mirrors a belongsTo of its target that leads back. */
export const hasManyVia: Rule = ({ resources }, places) => {
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  return resources.flatMap((resource) =>
    resource.relationships.flatMap((relationship) => {
      const mirrors = relationship.kind === "hasMany" || relationship.kind === "hasOne";
      if (!mirrors || relationship.via === "") return [];
      const target = byName.get(relationship.target);
      if (!target || places.unread.has(target.name)) return [];
      const wrong = wrongVia(resource, relationship, target);
      if (!wrong) return [];
      const path = [resource.name, "relationships", relationship.name, "via"];
      return [problemAt(places, { code: "unknown_via", path, ...wrong })];
    }),
  );
};

function wrongVia(
  resource: Resource,
  { via }: HasMany | HasOne,
  target: Resource,
): Pick<Finding, "message" | "fix"> | null {
  const mirrored = target.relationships.find(({ name }) => name === via);
  if (mirrored?.kind === "belongsTo" && mirrored.target === resource.name) return null;
  const backs = target.relationships.filter(({ kind, target: to }) => kind === "belongsTo" && to === resource.name);
  const back = backs.map(({ name }) => name);
  const meant = closest(via, back) ?? (back.length === 1 ? back[0] : undefined);
  const hint = meant
    ? `Did you mean \`${meant}\`?`
    : `Add \`${via}: belongsTo("${resource.name}")\` to \`${target.name}\`.`;
  if (mirrored) {
    return { message: `\`${via}\` of \`${target.name}\` is no belongsTo that leads to \`${resource.name}\`. ${hint}` };
  }
  const taken = target.attributes.some(({ name }) => name === via);
  const possible = !meant && !taken && fieldNameShape(via) === null && reservedField(via) === null;
  return {
    message: `\`${target.name}\` has no belongsTo \`${via}\`. ${hint}`,
    ...(possible
      ? {
          fix: {
            title: `Add ${via} to ${target.name}`,
            command: { type: "addBelongsTo", resource: target.name, name: via, target: resource.name },
          },
        }
      : {}),
  };
}
