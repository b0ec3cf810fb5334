import { isListField } from "../../model/api/listFields.ts";
import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { AttributeType, Deprecation, Model, Resource } from "../../model/types.ts";
import { partsOf } from "../../plan/catalog/partsOf.ts";
import { isQuestion, type Operator, operandType, operatorsOf, takesList } from "../../plan/read/operators.ts";
import { freeName } from "./freeName.ts";
import { type JsonSchema, refTo } from "./JsonSchema.ts";
import { typeSchema } from "./typeSchema.ts";

/**
 * The fields of a resource with the operators that each understands, and the parts of those that have some
 * (`address.city`). Paths through relationships are accepted too (`company.name`), which a schema without an end cannot
 * list.
 */
export function filterSchema(resource: Resource, model: Model): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const add = (name: string, type: AttributeType, deprecated?: Deprecation) => {
    properties[name] = { ...operatorsSchema(type), ...(deprecated && { deprecated: true }) };
  };
  const lists = (name: string) => isListField(resource, "filterable", name);
  if (lists("id")) add("id", resource.key.type);
  for (const { name, type, deprecated } of [...storedAttributes(resource), ...computedAttributes(model, resource)]) {
    if (!lists(name)) continue;
    add(name, type, deprecated);
    for (const part of partsOf(model, type).values()) add(`${name}.${part.name}`, part.type);
  }
  for (const relationship of resource.relationships) {
    const target = model.resources.find(({ name }) => name === relationship.target);
    const name = relationship.kind === "belongsTo" ? foreignKeyField(relationship) : null;
    if (name !== null && target && lists(name)) {
      add(name, target.key.type);
      properties[name] = { ...properties[name], "x-refers-to": target.name };
    }
  }
  return {
    type: "object",
    properties: { ...groups(freeName(model, `${resource.name}Filter`), resource), ...properties },
    patternProperties: { "^\\w+(\\.\\w+)+$": { description: "Through relationships, or into a value of parts." } },
    additionalProperties: false,
  };
}

/** What groups conditions; an attribute of such a name is filtered by through `and`. */
function groups(own: string, { features }: Resource): Record<string, JsonSchema> {
  const members = (description: string): JsonSchema => {
    return { type: "object", description, additionalProperties: refTo(own) };
  };
  return {
    and: members("Groups that must all hold, under any names: `filter[and][0][stage]=won`."),
    or: members("Groups of which one must hold, under any names: `filter[or][0][stage]=won`."),
    not: refTo(own),
    ...(features?.search && { search: { type: "string", description: "Words to search full text for." } as const }),
  };
}

function operatorsSchema(type: AttributeType): JsonSchema {
  const value = operandSchemaOf(operandType(type));
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(operatorsOf(type).map((operator) => [operator, operandSchema(operator, value)])),
  };
}

/** Money stands in a query as one text. */
function operandSchemaOf(type: AttributeType): JsonSchema {
  if (type.kind === "money") {
    const text = { type: "string", format: "money", pattern: "^-?\\d+(\\.\\d+)? [A-Z]{3}$" };
    return { ...text, description: "Such as `12.50 EUR`.", examples: [`12.50 ${type.currency ?? "EUR"}`] };
  }
  // Whatever the scale of the field, it can be compared with any number.
  return typeSchema(type.kind === "decimal" ? { kind: "decimal" } : type, "output");
}

function operandSchema(operator: Operator, value: JsonSchema): JsonSchema {
  if (isQuestion(operator)) return { type: "boolean" };
  if (!takesList(operator)) return value;
  return { type: "array", minItems: 1, maxItems: 1000, items: value, description: "Separated by commas." };
}
