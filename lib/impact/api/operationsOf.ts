import { inputFields } from "../../codegen/inputFields.ts";
import { actionsOf } from "../../model/actions/actionsOf.ts";
import { graphqlForms, restForms } from "../../model/api/operationForms.ts";
import type { Action, Model, Resource } from "../../model/types.ts";
import type { ApiOperation } from "./ApiChange.ts";

/** The operations by which both protocols offer an action. */
export function operationsOf(resource: Resource, action: Pick<Action, "name" | "type">): readonly ApiOperation[] {
  const type = action.type === "read" ? "Query" : "Mutation";
  const about = { resource: resource.name, action: action.name };
  return [
    ...restForms(resource, action).map(
      ({ method, path }) => ({ ...about, protocol: "rest", name: `${method} ${path}` }) as const,
    ),
    ...graphqlForms(resource, action).map(
      (field) => ({ ...about, protocol: "graphql", name: `${type}.${field}` }) as const,
    ),
  ];
}

/** All operations of a resource. */
export function operationsAbout(resource: Resource): readonly ApiOperation[] {
  return actionsOf(resource).flatMap((action) => operationsOf(resource, action));
}

/** Those that change records: their bodies name fields. */
export function changesOf(resource: Resource): readonly ApiOperation[] {
  return actionsOf(resource)
    .filter(({ type }) => type !== "read")
    .flatMap((action) => operationsOf(resource, action));
}

/** The creates of other resources that may create records of this one inside. */
export function nestingCreates(model: Model, resource: Resource): readonly ApiOperation[] {
  return model.resources.flatMap((outer) => {
    if (!outer.actions.includes("create")) return [];
    const create = { name: "create", type: "create" } as const;
    const nests = inputFields(model, outer, create).some(
      (field) => field.kind === "nested" && field.relationship.target === resource.name,
    );
    return nests ? operationsOf(outer, create) : [];
  });
}

/** The operations on records that hold a value object, in itself or in another one. */
export function operationsHolding(model: Model, valueObject: string): readonly ApiOperation[] {
  const holders = new Set([valueObject]);
  const holds = (attributes: Resource["attributes"]) =>
    attributes.some(({ type }) => type.kind === "embed" && holders.has(type.valueObject));
  // Later value objects may hold earlier ones: as often as there are some finds all.
  for (const _ of model.valueObjects ?? []) {
    for (const { name, attributes } of model.valueObjects ?? []) if (holds(attributes)) holders.add(name);
  }
  return model.resources.filter(({ attributes }) => holds(attributes)).flatMap(operationsAbout);
}
