import { namedActions } from "../../model/actions/namedActions.ts";
import type { Action, Argument, Attribute, Model, Relationship, Resource } from "../../model/types.ts";
import { type InputField, inputFields, nestedFields } from "../inputFields.ts";
import { attributeSchema, documentedDefault } from "./attributeSchema.ts";
import { freeName } from "./freeName.ts";
import { type JsonSchema, orNull, refTo } from "./JsonSchema.ts";

type Schemas = Record<string, JsonSchema>;
type Named = Pick<Action, "name" | "type">;

/** `DealCreate`, `Deal_win`: what an action is given. */
export function inputSchemaName(model: Model, { name }: Resource, action: Named): string {
  if (action.name === "create") return freeName(model, `${name}Create`);
  return action.name === "update" ? freeName(model, `${name}Update`) : `${name}_${action.name}`;
}

/** What the actions of a resource are given, and what its records are given inside of others. */
export function inputSchemas(resource: Resource, model: Model): Schemas {
  const { actions, name } = resource;
  const standard = (["create", "update"] as const).filter((action) => actions.includes(action));
  const named = namedActions(resource).filter(({ type }) => type !== "read");
  const all: readonly Named[] = [...standard.map((action) => ({ name: action, type: action })), ...named];
  const schemas = all.map((action): [string, JsonSchema] => {
    const fields = inputFields(model, resource, action);
    return [inputSchemaName(model, resource, action), objectOf(model, fields, action.type === "create")];
  });
  const isNested = model.resources.some(({ relationships }) =>
    relationships.some(({ kind, target }) => kind !== "manyToMany" && target === name),
  );
  if (!isNested || !actions.includes("create")) return Object.fromEntries(schemas);
  return { ...Object.fromEntries(schemas), [nestedName(name)]: objectOf(model, nestedFields(model, resource), true) };
}

const nestedName = (resource: string) => `${resource}_nested`;

function objectOf(model: Model, fields: readonly InputField[], isNew: boolean): JsonSchema {
  const properties = Object.fromEntries(fields.map((field) => [field.name, fieldSchema(model, field, isNew)]));
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return { type: "object", properties, additionalProperties: false, ...(required.length > 0 ? { required } : {}) };
}

function fieldSchema(model: Model, field: InputField, isNew: boolean): JsonSchema {
  switch (field.kind) {
    case "key":
      return argumentSchema(field.attribute);
    case "attribute":
    case "argument": {
      const withDefault = isNew || field.kind === "argument";
      const { attribute } = field;
      const schema = { ...argumentSchema(attribute), ...(withDefault ? documentedDefault(whole(attribute)) : {}) };
      return attribute.required ? schema : orNull(schema);
    }
    case "reference": {
      const schema = keyOf(field.relationship, model);
      return field.relationship.required ? schema : orNull(schema);
    }
    case "links": {
      const description = `Keys of the ${field.name} to link; replaces the links there are.`;
      return { type: "array", items: keyOf(field.relationship, model), description };
    }
    case "nested": {
      const inner = refTo(nestedName(field.relationship.target));
      const description = "Created in the same transaction.";
      return field.relationship.kind === "hasMany" ? { type: "array", items: inner, description } : inner;
    }
  }
}

export function argumentSchema(argument: Argument): JsonSchema {
  return attributeSchema(whole(argument));
}

function whole(argument: Argument): Attribute {
  return { column: argument.name, unique: false, ...argument };
}

export function keyOf({ target: name, describe }: Relationship, model: Model): JsonSchema {
  const target = model.resources.find((resource) => resource.name === name);
  return {
    ...(target ? attributeSchema(target.key) : {}),
    ...(describe === undefined ? {} : { description: describe }),
  };
}
