import { featureAttributes } from "#lib/model/features/storedAttributes.ts";
import { camelCase } from "#lib/model/naming/camelCase.ts";
import { fieldNameShape, resourceNameShape } from "#lib/model/naming/nameShape.ts";
import { pluralOf } from "#lib/model/naming/pluralOf.ts";
import { reservedField, reservedType } from "#lib/model/naming/reservedNames.ts";
import type { Model, Resource } from "#lib/model/types.ts";

export type NewRelationshipKind = "belongsTo" | "oneToOne" | "manyToMany";

/** A name for a new relationship that is free on its resource: `customer`, `tags`, `customer2`. */
export function suggestRelationshipName(
  model: Model,
  source: string,
  target: string,
  kind: NewRelationshipKind,
): string {
  return freeName(model, source, kind === "manyToMany" ? pluralOf(target) : camelCase(target));
}

/** A name for its other side. */
export function suggestInverseName(
  model: Model,
  { source, target, own, kind }: { source: string; target: string; own: string; kind: NewRelationshipKind },
): string {
  const wanted = kind === "oneToOne" ? camelCase(source) : pluralOf(source);
  const taken = source === target ? new Set([own]) : new Set<string>();
  return freeName(model, target, wanted, taken);
}

/** What has fields: a resource, or a value object, which has no relationships. */
type Fields = Pick<Resource, "name" | "attributes"> &
  Partial<Pick<Resource, "relationships" | "calculations" | "aggregates" | "features">>;

/** A sentence when a part of a resource cannot be called so, else null. `own` is the name that it has now. */
export function partNameProblem(resource: Fields, name: string, own?: string): string | null {
  const shape = fieldNameShape(name);
  if (shape) return shape;
  const meaning = reservedField(name);
  if (meaning) return `\`${name}\` is ${meaning}. Choose another name.`;
  if (name !== own && taken(resource).has(name))
    return `${resource.name} has a \`${name}\` already. Choose another name.`;
  return null;
}

/** A sentence when a resource cannot be called so, else null. */
export function resourceNameProblem(model: Model, name: string, own?: string): string | null {
  const shape = resourceNameShape(name);
  if (shape) return shape;
  const meaning = reservedType(name);
  if (meaning) return `\`${name}\` is ${meaning}. Choose another name.`;
  const same = [...model.resources, ...(model.valueObjects ?? [])].some(
    (resource) => resource.name.toLowerCase() === name.toLowerCase(),
  );
  if (same && name.toLowerCase() !== own?.toLowerCase()) return `There is a \`${name}\` already. Choose another name.`;
  return null;
}

/** The name, or with a number behind it where a part of the resource is called so. */
export function freePartName(resource: Fields, wanted: string): string {
  const used = taken(resource);
  const free = (name: string) => !used.has(name) && reservedField(name) === null;
  if (free(wanted)) return wanted;
  for (let count = 2; ; count++) if (free(`${wanted}${count}`)) return `${wanted}${count}`;
}

function freeName(model: Model, resourceName: string, wanted: string, also: ReadonlySet<string> = new Set()): string {
  const resource = model.resources.find(({ name }) => name === resourceName);
  const used = resource ? taken(resource) : new Set<string>();
  const free = (name: string) => !used.has(name) && !also.has(name) && reservedField(name) === null;
  if (free(wanted)) return wanted;
  for (let count = 2; ; count++) if (free(`${wanted}${count}`)) return `${wanted}${count}`;
}

function taken({ attributes, relationships = [], ...rest }: Fields): ReadonlySet<string> {
  const { calculations = [], aggregates = [], features = {} } = rest;
  return new Set([
    ...[...attributes, ...calculations, ...aggregates, ...featureAttributes(features)].map(({ name }) => name),
    ...relationships.flatMap((relationship) =>
      relationship.kind === "belongsTo" ? [relationship.name, `${relationship.name}Id`] : [relationship.name],
    ),
  ]);
}
