import { closest } from "../../expression/closest.ts";
import type { Places } from "../read/Places.ts";
import { ownsLinks } from "../relationships/ownsLinks.ts";
import type { Model, Resource } from "../types.ts";
import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** The other side of a join table points to the side that names it, and only one does. */
export const manyToManyVia: Rule = (draft, places) => [...unknownVia(draft, places), ...sharedVia(draft, places)];

function unknownVia({ resources }: Model, places: Places) {
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  return mirrors(resources).flatMap(({ resource, relationship, via }) => {
    const target = byName.get(relationship.target);
    if (!target || places.unread.has(target.name)) return [];
    const owner = target.relationships.find(({ name }) => name === via);
    if (owner?.kind === "manyToMany" && owner.owner && owner.target === resource.name) return [];
    const path = [resource.name, "relationships", relationship.name, "via"];
    return [problemAt(places, { code: "unknown_via", path, message: wrongVia(resource, via, target) })];
  });
}

function wrongVia(resource: Resource, via: string, target: Resource): string {
  const found = target.relationships.find(({ name }) => name === via);
  if (found?.kind === "manyToMany" && found.target === resource.name) {
    return `Both sides have \`via\`. Leave it out on the side that shall name the join table.`;
  }
  const owners = target.relationships
    .filter((candidate) => candidate.kind === "manyToMany" && candidate.owner && candidate.target === resource.name)
    .map(({ name }) => name);
  const meant = closest(via, owners) ?? (owners.length === 1 ? owners[0] : undefined);
  const hint = meant ? `Did you mean \`${meant}\`?` : `Add \`${via}: manyToMany("${resource.name}")\` there.`;
  return `\`${target.name}\` has no manyToMany \`${via}\` that leads to \`${resource.name}\`. ${hint}`;
}

function sharedVia({ resources }: Model, places: Places) {
  const seen = new Map<string, string>();
  return mirrors(resources).flatMap(({ resource, relationship, via }) => {
    const key = JSON.stringify([resource.name, relationship.target, via]);
    const first = seen.get(key);
    seen.set(key, first ?? relationship.name);
    if (first === undefined) return [];
    const path = [resource.name, "relationships", relationship.name, "via"];
    const message = `\`${first}\` is the other side of \`${via}\` already. Remove one of the two.`;
    const command = { type: "removeRelationship", resource: resource.name, relationship: relationship.name } as const;
    return [
      problemAt(places, {
        code: "duplicate_via",
        path,
        message,
        fix: { title: `Remove ${relationship.name}`, command },
      }),
    ];
  });
}

function mirrors(resources: readonly Resource[]) {
  return resources.flatMap((resource) =>
    resource.relationships
      .filter(ownsLinks)
      .filter(({ owner }) => !owner)
      .map((relationship) => ({ resource, relationship, via: relationship.inverse ?? "" })),
  );
}
