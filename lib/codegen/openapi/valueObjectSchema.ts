import type { ValueObject } from "../../model/types.ts";
import { attributeSchema, documentedDefault } from "./attributeSchema.ts";
import { type JsonSchema, orNull } from "./JsonSchema.ts";

/** A value object as it is given and shown; answers show every part, if only as null. */
export function valueObjectSchema({ describe, attributes }: ValueObject): JsonSchema {
  const required = attributes.filter((attribute) => attribute.required && attribute.default === undefined);
  const properties = attributes.map((attribute): [string, JsonSchema] => {
    const schema = { ...attributeSchema(attribute), ...documentedDefault(attribute) };
    return [attribute.name, attribute.required ? schema : orNull(schema)];
  });
  return {
    type: "object",
    ...(describe === undefined ? {} : { description: describe }),
    properties: Object.fromEntries(properties),
    additionalProperties: false,
    ...(required.length > 0 ? { required: required.map(({ name }) => name) } : {}),
  };
}
