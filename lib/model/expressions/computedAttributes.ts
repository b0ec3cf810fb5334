import type { Attribute, Deprecation, Model, Resource } from "../types.ts";
import { aggregateAttributeType } from "./computedType.ts";

/**
 * The calculations and aggregates of a resource as attributes that nobody writes: for what describes the API. Those that
 * are worked out on reading have no column, and are shown only where they are asked for.
 */
export function computedAttributes(model: Model, resource: Resource): readonly Attribute[] {
  const { calculations = [], aggregates = [] } = resource;
  return [
    ...calculations.map((calculation) => attributeOf(calculation, { type: calculation.type, required: false })),
    ...aggregates.map((aggregate) => {
      const always = aggregate.function === "count" || aggregate.function === "exists";
      const required = always && aggregate.column === undefined && !mayBeHidden(resource, aggregate.name);
      return attributeOf(aggregate, { type: aggregateAttributeType(model, resource, aggregate), required });
    }),
  ];
}

interface Computed {
  readonly name: string;
  readonly column?: string;
  readonly describe?: string;
  readonly deprecated?: Deprecation;
}

function attributeOf(
  { name, column = "", describe, deprecated }: Computed,
  typed: Pick<Attribute, "type" | "required">,
): Attribute {
  const base = { name, column, ...typed, unique: false, writable: "readOnly" } as const;
  return { ...base, ...(describe !== undefined && { describe }), ...(deprecated && { deprecated }) };
}

function mayBeHidden({ fieldPolicies = [] }: Resource, field: string): boolean {
  return fieldPolicies.some(({ fields, read }) => read !== undefined && fields.includes(field));
}
