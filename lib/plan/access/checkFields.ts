import { AppError, type FieldError } from "../../errors/AppError.ts";
import { type Catalog, type Entity, entityNamed, referenceOf } from "../catalog/Catalog.ts";
import { defaultOrder } from "../read/defaultOrder.ts";
import type { Condition, FieldPath, ListShape, Plan, Selection, SummaryShape } from "../types.ts";
import { type Access, isNever } from "./Access.ts";

/**
 * Refuses a filter or an order by what an actor sees of no record, and a value for a field that they may set in none:
 * taken as null it would only confuse. What is merely shown shows as null.
 */
export function checkFields(catalog: Catalog, access: Access, shape: Plan["shape"]): void {
  const checking = new Checking(catalog, access);
  const entity = entityNamed(catalog, shape.resource);
  if (shape.kind === "many") checking.list(entity, shape.list);
  if (shape.kind === "changes") checking.condition(entity, shape.where);
  if (shape.kind === "summary") {
    checking.condition(entity, shape.where);
    checking.summary(entity, shape.summary);
  }
  if ("selection" in shape) checking.selection(entity, shape.selection);
  if ("target" in shape && shape.target.kind === "filter") checking.condition(entity, shape.target.where);
  if ("given" in shape) checking.given(entity, shape.given ?? []);
  checking.finish();
}

class Checking {
  readonly #catalog: Catalog;
  readonly #access: Access;
  readonly #errors = new Map<string, FieldError>();

  constructor(catalog: Catalog, access: Access) {
    this.#catalog = catalog;
    this.#access = access;
  }

  finish(): void {
    if (this.#errors.size === 0) return;
    throw new AppError("forbidden_field", "The request names fields that you may not see or set.", {
      fields: [...this.#errors.values()],
    });
  }

  list(entity: Entity, { where, order, output }: ListShape): void {
    this.condition(entity, where);
    // The order of the resource itself is nobody's asking.
    if (JSON.stringify(order) !== JSON.stringify(defaultOrder(entity))) {
      for (const { path } of order) this.#path(entity, path);
    }
    if (output.kind === "array") this.selection(entity, output.selection);
    else {
      for (const member of output.members) {
        if (member.kind === "items") this.selection(entity, member.selection);
        if (member.kind === "summary") this.summary(entity, member.summary);
        if (member.kind !== "edges") continue;
        for (const part of member.members) if (part.kind === "node") this.selection(entity, part.selection);
      }
    }
  }

  summary(entity: Entity, { groups, measures }: SummaryShape): void {
    for (const { path } of groups) this.#path(entity, path);
    for (const measure of measures) if (measure.function !== "count") this.#path(entity, measure.path);
  }

  selection(entity: Entity, selection: Selection): void {
    for (const member of selection) {
      if (member.kind === "one") this.selection(this.#target(entity, member.relationship), member.selection);
      if (member.kind === "many") this.list(this.#target(entity, member.relationship), member.list);
    }
  }

  condition(entity: Entity, condition: Condition | null): void {
    if (condition === null) return;
    switch (condition.kind) {
      case "and":
      case "or":
        for (const inner of condition.conditions) this.condition(entity, inner);
        return;
      case "not":
        this.condition(entity, condition.condition);
        return;
      case "some": {
        const target = this.#path(entity, condition.path);
        if (target) this.condition(target, condition.condition);
        return;
      }
      case "compare":
      case "in":
      case "isNull":
      case "has":
      case "hasAny":
      case "isEmpty":
      case "search":
        this.#path(entity, condition.path);
    }
  }

  given(entity: Entity, fields: readonly string[]): void {
    for (const field of fields) {
      if (isNever(this.#access.fieldWrite(entity.name, field))) this.#refuse(field, "You may not set this field.");
    }
  }

  /** The entity that a path of relationships ends at; null for one that ends in a field. */
  #path(start: Entity, path: FieldPath): Entity | null {
    const name = path.join(".");
    let entity = start;
    for (const part of path) {
      const relationship = entity.fields.has(part) ? undefined : entity.relationships.get(part);
      if (!relationship) {
        if (this.#hides(entity, part)) this.#refuse(name, "You may not see this field.");
        return null;
      }
      const field = relationship.kind === "belongsTo" ? referenceOf(entity, relationship).name : part;
      const hidden = this.#hides(entity, field);
      entity = entityNamed(this.#catalog, relationship.target);
      if (hidden || isNever(this.#access.rows(entity.name, "read"))) {
        this.#refuse(name, `You may not see ${entity.name} records here.`);
        return null;
      }
    }
    return entity;
  }

  #hides({ name }: Entity, field: string): boolean {
    return isNever(this.#access.fieldRead(name, field));
  }

  #target(entity: Entity, relationship: string): Entity {
    return entityNamed(this.#catalog, entity.relationships.get(relationship)?.target ?? "");
  }

  #refuse(field: string, message: string): void {
    this.#errors.set(field, { field, rule: "forbidden", message });
  }
}
