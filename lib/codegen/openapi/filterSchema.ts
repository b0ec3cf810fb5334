import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { Attribute, AttributeType, Resource } from "../../model/types.ts";
import { type Operator, operatorsOf } from "../../plan/read/operators.ts";
import { typeSchema } from "./attributeSchema.ts";
import type { JsonSchema } from "./JsonSchema.ts";

/**
 * The fields of a resource with the operators that each understands. Paths through relationships are accepted too
 * (`company.name`), which a schema without an end cannot list.
 */
export function filterSchema(resource: Resource): JsonSchema {
  const properties: Record<string, JsonSchema> = { id: operatorsSchema(resource.key.type) };
  for (const { name, type } of storedAttributes(resource) satisfies readonly Attribute[])
    properties[name] = operatorsSchema(type);
  for (const relationship of resource.relationships) {
    if (relationship.kind !== "belongsTo") continue;
    properties[foreignKeyField(relationship)] = { type: "object", description: "Operators of the key it holds." };
  }
  return { type: "object", properties, additionalProperties: true };
}

function operatorsSchema(type: AttributeType): JsonSchema {
  const { examples: _, ...value } = typeSchema(type);
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      operatorsOf(type.kind).map((operator) => [operator, operandSchema(operator, value)]),
    ),
  };
}

function operandSchema(operator: Operator, value: JsonSchema): JsonSchema {
  if (operator === "isNull") return { type: "boolean" };
  if (operator === "in" || operator === "notIn") return { type: "string", description: "Values separated by commas." };
  return value;
}
