import { offeredNamedActions, offers } from "../../model/api/operations.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { Action, Argument, Attribute, Model, Relationship, Resource } from "../../model/types.ts";
import { type InputField, inputFields, nestedFields } from "../inputFields.ts";
import { attributeSchema, deprecationText, documentedDefault } from "./attributeSchema.ts";
import { freeName } from "./freeName.ts";
import { type JsonSchema, orNull, refTo } from "./JsonSchema.ts";
import { prose } from "./prose.ts";
import type { Side } from "./typeSchema.ts";

type Schemas = Record<string, JsonSchema>;
type Named = Pick<Action, "name" | "type">;

/** `DealCreate`, `Deal_win`: what an action is given. */
export function inputSchemaName(model: Model, { name }: Resource, action: Pick<Action, "name">): string {
  if (action.name === "create") return freeName(model, `${name}Create`);
  return action.name === "update" ? freeName(model, `${name}Update`) : `${name}_${action.name}`;
}

/** `Deal_updateMany`: the same without links, which are changed record by record. */
export const manySchemaName = ({ name }: Resource, action: string) => `${name}_${action}Many`;

/** `Deal_winSeveral`: keys of records, and what the action is given. */
export const severalSchemaName = ({ name }: Resource, action: string) => `${name}_${action}Several`;

/** The actions of a resource that are given something. */
export function givenActions(resource: Resource): readonly Named[] {
  const standard = (["create", "update"] as const).filter((action) => offers(resource, action, "rest"));
  const named = offeredNamedActions(resource, "rest").filter(({ type }) => type !== "read");
  return [...standard.map((action) => ({ name: action, type: action })), ...named];
}

/** What the actions of a resource are given, and what its records are given inside of others. */
export function inputSchemas(resource: Resource, model: Model): Schemas {
  const schemas: Schemas = {};
  for (const action of givenActions(resource)) {
    const fields = inputFields(model, resource, action);
    const own = inputSchemaName(model, resource, action);
    schemas[own] = objectOf(model, fields, { action, resource });
    const many = manySchemaName(resource, action.name);
    if (action.name === "create") schemas[many] = objectOf(model, listedFields(fields), { action, resource });
    if (action.type === "create") continue;
    const flat = fields.filter(({ kind }) => kind !== "links");
    if (action.name === "update" || flat.length < fields.length)
      schemas[many] = objectOf(model, flat, { action, resource });
    if (action.name === "update") continue;
    const input = Object.hasOwn(schemas, many) ? many : own;
    const mustBeGiven = (schemas[input]?.required ?? []).length > 0;
    const several = severalSchema(resource, model, refTo(input));
    schemas[severalSchemaName(resource, action.name)] = mustBeGiven
      ? { ...several, required: ["ids", "input"] }
      : several;
  }
  return { ...schemas, ...nestedSchemas(resource, model) };
}

/** Of a record in a list of new ones: no links and no other records. */
function listedFields(fields: readonly InputField[]): readonly InputField[] {
  return fields
    .filter(({ kind }) => kind !== "links" && kind !== "nested")
    .map((field) => (field.kind === "reference" ? { ...field, required: field.relationship.required } : field));
}

/** `Company_deals_nested`: records that are created inside of a new one. */
function nestedSchemas(resource: Resource, model: Model): Schemas {
  const fields = inputFields(model, resource, { name: "create", type: "create" });
  const nested = fields.flatMap((field) => (field.kind === "nested" ? [field.relationship] : []));
  const schemas = nested.flatMap((relationship): [string, JsonSchema][] => {
    const target = model.resources.find(({ name }) => name === relationship.target);
    if (!target) return [];
    const given = relationship.kind === "belongsTo" ? null : relationship.via;
    const inner = nestedFields(model, target).map((field): InputField => {
      if (field.kind !== "reference") return field;
      return { ...field, required: field.relationship.required && field.relationship.name !== given };
    });
    return [[nestedName(resource, relationship), objectOf(model, inner, { action: standardCreate, resource: target })]];
  });
  return Object.fromEntries(schemas);
}

function severalSchema(resource: Resource, model: Model, input: JsonSchema): JsonSchema {
  const key = { ...attributeSchema(resource.key, model, "input"), "x-refers-to": resource.name };
  return {
    type: "object",
    required: ["ids"],
    additionalProperties: false,
    properties: { ids: { type: "array", minItems: 1, maxItems: 1000, items: key }, input },
  };
}

const nestedName = ({ name }: Resource, relationship: Relationship) => `${name}_${relationship.name}_nested`;

interface Place {
  readonly resource: Resource;
  readonly action: Named;
}

const standardCreate = { name: "create", type: "create" } as const;

function objectOf(model: Model, fields: readonly InputField[], place: Place): JsonSchema {
  const properties = Object.fromEntries(fields.map((field) => [field.name, fieldSchema(model, field, place)]));
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const choices = choicesOf(fields);
  return {
    type: "object",
    properties,
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(choices.length > 0 && { allOf: choices }),
  };
}

/** Of a belongsTo, either the key is given or a new record, not both. */
function choicesOf(fields: readonly InputField[]): readonly JsonSchema[] {
  return fields.flatMap((field) => {
    if (field.kind !== "nested" || field.relationship.kind !== "belongsTo") return [];
    const key = foreignKeyField(field.relationship);
    if (!fields.some(({ name }) => name === key)) return [];
    const given = (...names: readonly string[]): JsonSchema => {
      return { required: names, properties: Object.fromEntries(names.map((name) => [name, {}])) };
    };
    return [field.relationship.required ? { oneOf: [given(key), given(field.name)] } : { not: given(key, field.name) }];
  });
}

function fieldSchema(model: Model, field: InputField, { action, resource }: Place): JsonSchema {
  const isNew = action.type === "create";
  switch (field.kind) {
    case "key":
      return argumentSchema(field.attribute, model);
    case "attribute":
    case "argument": {
      const withDefault = isNew || field.kind === "argument";
      const attribute = whole(field.attribute);
      const schema = {
        ...attributeSchema(attribute, model, "input"),
        ...(withDefault ? documentedDefault(attribute, model) : {}),
        ...(field.kind === "attribute" ? stateSchema({ action, resource }, attribute) : {}),
      };
      return attribute.required ? schema : orNull(schema);
    }
    case "reference": {
      const schema = keyOf(field.relationship, model, "input");
      return field.relationship.required ? schema : orNull(schema);
    }
    case "links":
      return linksSchema(field.name, keyOf(field.relationship, model, "input"));
    case "nested": {
      const inner = refTo(nestedName(resource, field.relationship));
      const description = "Created in the same transaction.";
      return field.relationship.kind === "hasMany"
        ? { type: "array", maxItems: 500, items: inner, description }
        : inner;
    }
  }
}

function stateSchema({ action, resource }: Place, { name }: Attribute): JsonSchema {
  const first = firstState(resource, action, name);
  return first === undefined ? {} : { enum: [first], examples: [first], description: "The state in which all begin." };
}

/** The state that new records start in, where the attribute is one and the action does not take it by name. */
export function firstState({ states, attributes, definedActions }: Resource, action: Named, attribute: string) {
  if (states?.attribute !== attribute || action.type !== "create") return undefined;
  if (definedActions?.find(({ name }) => name === action.name)?.accept?.includes(attribute)) return undefined;
  const first = attributes.find(({ name }) => name === attribute)?.default;
  return first?.kind === "literal" ? first.value : undefined;
}

function linksSchema(name: string, { description: _, ...key }: JsonSchema): JsonSchema {
  const keys: JsonSchema = { type: "array", maxItems: 1000, items: key };
  const change: JsonSchema = {
    type: "object",
    minProperties: 1,
    additionalProperties: false,
    properties: { add: keys, remove: keys },
  };
  const description = `Keys of the ${name} to link: a list replaces the links there are, an object changes some of them.`;
  return { anyOf: [keys, change], description };
}

export function argumentSchema(argument: Argument, model: Model): JsonSchema {
  return attributeSchema(whole(argument), model, "input");
}

function whole(argument: Argument): Attribute {
  return { column: argument.name, unique: false, ...argument };
}

/** The key of the record that a relationship leads to. */
export function keyOf({ target: name, describe, deprecated }: Relationship, model: Model, side: Side): JsonSchema {
  const target = model.resources.find((resource) => resource.name === name);
  const said = [prose(describe) ?? [], deprecated ? deprecationText(deprecated) : []].flat();
  return {
    ...(target ? attributeSchema(target.key, model, side) : {}),
    ...(said.length > 0 && { description: said.join(" ") }),
    ...(deprecated && { deprecated: true }),
    "x-refers-to": name,
  };
}
