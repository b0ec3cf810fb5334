import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { type Entity, entityNamed, readableOf } from "#lib/plan/catalog/Catalog.ts";
import { maxDepth } from "#lib/plan/read/limits.ts";
import type { Condition, FieldPath } from "#lib/plan/types.ts";
import { Held, valueAt } from "./Held.ts";
import type { ParameterSource } from "./ParameterSources.ts";
import type { Planning } from "./Planning.ts";
import { planOperators } from "./planOperators.ts";

export interface FilterContext {
  readonly planning: Planning;
  /** To-one relationships from the record that is filtered to where this part of the filter stands. */
  readonly path: FieldPath;
  /** The caller's name of this part, such as `filter.company`. */
  readonly place: string;
}

/** A filter input: all that it says must hold. Null where it says nothing. */
export function planFilter(input: unknown, entity: Entity, context: FilterContext): Condition | null {
  if (!isInput(input)) return null;
  const conditions = Object.entries(input).flatMap(([name, value]) => partOf(name, value, { entity, context }) ?? []);
  return conditions.length > 1 ? { kind: "and", conditions } : (conditions[0] ?? null);
}

interface Here {
  readonly entity: Entity;
  readonly context: FilterContext;
}

function partOf(name: string, value: unknown, { entity, context }: Here): Condition | null {
  const { planning, path } = context;
  const inner = { ...context, place: `${context.place}.${name}` };
  if (name === "not") {
    const condition = planFilter(value, entity, inner);
    return condition && { kind: "not", condition };
  }
  if (name === "and" || name === "or") return groupOf(name, value, { entity, context: inner });
  if (name === "search" && entity.resource.features?.search) {
    planning.countCondition();
    const words = wordsOf(value);
    return words === null ? null : { kind: "search", path, parameter: planning.parameters.add(words) };
  }
  const field = readableOf(entity, name);
  if (field) return planOperators(field, value, { ...inner, path: [...path, name] });
  const relationship = entity.relationships.get(name);
  if (!relationship || !isInput(value)) return null;
  if (path.length >= maxDepth) {
    planning.refuse({ field: inner.place, rule: "depth", message: `A filter reaches ${maxDepth} relationships deep.` });
    return null;
  }
  const target = entityNamed(planning.catalog, relationship.target);
  if (isToOne(relationship)) return planFilter(value, target, { ...inner, path: [...path, name] });
  planning.countCondition();
  const condition = planFilter(value, target, { ...inner, path: [] });
  return { kind: "some", path: [...path, name], condition };
}

/** Alternatives or conditions that stand together; those that say nothing are left out. */
function groupOf(kind: "and" | "or", value: unknown, { entity, context }: Here): Condition | null {
  if (!Array.isArray(value)) return null;
  const conditions = value.flatMap((item, index) => {
    return planFilter(item, entity, { ...context, place: `${context.place}.${index}` }) ?? [];
  });
  return conditions.length > 1 ? { kind, conditions } : (conditions[0] ?? null);
}

function wordsOf(value: unknown): ParameterSource | null {
  if (value instanceof Held) return (variables) => String(valueAt(variables, value));
  return typeof value === "string" ? value : null;
}

function isInput(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Held);
}
