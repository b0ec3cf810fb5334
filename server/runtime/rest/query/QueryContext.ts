import type { FieldError } from "#lib/errors/AppError.ts";
import { closest } from "#lib/expression/closest.ts";
import { type Catalog, type Entity, readableFields } from "#lib/plan/catalog/Catalog.ts";

/** What the readers of a query's parts share: the names they may find, and what they found wrong. */
export class QueryContext {
  readonly catalog: Catalog;
  readonly entity: Entity;
  readonly errors: FieldError[] = [];

  constructor(catalog: Catalog, entity: Entity) {
    this.catalog = catalog;
    this.entity = entity;
  }

  refuse(field: string, rule: string, message: string): void {
    this.errors.push({ field, rule, message });
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
