import type { AttributeType, JsonValue, Model } from "../../../model/types.ts";
import { readMoney } from "../../../model/values/canonicalMoney.ts";

/** A canonical value of the model as the API shows it: money in two parts, wherever it stands. */
export function documentedValue(type: AttributeType, value: JsonValue, model: Model): JsonValue {
  switch (type.kind) {
    case "money": {
      const money = typeof value === "string" ? readMoney(value, type.currency) : null;
      return money ? { amount: money.amount, currency: money.currency } : value;
    }
    case "list":
      return isList(value) ? value.map((item) => documentedValue(type.of, item, model)) : value;
    case "embed":
      if (isList(value)) return value.map((item) => parts(type.valueObject, item, model));
      return parts(type.valueObject, value, model);
    default:
      return value;
  }
}

function parts(name: string, value: JsonValue, model: Model): JsonValue {
  if (typeof value !== "object" || value === null || isList(value)) return value;
  const attributes = model.valueObjects?.find((valueObject) => valueObject.name === name)?.attributes ?? [];
  const shown = Object.entries(value).map(([key, part]): [string, JsonValue] => {
    const attribute = attributes.find((candidate) => candidate.name === key);
    return [key, attribute && part !== null ? documentedValue(attribute.type, part, model) : part];
  });
  return Object.fromEntries(shown);
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
