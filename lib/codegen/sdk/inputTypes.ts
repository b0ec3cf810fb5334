import type { Attribute, Model, Resource, ValueObject } from "../../model/types.ts";
import { type InputField, inputFields, nestedFields } from "../inputFields.ts";
import { interfaceOf, type Member } from "./members.ts";
import type { Names } from "./Names.ts";
import { choiceTypes, keyType } from "./recordTypes.ts";
import { listOf, valueType } from "./valueTypes.ts";

interface Given {
  readonly name: string;
  readonly type: "read" | "create" | "update" | "destroy";
}

/** The name of what an action is given. */
export function inputName({ name }: Resource, action: string, names: Names): string {
  return names.of(name, `${action.charAt(0).toUpperCase()}${action.slice(1)}`);
}

/** Whether an action is given anything. */
export function takesInput(model: Model, resource: Resource, action: Given): boolean {
  return inputFields(model, resource, action).length > 0;
}

/** `DealCreate`, `DealWin`: what an action is given. */
export function inputType(resource: Resource, action: Given, { model, names }: InputContext): string {
  const fields = inputFields(model, resource, action);
  const own = fields.flatMap((field) => (field.kind === "argument" ? [field.attribute] : []));
  // Two actions may have arguments of one name with options of their own.
  const owner = inputName(resource, action.name, names);
  const place = { resource, model, names, isNew: action.type === "create", owner };
  const members = fields.map((field) => memberOf(field, place));
  return `${choiceTypes(owner, own, names)}${interfaceOf(owner, members)}`;
}

/** `DealNested`: a record that is created inside of a new one. */
export function nestedType(resource: Resource, { model, names }: InputContext): string {
  const members = nestedFields(model, resource).map((field) =>
    memberOf(field, { resource, model, names, isNew: true, owner: resource.name }),
  );
  return interfaceOf(names.of(resource.name, "Nested"), members);
}

export function valueObjectTypes({ name, describe, attributes }: ValueObject, names: Names): string {
  const member =
    (side: "output" | "input") =>
    (attribute: Attribute): Member => {
      const type = valueType({ owner: name, ...attribute }, side, names);
      const optional = side === "input" && (!attribute.required || attribute.default !== undefined);
      const nullable = attribute.required ? type : `${type} | null`;
      return {
        name: attribute.name,
        type: nullable,
        optional,
        describe: attribute.describe,
        deprecated: attribute.deprecated,
      };
    };
  return [
    choiceTypes(name, attributes, names),
    interfaceOf(names.record(name), attributes.map(member("output")), describe),
    interfaceOf(names.of(name, "Input"), attributes.map(member("input"))),
  ].join("\n");
}

export interface InputContext {
  readonly model: Model;
  readonly names: Names;
}

interface Place extends InputContext {
  readonly resource: Resource;
  readonly isNew: boolean;
  /** What the choices of arguments are named after. */
  readonly owner: string;
}

function memberOf(field: InputField, { resource, model, names, owner }: Place): Member {
  const { name, required } = field;
  const optional = !required;
  switch (field.kind) {
    case "key":
    case "attribute":
    case "argument": {
      const { attribute } = field;
      const named = field.kind === "argument" ? owner : resource.name;
      const type = valueType({ owner: named, ...attribute }, "input", names);
      const { describe } = attribute;
      const deprecated = resource.attributes.find((own) => own.name === name)?.deprecated;
      return { name, type: attribute.required ? type : `${type} | null`, optional, describe, deprecated };
    }
    case "reference": {
      const key = keyType(model, field.relationship.target, names);
      return { name, type: field.relationship.required ? key : `${key} | null`, optional };
    }
    case "links": {
      const keys = listOf(keyType(model, field.relationship.target, names));
      return { name, type: `${keys} | { readonly add?: ${keys}; readonly remove?: ${keys} }`, optional };
    }
    case "nested": {
      const inner = names.of(field.relationship.target, "Nested");
      const type = field.relationship.kind === "hasMany" ? listOf(inner) : inner;
      return { name, type, optional, describe: "Created in the same transaction." };
    }
  }
}
