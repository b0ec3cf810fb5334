import type { RecordMember, ResourceType, ResourceTypes } from "../../expression/ExpressionScope.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { storedAttributes } from "../features/storedAttributes.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Aggregate, Model, Relationship, Resource } from "../types.ts";
import { aggregateType } from "./aggregateType.ts";
import { resourceAlong, resourceNamed } from "./resourceAlong.ts";
import { valueTypeOf } from "./valueTypeOf.ts";

const known = new WeakMap<Model, ResourceTypes>();

/** What expressions see of the resources of a model; each is worked out when it is first asked for. */
export function resourceTypes(model: Model): ResourceTypes {
  const types = known.get(model) ?? new ModelTypes(model);
  known.set(model, types);
  return types;
}

class ModelTypes implements ResourceTypes {
  readonly #model: Model;
  readonly #types = new Map<string, ResourceType | null>();
  /** Aggregates that are being worked out: one that depends on itself has no type. */
  readonly #open = new Set<Aggregate>();

  constructor(model: Model) {
    this.#model = model;
  }

  of(name: string): ResourceType | null {
    const found = this.#types.get(name);
    if (found !== undefined) return found;
    const resource = resourceNamed(this.#model, name);
    const type = resource && this.#typeOf(resource);
    if (this.#open.size === 0) this.#types.set(name, type);
    return type;
  }

  #typeOf(resource: Resource): ResourceType {
    const key = valueTypeOf(resource.key.type, this.#model);
    const members = new Map<string, RecordMember>([["id", { kind: "field", type: key }]]);
    for (const { name, type } of storedAttributes(resource)) {
      members.set(name, { kind: "field", type: valueTypeOf(type, this.#model) });
    }
    for (const relationship of resource.relationships) {
      members.set(relationship.name, memberOf(relationship));
      if (relationship.kind === "belongsTo") members.set(foreignKeyField(relationship), this.#reference(relationship));
    }
    for (const { name, type } of resource.calculations ?? []) {
      members.set(name, { kind: "field", type: valueTypeOf(type, this.#model) });
    }
    for (const aggregate of resource.aggregates ?? []) {
      members.set(aggregate.name, { kind: "field", type: this.#aggregate(resource, aggregate) });
    }
    return { name: resource.name, key, members };
  }

  #reference({ target }: Relationship): RecordMember {
    const resource = resourceNamed(this.#model, target);
    return { kind: "field", type: resource ? valueTypeOf(resource.key.type, this.#model) : { kind: "null" } };
  }

  #aggregate(resource: Resource, aggregate: Aggregate): ValueType {
    if (this.#open.has(aggregate)) return { kind: "null" };
    this.#open.add(aggregate);
    try {
      const target = resourceAlong(this.#model, resource, aggregate.path);
      const member =
        target && aggregate.field !== undefined ? this.of(target.name)?.members.get(aggregate.field) : null;
      return aggregateType(aggregate.function, member?.kind === "field" ? member.type : null) ?? { kind: "null" };
    } finally {
      this.#open.delete(aggregate);
    }
  }
}

function memberOf(relationship: Relationship): RecordMember {
  const { target } = relationship;
  switch (relationship.kind) {
    case "belongsTo":
      return { kind: "toOne", resource: target, reference: foreignKeyField(relationship) };
    case "hasOne":
      return { kind: "toOne", resource: target };
    case "hasMany":
    case "manyToMany":
      return { kind: "toMany", resource: target };
  }
}
