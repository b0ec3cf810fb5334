import type { JsonValue } from "../../model/types.ts";

/** The part of JSON Schema 2020-12 that OpenAPI 3.1 documents of apps use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly title?: string;
  readonly description?: string;
  readonly const?: JsonValue;
  readonly enum?: readonly JsonValue[];
  readonly default?: JsonValue;
  readonly examples?: readonly JsonValue[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly readOnly?: boolean;
  readonly deprecated?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly minProperties?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  /** Never logged, never exported. */
  readonly "x-sensitive"?: boolean;
  /** Bounds of what travels as a string but has an order, both included. */
  readonly "x-minimum"?: string;
  readonly "x-maximum"?: string;
  /** The resource whose key this is. */
  readonly "x-refers-to"?: string;
}

export const refTo = (schema: string): JsonSchema => ({ $ref: `#/components/schemas/${schema}` });

/** The same schema, or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type } = schema;
  if (type !== undefined) {
    const types = [type].flat();
    return { ...schema, type: [...types, "null"], ...(schema.enum ? { enum: [...schema.enum, null] } : {}) };
  }
  return schema.oneOf || schema.anyOf || schema.$ref ? { anyOf: [schema, { type: "null" }] } : schema;
}
