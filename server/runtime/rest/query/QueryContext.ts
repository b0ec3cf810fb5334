import type { FieldError } from "#lib/errors/AppError.ts";
import { closest } from "#lib/expression/closest.ts";
import { deprecationOf } from "#lib/model/api/deprecationOf.ts";
import { isListField, type ListUse } from "#lib/model/api/listFields.ts";
import type { Deprecation } from "#lib/model/types.ts";
import { type Catalog, type Entity, readableFields } from "#lib/plan/catalog/Catalog.ts";

/** What the readers of a query's parts share: the names they may find, and what they found wrong. */
export class QueryContext {
  readonly catalog: Catalog;
  readonly entity: Entity;
  readonly errors: FieldError[] = [];
  /** Of what the query names. */
  readonly deprecations = new Set<Deprecation>();

  constructor(catalog: Catalog, entity: Entity) {
    this.catalog = catalog;
    this.entity = entity;
  }

  refuse(field: string, rule: string, message: string): void {
    this.errors.push({ field, rule, message });
  }

  /** Notes that the query names a field or a relationship. */
  uses({ resource }: Entity, name: string): void {
    const deprecation = deprecationOf(resource, name);
    if (deprecation) this.deprecations.add(deprecation);
  }

  /** Whether lists may be filtered or sorted by a name; refuses it where they may not. */
  mayList(entity: Entity, name: string, { field, use }: { field: string; use: ListUse }): boolean {
    if (isListField(entity.resource, use, name)) return true;
    const how = use === "filterable" ? "filtered" : "sorted";
    const message = `Lists of ${entity.name} cannot be ${how} by ${name}.`;
    this.errors.push({ field, rule: use, message, allowed: entity.resource.api?.[use] ?? [] });
    return false;
  }

  /** A name that there is not, with those that there are. */
  unknown(field: string, name: string, { what, allowed }: { what: string; allowed: readonly string[] }): void {
    const meant = closest(name, allowed);
    const message = meant ? `Did you mean ${meant}?` : `There is no ${what} ${name || "without a name"} here.`;
    this.errors.push({ field, rule: "unknown", message, allowed });
  }
}

export function namesOf(entity: Entity): readonly string[] {
  return [...readableFields(entity).map(({ name }) => name), ...entity.relationships.keys()];
}
