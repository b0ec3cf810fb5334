import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import type { Relationship } from "#lib/model/types.ts";
import { type Catalog, type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { memberOf, typeOf } from "./memberNames.ts";

export type Members = Readonly<Record<string, unknown>>;

export interface Identifier {
  readonly type: string;
  readonly id: string;
}

/** A resource object of a document. */
interface Resource extends Identifier {
  attributes?: Record<string, unknown>;
  relationships?: Record<string, object>;
  readonly links: { readonly self: string };
}

export interface CompoundParts {
  readonly catalog: Catalog;
  /** What stands in front of the path of a resource: `/apps/<label>/rest/v1/`. */
  readonly root: string;
  /** Of the types whose members were chosen: those that are shown. */
  readonly shown: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The resources of one document: each once, however often it comes in the answer that they are made of. */
export class Compound {
  readonly included: Resource[] = [];
  readonly #parts: CompoundParts;
  readonly #resources = new Map<string, Resource>();
  /** Records whose related ones were not looked at yet. */
  readonly #waiting: { readonly record: Members; readonly entity: Entity }[] = [];

  constructor(parts: CompoundParts) {
    this.#parts = parts;
  }

  /** The resources that a document is about, from records as plain REST shows them. */
  primary(records: readonly Members[], entity: Entity): readonly Resource[] {
    const resources = records.map((record) => this.#resource(record, entity));
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#related(next.record, next.entity);
    return resources;
  }

  #resource(record: Members, entity: Entity): Resource {
    const type = typeOf(entity);
    const id = String(record.id);
    const name = `${type} ${id}`;
    const self = `${this.#parts.root}${type}/${encodeURIComponent(id)}`;
    const resource = this.#resources.get(name) ?? { type, id, links: { self } };
    this.#resources.set(name, resource);
    const attributes = { ...resource.attributes, ...this.#attributes(record, entity) };
    const relationships = { ...resource.relationships };
    for (const [member, shown] of this.#relationships(record, entity, self)) {
      relationships[member] = { ...relationships[member], ...shown };
    }
    if (Object.keys(attributes).length > 0) resource.attributes = attributes;
    if (Object.keys(relationships).length > 0) resource.relationships = relationships;
    this.#waiting.push({ record, entity });
    return resource;
  }

  #attributes(record: Members, entity: Entity): Record<string, unknown> {
    const attributes: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(record)) {
      if (name === "id" || entity.relationships.has(name) || entity.fields.get(name)?.reference) continue;
      const member = memberOf(entity, name);
      if (this.#shows(entity, member)) attributes[member] = value;
    }
    return attributes;
  }

  *#relationships(record: Members, entity: Entity, self: string): Iterable<[string, object]> {
    for (const relationship of entity.relationships.values()) {
      const { name } = relationship;
      if (!this.#shows(entity, name)) continue;
      const linkage = this.#linkage(record, relationship);
      const links = { self: `${self}/relationships/${name}`, related: `${self}/${name}` };
      yield [name, { links, ...(linkage !== undefined && { data: linkage }) }];
    }
  }

  /** What a relationship leads to; undefined where the record does not show it. */
  #linkage(record: Members, relationship: Relationship): readonly Identifier[] | Identifier | null | undefined {
    const { name, target } = relationship;
    const type = typeOf(entityNamed(this.#parts.catalog, target));
    const identifier = (id: unknown): Identifier => ({ type, id: String(id) });
    const value = record[name];
    if (value !== undefined && !isToOne(relationship)) return relatedIn(value).map(({ id }) => identifier(id));
    if (value !== undefined) return isRecord(value) ? identifier(value.id) : null;
    const key = relationship.kind === "belongsTo" ? record[foreignKeyField(relationship)] : undefined;
    return key === undefined || key === null ? (key as undefined | null) : identifier(key);
  }

  #related(record: Members, entity: Entity): void {
    for (const { name, target } of entity.relationships.values()) {
      const below = entityNamed(this.#parts.catalog, target);
      for (const each of relatedIn(record[name])) {
        const isNew = !this.#resources.has(`${typeOf(below)} ${String(each.id)}`);
        const resource = this.#resource(each, below);
        if (isNew) this.included.push(resource);
      }
    }
  }

  #shows(entity: Entity, member: string): boolean {
    return this.#parts.shown.get(typeOf(entity))?.has(member) ?? true;
  }
}

export function isRecord(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One record, a list, or a list with a page of its own: `{"data": […], "page": …}`. */
function relatedIn(value: unknown): readonly Members[] {
  return recordsIn(isRecord(value) && Array.isArray(value.data) && "page" in value ? value.data : value);
}

export function recordsIn(value: unknown): readonly Members[] {
  return (Array.isArray(value) ? value : [value]).filter(isRecord);
}
