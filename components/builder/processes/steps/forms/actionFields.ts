import { actionsOf } from "#lib/model/actions/actionsOf.ts";
import { writableFields } from "#lib/model/actions/writableFields.ts";
import { fieldType } from "#lib/model/expressions/expressionsOf.ts";
import { valueTypeOf } from "#lib/model/expressions/valueTypeOf.ts";
import type { Action, Model, Resource } from "#lib/model/types.ts";
import type { GivenField } from "./GivenFields.tsx";

/** Actions that change something. */
export function changingActions(resource: Resource): readonly Action[] {
  return actionsOf(resource).filter(({ type }) => type !== "read");
}

/** What an action takes: fields and arguments. */
export function actionFields(model: Model, resource: Resource, action: Action): readonly GivenField[] {
  const { type } = action;
  const accepted =
    action.accept ??
    (action.name === type && (type === "create" || type === "update") ? writableFields(resource, type) : []);
  const fields = accepted.map(
    (name): GivenField => ({
      name,
      type: fieldType(model, resource.name, name),
      required: type === "create" && mustBeGiven(resource, name),
      target: { resource: resource.name, member: name },
    }),
  );
  const given = (action.arguments ?? []).map(
    ({ name, type: of, required, default: standard }): GivenField => ({
      name,
      type: valueTypeOf(of, model),
      required: required && standard === undefined,
    }),
  );
  return [...fields.filter(({ type: of }) => of !== null), ...given];
}

function mustBeGiven({ attributes, relationships }: Resource, name: string): boolean {
  const attribute = attributes.find((one) => one.name === name);
  if (attribute) return attribute.required && attribute.default === undefined && attribute.type.kind !== "sequence";
  const relationship = relationships.find((one) => one.name === name);
  return relationship?.kind === "belongsTo" && relationship.required;
}
