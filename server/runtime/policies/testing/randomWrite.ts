import { ownsLinks } from "#lib/model/relationships/ownsLinks.ts";
import { type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import type { Condition } from "#lib/plan/types.ts";
import type { Random } from "./Random.ts";
import type { ReadSource } from "./randomRead.ts";
import { keyOf, type Plain, randomValue } from "./World.ts";

export type Links = readonly string[] | { readonly add?: readonly string[]; readonly remove?: readonly string[] };
export type Input = Readonly<Record<string, Plain | Links>>;

export type WriteRequest = { readonly resource: string } & (
  | { readonly kind: "create"; readonly input: Input }
  /** By `code`. */
  | { readonly kind: "upsert"; readonly input: Input }
  | { readonly kind: "createMany"; readonly inputs: readonly Input[] }
  | { readonly kind: "update"; readonly key: string; readonly input: Input }
  | { readonly kind: "destroy"; readonly key: string }
  | { readonly kind: "updateMany"; readonly where: Condition; readonly operand: string; readonly input: Input }
  | { readonly kind: "destroyMany"; readonly where: Condition; readonly operand: string }
);

let made = 0;

/** A change of one record or of several; keys lead to records that may be seen, to others and to none. */
export function randomWrite({ random, catalog, world }: ReadSource): WriteRequest {
  const entity = random.pick([...catalog.entities.values()]);
  const resource = entity.name;
  const keys = (name: string) => [...world.all(name).map(({ id }) => id), keyOf(9, 9)];
  const input = (isNew: boolean) => randomInput(entity, { random, keys, isNew });
  const key = random.pick(keys(resource));
  const filter = () => {
    const where = { kind: "compare", path: ["n"], operator: "eq", parameter: 0 } as const;
    return { where, operand: String(random.below(4)) };
  };
  return random.pick<() => WriteRequest>([
    () => ({ resource, kind: "create", input: input(true) }),
    () => ({ resource, kind: "create", input: input(true) }),
    () => ({
      resource,
      kind: "createMany",
      inputs: random.times(1 + random.below(3), () => withoutLinks(entity, input(true))),
    }),
    () => ({
      resource,
      kind: "upsert",
      input: { ...withoutLinks(entity, input(true)), code: `${resource}${random.below(12)}` },
    }),
    () => ({ resource, kind: "update", key, input: input(false) }),
    () => ({ resource, kind: "update", key, input: input(false) }),
    () => ({ resource, kind: "update", key, input: input(false) }),
    () => ({ resource, kind: "destroy", key }),
    () => ({ resource, kind: "updateMany", ...filter(), input: withoutLinks(entity, input(false)) }),
    () => ({ resource, kind: "destroyMany", ...filter() }),
  ])();
}

interface InputSource {
  readonly random: Random;
  readonly keys: (resource: string) => readonly string[];
  readonly isNew: boolean;
}

function randomInput(entity: Entity, { random, keys, isNew }: InputSource): Input {
  const input: Record<string, Plain | Links> = {};
  made += 1;
  if (isNew) input.id = keyOf(8, made);
  for (const field of entity.fields.values()) {
    if (field === entity.key || !random.chance(isNew ? 0.5 : 0.3)) continue;
    const { reference } = field;
    if (!reference) input[field.name] = randomValue(field.name, random, `${entity.name}${random.below(12)}`);
    else input[field.name] = random.chance(0.8) ? random.pick(keys(reference.target)) : null;
  }
  for (const relationship of entity.relationships.values()) {
    // Both sides of one relationship of a resource with itself could contradict each other.
    const isSet = linksOf(entity).some((name) => name in input);
    if (!ownsLinks(relationship) || isSet || !random.chance(0.45)) continue;
    const all = keys(relationship.target);
    const some = () => random.some(random.chance(0.1) ? all : all.slice(0, -1), 0.2);
    input[relationship.name] = random.chance(0.5) || isNew ? some() : { add: some(), remove: some() };
  }
  return input;
}

function withoutLinks(entity: Entity, input: Input): Input {
  return Object.fromEntries(Object.entries(input).filter(([name]) => entity.fields.has(name)));
}

export function linksOf(entity: Entity): readonly string[] {
  return [...entity.relationships.values()].filter(ownsLinks).map(({ name }) => name);
}

export function entityOf(source: Pick<ReadSource, "catalog">, { resource }: WriteRequest): Entity {
  return entityNamed(source.catalog, resource);
}
