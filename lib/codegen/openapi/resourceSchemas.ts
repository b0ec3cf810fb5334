import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import { ownsLinks } from "../../model/relationships/ownsLinks.ts";
import type { Attribute, BelongsTo, Model, Relationship, Resource } from "../../model/types.ts";
import { writableAttributes } from "../writableAttributes.ts";
import { attributeSchema, documentedDefault } from "./attributeSchema.ts";
import { filterSchema } from "./filterSchema.ts";
import { freeName } from "./freeName.ts";
import { type JsonSchema, orNull, refTo } from "./JsonSchema.ts";

type Schemas = Record<string, JsonSchema>;

/** `Deal`, `DealList`, `DealFilter` and, where the actions exist, `DealCreate` and `DealUpdate`. */
export function resourceSchemas(resource: Resource, model: Model): Schemas {
  const { name, actions } = resource;
  return {
    [name]: itemSchema(resource, model),
    [freeName(model, `${name}List`)]: listSchema(resource),
    [freeName(model, `${name}Filter`)]: filterSchema(resource, model),
    ...(actions.includes("create")
      ? { [freeName(model, `${name}Create`)]: inputSchema(resource, model, "create") }
      : {}),
    ...(actions.includes("update")
      ? { [freeName(model, `${name}Update`)]: inputSchema(resource, model, "update") }
      : {}),
  };
}

function itemSchema(resource: Resource, model: Model): JsonSchema {
  const properties: Schemas = { id: { ...attributeSchema(resource.key), readOnly: true } };
  for (const attribute of [...storedAttributes(resource), ...computedAttributes(model, resource)]) {
    const schema = attributeSchema(attribute);
    properties[attribute.name] = attribute.required ? schema : orNull(schema);
  }
  for (const relationship of belongsTos(resource)) {
    const schema = keyOf(relationship, model);
    properties[foreignKeyField(relationship)] = relationship.required ? schema : orNull(schema);
  }
  for (const relationship of resource.relationships) properties[relationship.name] = includedSchema(relationship);
  return { type: "object", ...described(resource.describe), properties, required: ["id"] };
}

/** Present only when asked for by `include`. */
function includedSchema(relationship: Relationship): JsonSchema {
  const target = refTo(relationship.target);
  if (!isToOne(relationship)) return { type: "array", items: target, ...described(relationship.describe) };
  return relationship.kind === "belongsTo" && relationship.required ? target : orNull(target);
}

function listSchema({ name }: Resource): JsonSchema {
  const cursor: JsonSchema = { type: ["string", "null"], description: "Opaque; null when there is no such page." };
  return {
    type: "object",
    required: ["data", "page"],
    properties: {
      data: { type: "array", items: refTo(name) },
      page: { type: "object", required: ["next", "previous"], properties: { next: cursor, previous: cursor } },
      count: { type: "integer", description: "All that match the filter; only with `count=exact`." },
    },
  };
}

function inputSchema(resource: Resource, model: Model, action: "create" | "update"): JsonSchema {
  const properties: Schemas = {};
  const required: string[] = [];
  const add = (field: string, schema: JsonSchema, must: boolean) => {
    properties[field] = schema;
    if (must && action === "create") required.push(field);
  };
  if (action === "create" && resource.key.default?.kind !== "generated") {
    add("id", attributeSchema(resource.key), resource.key.default === undefined);
  }
  for (const attribute of writableAttributes(resource, action))
    add(attribute.name, writable(attribute, action), mustBeGiven(attribute));
  for (const relationship of belongsTos(resource)) {
    const schema = keyOf(relationship, model);
    add(foreignKeyField(relationship), relationship.required ? schema : orNull(schema), relationship.required);
  }
  for (const relationship of resource.relationships) {
    if (!ownsLinks(relationship)) continue;
    const description = `Keys of the ${relationship.name} to link; replaces the links there are.`;
    add(relationship.name, { type: "array", items: keyOf(relationship, model), description }, false);
  }
  return { type: "object", properties, additionalProperties: false, ...(required.length > 0 ? { required } : {}) };
}

function writable(attribute: Attribute, action: "create" | "update"): JsonSchema {
  const schema = { ...attributeSchema(attribute), ...(action === "create" ? documentedDefault(attribute) : {}) };
  return attribute.required ? schema : orNull(schema);
}

const mustBeGiven = (attribute: Attribute) => attribute.required && attribute.default === undefined;

const belongsTos = ({ relationships }: Resource): BelongsTo[] =>
  relationships.filter((relationship) => relationship.kind === "belongsTo");

function keyOf(relationship: Relationship, model: Model): JsonSchema {
  const target = model.resources.find(({ name }) => name === relationship.target);
  return { ...(target ? attributeSchema(target.key) : {}), ...described(relationship.describe) };
}

const described = (description: string | undefined) => (description === undefined ? {} : { description });
