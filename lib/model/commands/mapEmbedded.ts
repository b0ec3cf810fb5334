import type { Attribute, AttributeType, JsonValue, Model, ValueObject } from "../types.ts";
import { withValueObjects } from "./attributeOwner.ts";
import { mapSame, withResource } from "./Change.ts";

type Parts = Readonly<Record<string, JsonValue>>;

/** The model with every written value of a value object (in defaults and examples) replaced. */
export function mapEmbedded(model: Model, valueObject: string, change: (parts: Parts) => Parts): Model {
  const byName = new Map((model.valueObjects ?? []).map((each) => [each.name, each]));
  const mapped = (attribute: Attribute) => mapAttribute(attribute, (type, value) => mapValue(type, value));
  const mapValue = (type: AttributeType, value: JsonValue): JsonValue => {
    if (type.kind !== "embed") return value;
    if (Array.isArray(value))
      return value.map((item) => mapValue({ kind: "embed", valueObject: type.valueObject }, item));
    if (!isParts(value)) return value;
    const inner = mapParts(value, byName.get(type.valueObject), mapValue);
    return type.valueObject === valueObject ? change(inner) : inner;
  };
  const resources = model.resources.reduce((current, resource) => {
    const attributes = mapSame(resource.attributes, mapped);
    return attributes === resource.attributes ? current : withResource(current, { ...resource, attributes });
  }, model);
  const valueObjects = mapSame(model.valueObjects ?? [], (each) => {
    const attributes = mapSame(each.attributes, mapped);
    return attributes === each.attributes ? each : { ...each, attributes };
  });
  return withValueObjects(resources, valueObjects);
}

function mapAttribute(attribute: Attribute, map: (type: AttributeType, value: JsonValue) => JsonValue): Attribute {
  const { type, default: value, example } = attribute;
  if (type.kind !== "embed") return attribute;
  const fresh: Attribute = {
    ...attribute,
    ...(value?.kind === "literal" ? { default: { kind: "literal", value: map(type, value.value) } } : {}),
    ...(example === undefined ? {} : { example: map(type, example) }),
  };
  return JSON.stringify(fresh) === JSON.stringify(attribute) ? attribute : fresh;
}

function mapParts(
  parts: Parts,
  valueObject: ValueObject | undefined,
  map: (type: AttributeType, value: JsonValue) => JsonValue,
): Parts {
  const entries = Object.entries(parts).map(([name, value]) => {
    const part = valueObject?.attributes.find((attribute) => attribute.name === name);
    return [name, part ? map(part.type, value) : value] as const;
  });
  return Object.fromEntries(entries);
}

function isParts(value: JsonValue): value is Parts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
