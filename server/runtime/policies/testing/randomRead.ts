import { isToOne } from "#lib/model/relationships/isToOne.ts";
import type { Relationship } from "#lib/model/types.ts";
import { type Catalog, type Entity, entityNamed, isComputed, readableFields } from "#lib/plan/catalog/Catalog.ts";
import { Parameters } from "#lib/plan/Parameters.ts";
import { completeOrder } from "#lib/plan/read/completeOrder.ts";
import type { Condition, ListShape, OrderTerm, Selection, SelectionMember } from "#lib/plan/types.ts";
import type { ListOrOne } from "./expectedRead.ts";
import type { Random } from "./Random.ts";
import { texts } from "./randomModel.ts";
import type { World } from "./World.ts";

export interface ReadSource {
  readonly random: Random;
  readonly catalog: Catalog;
  readonly world: World;
}

/** A read of one record, of a list or of what a relationship leads to, with all that lists understand. */
export function randomRead({ random, catalog, world }: ReadSource): ListOrOne {
  const parameters = new Parameters();
  const making = new Making({ random, catalog, parameters });
  const entity = random.pick([...catalog.entities.values()]);
  const key = () => parameters.add(random.pick(world.all(entity.name).map(({ id }) => id)));
  if (world.all(entity.name).length > 0 && random.chance(0.25)) {
    const shape = { kind: "one", resource: entity.name, key: key(), selection: making.selection(entity, 2) } as const;
    return { shape, parameters: parameters.values };
  }
  const lists = [...entity.relationships.values()].filter((relationship) => !isToOne(relationship));
  if (lists.length > 0 && world.all(entity.name).length > 0 && random.chance(0.2)) {
    const { name, target } = random.pick(lists);
    const within = { resource: entity.name, relationship: name, key: key() };
    const shape = {
      kind: "many",
      resource: target,
      within,
      list: making.list(entityNamed(catalog, target), 1),
    } as const;
    return { shape, parameters: parameters.values };
  }
  const shape = { kind: "many", resource: entity.name, list: making.list(entity, 2) } as const;
  return { shape, parameters: parameters.values };
}

class Making {
  readonly #random: Random;
  readonly #catalog: Catalog;
  readonly #parameters: Parameters;

  constructor({ random, catalog, parameters }: Omit<ReadSource, "world"> & { readonly parameters: Parameters }) {
    this.#random = random;
    this.#catalog = catalog;
    this.#parameters = parameters;
  }

  list(entity: Entity, depth: number): ListShape {
    const random = this.#random;
    return {
      where: random.chance(0.6) ? this.#condition(entity, 2) : null,
      order: completeOrder(random.times(random.below(3), () => this.#orderTerm(entity))),
      page: { size: 1 + random.below(5), fromEnd: random.chance(0.15), after: null, before: null },
      output: {
        kind: "object",
        members: [
          { kind: "items", as: "data", selection: this.selection(entity, depth) },
          {
            kind: "page",
            as: "page",
            members: [
              { kind: "next", as: "next" },
              { kind: "hasNext", as: "more" },
            ],
          },
          { kind: "count", as: "count" },
        ],
      },
    };
  }

  selection(entity: Entity, depth: number): Selection {
    const random = this.#random;
    const fields = readableFields(entity).map(
      ({ name }): SelectionMember => ({ kind: "field", as: name, field: name }),
    );
    const related = depth > 0 ? random.some([...entity.relationships.values()], 0.25) : [];
    return [...fields, ...related.map((relationship) => this.#related(relationship, depth - 1))];
  }

  #related(relationship: Relationship, depth: number): SelectionMember {
    const { name, target } = relationship;
    const entity = entityNamed(this.#catalog, target);
    return isToOne(relationship)
      ? { kind: "one", as: name, relationship: name, selection: this.selection(entity, depth) }
      : { kind: "many", as: name, relationship: name, list: this.list(entity, depth) };
  }

  #orderTerm(entity: Entity): OrderTerm {
    const { path } = this.#fieldPath(entity);
    return { path, descending: this.#random.chance(0.5) };
  }

  #condition(entity: Entity, depth: number): Condition {
    const random = this.#random;
    if (depth > 0 && random.chance(0.5)) {
      const inner = () => this.#condition(entity, depth - 1);
      return random.pick<() => Condition>([
        () => ({ kind: "and", conditions: [inner(), inner()] }),
        () => ({ kind: "or", conditions: [inner(), inner()] }),
        () => ({ kind: "not", condition: inner() }),
        () => this.#some(entity, depth - 1),
      ])();
    }
    return this.#comparison(entity);
  }

  #some(entity: Entity, depth: number): Condition {
    const random = this.#random;
    const { path, end } = this.#hops(entity);
    const lists = [...end.relationships.values()].filter((relationship) => !isToOne(relationship));
    if (lists.length === 0) return this.#comparison(entity);
    const list = random.pick(lists);
    const target = entityNamed(this.#catalog, list.target);
    const condition = random.chance(0.2) ? null : this.#condition(target, depth);
    return { kind: "some", path: [...path, list.name], condition };
  }

  #comparison(entity: Entity): Condition {
    const random = this.#random;
    const { path, kind } = this.#fieldPath(entity);
    if (random.chance(0.25)) return { kind: "isNull", path, negated: random.chance(0.5) };
    const value = () => this.#operand(kind);
    if (random.chance(0.2) && kind !== "boolean") {
      const values = [value(), value()];
      return { kind: "in", path, negated: random.chance(0.5), parameter: this.#parameters.add(values) };
    }
    const ordered = kind === "integer" || kind === "bigint" || kind === "text";
    const operator = random.pick(ordered ? (["eq", "ne", "lt", "gte"] as const) : (["eq", "ne"] as const));
    return { kind: "compare", path, operator, parameter: this.#parameters.add(value()) };
  }

  #operand(kind: string): string {
    const random = this.#random;
    switch (kind) {
      case "boolean":
        return String(random.chance(0.5));
      case "integer":
      case "bigint":
        return String(random.below(4));
      case "uuid":
        return "00000000-0000-4000-8000-000000000001";
      default:
        return random.pick(texts);
    }
  }

  #fieldPath(entity: Entity): { readonly path: readonly string[]; readonly kind: string } {
    const { path, end } = this.#hops(entity);
    const field = this.#random.pick(readableFields(end));
    return { path: [...path, field.name], kind: isComputed(field) ? field.type.kind : field.type.kind };
  }

  #hops(entity: Entity): { readonly path: readonly string[]; readonly end: Entity } {
    const path: string[] = [];
    let end = entity;
    while (path.length < 2 && this.#random.chance(0.35)) {
      const ones = [...end.relationships.values()].filter(isToOne);
      if (ones.length === 0) break;
      const next = this.#random.pick(ones);
      path.push(next.name);
      end = entityNamed(this.#catalog, next.target);
    }
    return { path, end };
  }
}
