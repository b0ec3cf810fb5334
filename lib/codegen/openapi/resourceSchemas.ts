import { isAlwaysShown, leadsAlways } from "../../model/access/alwaysShown.ts";
import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { BelongsTo, Model, Relationship, Resource } from "../../model/types.ts";
import { attributeSchema, deprecationText } from "./attributeSchema.ts";
import { filterSchema } from "./filterSchema.ts";
import { freeName } from "./freeName.ts";
import { historySchema } from "./historySchema.ts";
import { inputSchemas, keyOf } from "./inputSchemas.ts";
import { type JsonSchema, orNull, refTo } from "./JsonSchema.ts";
import { described, prose } from "./prose.ts";

type Schemas = Record<string, JsonSchema>;

/** `Deal`, `DealList`, `DealFilter` and what its actions are given: `DealCreate`, `DealUpdate`, `Deal_win`. */
export function resourceSchemas(resource: Resource, model: Model): Schemas {
  const { name, features } = resource;
  return {
    [name]: itemSchema(resource, model),
    [freeName(model, `${name}List`)]: listSchema(resource),
    [freeName(model, `${name}Filter`)]: filterSchema(resource, model),
    ...(features?.history && { [freeName(model, `${name}History`)]: historySchema }),
    ...inputSchemas(resource, model),
  };
}

/** Without required members: `fields` chooses which are answered. */
function itemSchema(resource: Resource, model: Model): JsonSchema {
  const key = { ...attributeSchema(resource.key, model, "output"), readOnly: true };
  const properties: Schemas = { id: key };
  for (const attribute of [...storedAttributes(resource), ...computedAttributes(model, resource)]) {
    const schema = attributeSchema(attribute, model, "output");
    properties[attribute.name] =
      attribute.required && isAlwaysShown(resource, attribute.name) ? schema : orNull(schema);
  }
  for (const relationship of belongsTos(resource)) {
    const schema = keyOf(relationship, model, "output");
    const shown = relationship.required && isAlwaysShown(resource, relationship.name);
    properties[foreignKeyField(relationship)] = shown ? schema : orNull(schema);
  }
  for (const relationship of resource.relationships) {
    const schema = includedSchema(relationship, model);
    properties[relationship.name] =
      isToOne(relationship) && !leadsAlways(model, resource, relationship) ? orNull(schema) : schema;
  }
  return { type: "object", ...described(resource.describe), properties };
}

/** Present only when asked for by `include`; lists that are asked for with a page are answered as lists are. */
function includedSchema(relationship: Relationship, model: Model): JsonSchema {
  const target = refTo(relationship.target);
  if (isToOne(relationship)) return target;
  const { describe, deprecated } = relationship;
  const said = [prose(describe) ?? [], deprecated ? deprecationText(deprecated) : []].flat().join(" ");
  const list = refTo(freeName(model, `${relationship.target}List`));
  const schema: JsonSchema = { anyOf: [{ type: "array", items: target }, list] };
  return { ...schema, ...described(said), ...(deprecated && { deprecated: true }) };
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
