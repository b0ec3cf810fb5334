import type { AttributeType, JsonValue, Model } from "../../model/types.ts";
import { isRefusal, readValue } from "../values/readValue.ts";

export type FunctionValue = { readonly value: JsonValue } | { readonly refused: string };

/**
 * A value that goes into a function or comes out of it, as the APIs show it: integers and booleans as they are, decimals,
 * long integers and moments as texts, value objects as objects. Or why it is none of the type.
 */
export function functionValue(type: AttributeType, input: unknown, model: Pick<Model, "valueObjects">): FunctionValue {
  if (input === null || input === undefined) return { value: null };
  if (type.kind === "embed") return type.many ? listOf(input, (item) => embedded(item)) : embedded(input);
  if (type.kind === "list") return listOf(input, (item) => functionValue(type.of, item, model));
  if (type.kind === "decimal" && typeof input === "number" && !Number.isInteger(input)) {
    return { refused: "A number with a fraction is not exact: give a text or a Decimal." };
  }
  const read = readValue(type, input);
  if (isRefusal(read)) return { refused: read.message };
  switch (type.kind) {
    case "integer":
      return { value: Number(read.text) };
    case "bigint":
    case "decimal":
    case "timestamp":
    case "date":
    case "time":
    case "duration":
    case "uuid":
      return { value: read.text };
    default:
      return { value: input as JsonValue };
  }

  function embedded(item: unknown): FunctionValue {
    const object =
      type.kind === "embed" ? model.valueObjects?.find(({ name }) => name === type.valueObject) : undefined;
    if (!object || typeof item !== "object" || item === null || Array.isArray(item)) {
      return { refused: "Give an object of its parts." };
    }
    const parts: Record<string, JsonValue> = {};
    for (const attribute of object.attributes) {
      const part = functionValue(attribute.type, (item as Record<string, unknown>)[attribute.name], model);
      if ("refused" in part) return { refused: `${attribute.name}: ${part.refused}` };
      if (part.value === null && attribute.required) return { refused: `${attribute.name}: Give a value.` };
      parts[attribute.name] = part.value;
    }
    return { value: parts };
  }
}

function listOf(input: unknown, read: (item: unknown) => FunctionValue): FunctionValue {
  if (!Array.isArray(input)) return { refused: "Give a list." };
  const values: JsonValue[] = [];
  for (const item of input) {
    const one = read(item);
    if ("refused" in one) return one;
    values.push(one.value);
  }
  return { value: values };
}
