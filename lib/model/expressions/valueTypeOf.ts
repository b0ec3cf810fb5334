import type { ValueType } from "../../expression/ValueType.ts";
import type { AttributeType, Model } from "../types.ts";

const plain = { kind: "json" } as const;

/** What expressions see of an attribute of a type; `json` where they can only ask whether a value is there. */
export function valueTypeOf(type: AttributeType, model: Pick<Model, "valueObjects">): ValueType {
  return typeWithin(type, model, []);
}

function typeWithin(type: AttributeType, model: Pick<Model, "valueObjects">, outer: readonly string[]): ValueType {
  switch (type.kind) {
    case "text":
    case "email":
    case "url":
    case "phone":
    case "sequence":
      return { kind: "text" };
    case "integer":
      return { kind: "integer", bits: 32 };
    case "bigint":
      return { kind: "integer" };
    case "choice":
      return { kind: "choice", options: type.options.map(({ name }) => name) };
    case "list":
      return { kind: "list", of: typeWithin(type.of, model, outer) };
    case "embed": {
      const object = objectType(type.valueObject, model, outer);
      return type.many ? { kind: "list", of: object } : object;
    }
    case "file":
    case "vector":
    case "encrypted":
      return plain;
    case "decimal":
    case "money":
    case "boolean":
    case "date":
    case "time":
    case "timestamp":
    case "duration":
    case "uuid":
    case "json":
      return { kind: type.kind };
  }
}

/** A value object that holds itself is refused elsewhere; here it only must come to an end. */
function objectType(name: string, model: Pick<Model, "valueObjects">, outer: readonly string[]): ValueType {
  const object = model.valueObjects?.find((candidate) => candidate.name === name);
  if (!object || outer.includes(name)) return plain;
  const members = object.attributes.map((attribute) => ({
    name: attribute.name,
    type: typeWithin(attribute.type, model, [...outer, name]),
    field: { resource: name, member: attribute.name },
  }));
  return { kind: "object", name, members };
}
