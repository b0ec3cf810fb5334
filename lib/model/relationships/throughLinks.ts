import type { ManyToManyDeclaration } from "../read/ResourceDeclaration.ts";
import type { BelongsTo, ManyToMany, Model, Relationship, Resource } from "../types.ts";

type Member = Relationship | ManyToManyDeclaration;

/** A manyToMany whose links are records of another resource. */
export type Through<T extends Member = Member> = T & { readonly kind: "manyToMany"; readonly through: string };

/** As much of a resource as its links depend on. */
interface Joined {
  readonly table: string;
  readonly relationships: readonly Member[];
}

/** The two belongsTo that make a record a link; null where none or several could be meant. */
export interface ThroughEnds {
  readonly source: BelongsTo | null;
  readonly target: BelongsTo | null;
}

export function isThrough<T extends Member>(relationship: T): relationship is Through<T> {
  return relationship.kind === "manyToMany" && relationship.through !== undefined;
}

/** Finds the belongsTo of a resource of links that lead to either side; where one of two is named, the other is left. */
export function throughEnds(source: string, link: Through, join: Joined | undefined): ThroughEnds {
  const candidates = (join?.relationships ?? []).filter((relationship) => relationship.kind === "belongsTo");
  const { sourceVia, targetVia } = link;
  return {
    source: endOf(candidates, source, { named: sourceVia, other: targetVia }),
    target: endOf(candidates, link.target, { named: targetVia, other: sourceVia }),
  };
}

function endOf(
  candidates: readonly BelongsTo[],
  to: string,
  { named, other }: { readonly named: string | undefined; readonly other: string | undefined },
): BelongsTo | null {
  const leading = candidates.filter(({ target }) => target === to);
  if (named !== undefined) return leading.find(({ name }) => name === named) ?? null;
  const left = leading.filter(({ name }) => name !== other);
  return left.length === 1 ? (left[0] ?? null) : null;
}

type Links = Pick<ManyToMany, "table" | "sourceColumn" | "targetColumn" | "inverse">;

/** Where links stand that are records of another resource, and their other side; what cannot be made out is empty. */
export function throughLinks(source: string, link: Through, byName: ReadonlyMap<string, Joined>): Links {
  const join = byName.get(link.through);
  const ends = throughEnds(source, link, join);
  const inverse = (byName.get(link.target)?.relationships ?? []).filter(isThrough).find((other) => {
    if (other.through !== link.through || other.target !== source || !ends.source || !ends.target) return false;
    const back = throughEnds(link.target, other, join);
    return ends.source !== ends.target && back.source === ends.target && back.target === ends.source;
  });
  return {
    table: join?.table ?? "",
    sourceColumn: ends.source?.column ?? "",
    targetColumn: ends.target?.column ?? "",
    ...(inverse === undefined ? {} : { inverse: inverse.name }),
  };
}

/** The model with all that follows from resources of links worked out anew; what did not change stays the same object. */
export function withThroughLinks(model: Model): Model {
  const byName = new Map(model.resources.map((resource) => [resource.name, resource]));
  const resources = model.resources.map((resource) => relinked(resource, byName));
  return resources.every((resource, index) => resource === model.resources[index]) ? model : { ...model, resources };
}

function relinked(resource: Resource, byName: ReadonlyMap<string, Resource>): Resource {
  const relationships = resource.relationships.map((relationship) => {
    if (relationship.kind !== "manyToMany" || !isThrough(relationship)) return relationship;
    const { inverse, ...rest } = relationship;
    const links = throughLinks(resource.name, relationship, byName);
    const same =
      links.table === rest.table &&
      links.sourceColumn === rest.sourceColumn &&
      links.targetColumn === rest.targetColumn &&
      links.inverse === inverse;
    return same ? relationship : { ...rest, ...links };
  });
  const same = relationships.every((relationship, index) => relationship === resource.relationships[index]);
  return same ? resource : { ...resource, relationships };
}
