import type { Attribute, AttributeType, Model, Resource } from "../types.ts";
import { aggregateAttributeType } from "./computedType.ts";

/** The calculations and aggregates of a resource that are kept in columns; nobody but Gantry writes them. */
export function derivedAttributes(model: Model, resource: Resource): readonly Attribute[] {
  const { calculations = [], aggregates = [] } = resource;
  return [
    ...calculations.flatMap((calculation) => derived(calculation, () => calculation.type)),
    ...aggregates.flatMap((aggregate) => derived(aggregate, () => aggregateAttributeType(model, resource, aggregate))),
  ];
}

interface Derived {
  readonly name: string;
  readonly column?: string;
  readonly describe?: string;
}

function derived({ name, column, describe }: Derived, typeOf: () => AttributeType): readonly Attribute[] {
  if (column === undefined) return [];
  const base = { name, column, type: typeOf(), required: false, unique: false, writable: "readOnly" } as const;
  return [describe === undefined ? base : { ...base, describe }];
}
