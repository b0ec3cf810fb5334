import { closest } from "../../expression/closest.ts";
import { isThrough, throughEnds } from "../relationships/throughLinks.ts";
import type { BelongsTo, ManyToMany, Resource } from "../types.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** The resource of links that a manyToMany leads through is there, and has one belongsTo to either side. */
export const throughResource: Rule = ({ resources }, places) => {
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  return resources.flatMap((resource) =>
    resource.relationships.flatMap((relationship) => {
      if (relationship.kind !== "manyToMany" || !isThrough(relationship)) return [];
      const path = [resource.name, "relationships", relationship.name];
      const join = byName.get(relationship.through);
      if (!join) {
        const meant = closest(relationship.through, byName.keys());
        const hint = meant ? `Did you mean \`${meant}\`?` : "Add it, or leave `through` out.";
        const message = `There is no resource \`${relationship.through}\`. ${hint}`;
        return [problemAt(places, { code: "unknown_target", path: [...path, "through"], message })];
      }
      if (places.unread.has(join.name) || !byName.has(relationship.target)) return [];
      return endFindings(resource, relationship, join).map((finding) =>
        problemAt(places, { ...finding, path: [...path, ...finding.path] }),
      );
    }),
  );
};

type Through = ManyToMany & { readonly through: string };

function endFindings(resource: Resource, relationship: Through, join: Resource): readonly Finding[] {
  const { source, target } = throughEnds(resource.name, relationship, join);
  const findings = [
    ...(source ? [] : [missingEnd(join, resource.name, { option: "via", named: relationship.sourceVia })]),
    ...(target ? [] : [missingEnd(join, relationship.target, { option: "targetVia", named: relationship.targetVia })]),
  ];
  if (findings.length > 0 || source !== target) return findings.slice(0, 1);
  const message = `\`${join.name}\` leads to \`${resource.name}\` only once, so it cannot link two of them. Add another belongsTo there.`;
  return [{ code: "unknown_via", path: ["through"], message }];
}

function missingEnd(
  join: Resource,
  to: string,
  { option, named }: { readonly option: "via" | "targetVia"; readonly named: string | undefined },
): Finding {
  const leading = join.relationships.filter(
    (relationship): relationship is BelongsTo => relationship.kind === "belongsTo" && relationship.target === to,
  );
  const names = leading.map(({ name }) => name);
  const list = names.map((name) => `\`${name}\``).join(", ");
  if (names.length === 0) {
    const message = `\`${join.name}\` has no belongsTo that leads to \`${to}\`. Add one there.`;
    return { code: "unknown_via", path: ["through"], message };
  }
  if (named !== undefined) {
    const meant = closest(named, names) ?? names[0];
    const message = `\`${join.name}\` has no belongsTo \`${named}\` that leads to \`${to}\`. Did you mean \`${meant}\`?`;
    return { code: "unknown_via", path: [option], message };
  }
  const message = `\`${join.name}\` leads to \`${to}\` as ${list}. Say which is meant with \`${option}\`.`;
  return { code: "missing_option", path: ["through"], message };
}
