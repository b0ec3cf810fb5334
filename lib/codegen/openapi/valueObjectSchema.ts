import type { Model, ValueObject } from "../../model/types.ts";
import { attributeSchema, documentedDefault } from "./attributeSchema.ts";
import { type JsonSchema, orNull } from "./JsonSchema.ts";
import { described } from "./prose.ts";

/** A value object as it is given and shown; answers show every part, if only as null. */
export function valueObjectSchema({ describe, attributes }: ValueObject, model: Model): JsonSchema {
  const required = attributes.filter((attribute) => attribute.required && attribute.default === undefined);
  const properties = attributes.map((attribute): [string, JsonSchema] => {
    const schema = { ...attributeSchema(attribute, model, "output"), ...documentedDefault(attribute, model) };
    return [attribute.name, attribute.required ? schema : orNull(schema)];
  });
  return {
    type: "object",
    ...described(describe),
    properties: Object.fromEntries(properties),
    additionalProperties: false,
    ...(required.length > 0 ? { required: required.map(({ name }) => name) } : {}),
  };
}
