import { isAlwaysShown, leadsAlways } from "../../model/access/alwaysShown.ts";
import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { BelongsTo, Model, Relationship, Resource } from "../../model/types.ts";
import { attributeSchema } from "./attributeSchema.ts";
import { filterSchema } from "./filterSchema.ts";
import { freeName } from "./freeName.ts";
import { inputSchemas, keyOf } from "./inputSchemas.ts";
import { type JsonSchema, orNull, refTo } from "./JsonSchema.ts";

type Schemas = Record<string, JsonSchema>;

/** `Deal`, `DealList`, `DealFilter` and what its actions are given: `DealCreate`, `DealUpdate`, `Deal_win`. */
export function resourceSchemas(resource: Resource, model: Model): Schemas {
  const { name } = resource;
  return {
    [name]: itemSchema(resource, model),
    [freeName(model, `${name}List`)]: listSchema(resource),
    [freeName(model, `${name}Filter`)]: filterSchema(resource, model),
    ...inputSchemas(resource, model),
  };
}

function itemSchema(resource: Resource, model: Model): JsonSchema {
  const properties: Schemas = { id: { ...attributeSchema(resource.key), readOnly: true } };
  for (const attribute of [...storedAttributes(resource), ...computedAttributes(model, resource)]) {
    const schema = attributeSchema(attribute);
    properties[attribute.name] =
      attribute.required && isAlwaysShown(resource, attribute.name) ? schema : orNull(schema);
  }
  for (const relationship of belongsTos(resource)) {
    const schema = keyOf(relationship, model);
    const shown = relationship.required && isAlwaysShown(resource, relationship.name);
    properties[foreignKeyField(relationship)] = shown ? schema : orNull(schema);
  }
  for (const relationship of resource.relationships) {
    const schema = includedSchema(relationship);
    properties[relationship.name] =
      isToOne(relationship) && !leadsAlways(model, resource, relationship) ? orNull(schema) : schema;
  }
  return { type: "object", ...described(resource.describe), properties, required: ["id"] };
}

/** Present only when asked for by `include`. */
function includedSchema(relationship: Relationship): JsonSchema {
  const target = refTo(relationship.target);
  return isToOne(relationship) ? target : { type: "array", items: target, ...described(relationship.describe) };
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

const belongsTos = ({ relationships }: Resource): BelongsTo[] =>
  relationships.filter((relationship) => relationship.kind === "belongsTo");

const described = (description: string | undefined) => (description === undefined ? {} : { description });
