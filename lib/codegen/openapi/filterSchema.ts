import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { AttributeType, Model, Resource } from "../../model/types.ts";
import { partsOf } from "../../plan/catalog/partsOf.ts";
import { isQuestion, type Operator, operandType, operatorsOf, takesList } from "../../plan/read/operators.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import { typeSchema } from "./typeSchema.ts";

/**
 * The fields of a resource with the operators that each understands, and the parts of those that have some
 * (`address.city`). Paths through relationships are accepted too (`company.name`), which a schema without an end cannot
 * list.
 */
export function filterSchema(resource: Resource, model: Model): JsonSchema {
  const properties: Record<string, JsonSchema> = { id: operatorsSchema(resource.key.type) };
  for (const { name, type } of [...storedAttributes(resource), ...computedAttributes(model, resource)]) {
    properties[name] = operatorsSchema(type);
    for (const part of partsOf(model, type).values()) properties[`${name}.${part.name}`] = operatorsSchema(part.type);
  }
  for (const relationship of resource.relationships) {
    if (relationship.kind !== "belongsTo") continue;
    properties[foreignKeyField(relationship)] = { type: "object", description: "Operators of the key it holds." };
  }
  return { type: "object", properties, additionalProperties: true };
}

function operatorsSchema(type: AttributeType): JsonSchema {
  const { examples: _, ...value } = operandSchemaOf(operandType(type));
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(operatorsOf(type).map((operator) => [operator, operandSchema(operator, value)])),
  };
}

/** Money stands in a query as one text. */
function operandSchemaOf(type: AttributeType): JsonSchema {
  return type.kind === "money" ? { type: "string", description: "Such as `12.50 EUR`." } : typeSchema(type);
}

function operandSchema(operator: Operator, value: JsonSchema): JsonSchema {
  if (isQuestion(operator)) return { type: "boolean" };
  return takesList(operator) ? { type: "string", description: "Values separated by commas." } : value;
}
