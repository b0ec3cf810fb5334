import type { JsonValue } from "../../model/types.ts";

/** The part of JSON Schema 2020-12 that OpenAPI 3.1 documents of apps use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly JsonValue[];
  readonly default?: JsonValue;
  readonly examples?: readonly JsonValue[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly readOnly?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  /** Never logged, never exported. */
  readonly "x-sensitive"?: boolean;
}

export const refTo = (schema: string): JsonSchema => ({ $ref: `#/components/schemas/${schema}` });

/** The same schema, or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  if (typeof schema.type === "string") {
    return { ...schema, type: [schema.type, "null"], ...(schema.enum ? { enum: [...schema.enum, null] } : {}) };
  }
  return schema.type || schema.oneOf || schema.anyOf || schema.$ref ? { anyOf: [schema, { type: "null" }] } : schema;
}
