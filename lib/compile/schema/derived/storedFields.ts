import type { Expression } from "../../../expression/Expression.ts";
import { aggregateExpression, calculationExpression } from "../../../model/expressions/computedExpression.ts";
import { derivedAttributes } from "../../../model/expressions/derivedAttributes.ts";
import type { Model, Resource } from "../../../model/types.ts";
import type { Catalog } from "../../../plan/catalog/Catalog.ts";
import type { StoredField } from "./deriveFunction.ts";
import { type ComputedExpression, readsOf } from "./readsOf.ts";

/** The computed fields of a resource that have columns, each after those of the same record that it stands on. */
export function storedFields(model: Model, resource: Resource, computed: ComputedExpression): readonly StoredField[] {
  const fields = derivedAttributes(model, resource).map(({ name, column, type }): StoredField => {
    return { name, column, type, expression: expressionOf(model, resource, name) };
  });
  const ordered: StoredField[] = [];
  const place = (field: StoredField) => {
    if (ordered.includes(field)) return;
    for (const read of readsOf(field.expression, computed)) {
      const needed = read.walk.length === 0 ? fields.find(({ name }) => name === read.field) : undefined;
      if (needed && needed !== field) place(needed);
    }
    ordered.push(field);
  };
  fields.forEach(place);
  return ordered;
}

/** What computed fields without a column are worked out by. */
export function computedOf({ entities }: Catalog): ComputedExpression {
  return (resource, field) => entities.get(resource)?.computed.get(field)?.expression() ?? null;
}

function expressionOf(model: Model, resource: Resource, name: string): Expression {
  const calculation = resource.calculations?.find((candidate) => candidate.name === name);
  if (calculation) return calculationExpression(model, resource, calculation);
  const aggregate = resource.aggregates?.find((candidate) => candidate.name === name);
  if (!aggregate) throw new Error(`${resource.name} works out no ${name}.`);
  return aggregateExpression(model, resource, aggregate);
}
