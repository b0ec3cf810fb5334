import type { ListUse } from "#lib/model/api/listFields.ts";
import { aggregateType } from "#lib/model/expressions/aggregateType.ts";
import { resourceTypes } from "#lib/model/expressions/resourceTypes.ts";
import { storedAttributes } from "#lib/model/features/storedAttributes.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import type { Model, Resource } from "#lib/model/types.ts";
import { isSortable, operatorsOf } from "#lib/plan/read/operators.ts";

export interface PickableField {
  readonly name: string;
  /** Its type, or where it leads. */
  readonly kind: string;
}

/** What lists of a resource can be filtered or sorted by; a belongsTo stands for its key as well. */
export function pickableFields(model: Model, resource: Resource, use: ListUse): readonly PickableField[] {
  const { key, calculations = [], aggregates = [], relationships } = resource;
  const members = resourceTypes(model).of(resource.name)?.members;
  const fits = (kind: Parameters<typeof isSortable>[0]) =>
    use === "sortable" ? isSortable(kind) : operatorsOf({ kind }).length > 0;
  const hasOrder = (name: string) => {
    const member = members?.get(name);
    return member?.kind === "field" && aggregateType("min", member.type) !== null;
  };
  return [
    ...[key, ...storedAttributes(resource), ...calculations]
      .filter(({ type }) => fits(type.kind))
      .map(({ name, type }) => ({ name, kind: type.kind })),
    ...aggregates
      .filter(({ name }) => use === "filterable" || hasOrder(name))
      .map((aggregate) => ({ name: aggregate.name, kind: aggregate.function })),
    ...relationships
      .filter((one) => use === "filterable" || isToOne(one))
      .map(({ name, target }) => ({ name, kind: `to ${target}` })),
  ];
}
