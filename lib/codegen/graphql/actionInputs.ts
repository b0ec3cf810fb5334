import { identities } from "../../model/actions/identities.ts";
import { offeredNamedActions, offers } from "../../model/api/operations.ts";
import type { Action, Deprecation, Model, Resource } from "../../model/types.ts";
import { type InputField, inputFields, nestedFields } from "../inputFields.ts";
import { deprecatedSdl } from "./deprecatedSdl.ts";
import { enumSdl } from "./enumSdl.ts";
import { argumentOwner, identityName, inputName } from "./graphqlNames.ts";
import { inputType } from "./valueTypes.ts";

type Named = Pick<Action, "name" | "type">;

/** What the actions of a resource are given: an input for each, the enums of arguments, the input inside of others. */
export function actionInputs(model: Model, resource: Resource): string[] {
  const standard = (["create", "update"] as const).filter((name) => offers(resource, name, "graphql"));
  const actions: readonly Named[] = [
    ...standard.map((name) => ({ name, type: name })),
    ...offeredNamedActions(resource, "graphql"),
  ];
  return [
    ...actions.flatMap((action) => inputOf(model, resource, action)),
    ...(isNested(model, resource)
      ? [inputSdlText(`${resource.name}NestedInput`, linesOf(resource, null, nestedFields(model, resource)))]
      : []),
    ...(hasUpsert(resource) ? [identityEnum(resource)] : []),
  ];
}

/** Whether records of the resource can be changed by an identity, or else created. */
export function hasUpsert(resource: Resource): boolean {
  return (
    offers(resource, "create", "graphql") && offers(resource, "update", "graphql") && identities(resource).length > 0
  );
}

/** Whether an action takes anything from its callers. */
export function takesInput(model: Model, resource: Resource, action: Named): boolean {
  return action.name === "create" || action.name === "update" || inputFields(model, resource, action).length > 0;
}

function inputOf(model: Model, resource: Resource, action: Named): string[] {
  if (!takesInput(model, resource, action)) return [];
  const fields = inputFields(model, resource, action);
  const choices = fields.flatMap((field) => (field.kind === "argument" ? [field.attribute] : []));
  const lines = linesOf(resource, action, fields);
  return [
    inputSdlText(inputName(action.name, resource), lines),
    ...enumSdl(argumentOwner(action.name, resource), choices),
  ];
}

function linesOf(resource: Resource, action: Named | null, fields: readonly InputField[]): readonly string[] {
  return fields.map((field) => {
    // What has to be given cannot be deprecated, says GraphQL.
    const end = field.required ? "!" : deprecatedSdl(deprecationOf(field));
    return `${field.name}: ${typeOf(resource, action, field)}${end}`;
  });
}

function deprecationOf(field: InputField): Deprecation | undefined {
  switch (field.kind) {
    case "argument":
      return undefined;
    case "key":
    case "attribute":
      return field.attribute.deprecated;
    case "reference":
    case "links":
    case "nested":
      return field.relationship.deprecated;
  }
}

function typeOf(resource: Resource, action: Named | null, field: InputField): string {
  switch (field.kind) {
    case "key":
    case "reference":
      return "ID";
    case "attribute":
      return inputType(resource, field.attribute);
    case "argument":
      return inputType(action ? argumentOwner(action.name, resource) : resource, field.attribute);
    case "links":
      return "[ID!]";
    case "nested": {
      const inner = `${field.relationship.target}NestedInput`;
      return field.relationship.kind === "hasMany" ? `[${inner}!]` : inner;
    }
  }
}

/** Whether some other resource leads here in a way that lets its records be created with others in them. */
function isNested({ resources }: Model, { name, actions }: Resource): boolean {
  const leadsHere = resources.some(({ relationships, actions: outer }) => {
    return (
      outer.includes("create") && relationships.some(({ kind, target }) => kind !== "manyToMany" && target === name)
    );
  });
  return actions.includes("create") && leadsHere;
}

function identityEnum(resource: Resource): string {
  const values = identities(resource).map((group) => `  ${identityName(group)}`);
  return `"By which fields a record is found."\nenum ${resource.name}Identity {\n${values.join("\n")}\n}`;
}

export const inputSdlText = (name: string, fields: readonly string[]) =>
  `input ${name} {\n${(fields.length > 0 ? fields : ["_: Boolean"]).map((field) => `  ${field}`).join("\n")}\n}`;
