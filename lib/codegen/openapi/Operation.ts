import type { JsonValue } from "../../model/types.ts";
import type { JsonSchema } from "./JsonSchema.ts";

export interface Reference {
  readonly $ref: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: "query" | "path" | "header";
  readonly required?: boolean;
  readonly deprecated?: boolean;
  readonly description?: string;
  readonly style?: "deepObject" | "form";
  readonly explode?: boolean;
  readonly schema: JsonSchema;
  readonly example?: JsonValue;
}

export interface Header {
  readonly description: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
  readonly example?: JsonValue;
}

export interface Example {
  readonly summary?: string;
  readonly value: JsonValue;
}

export interface MediaType {
  readonly schema: JsonSchema;
  readonly examples?: Readonly<Record<string, Example | Reference>>;
}

export type Content = Readonly<Record<string, MediaType>>;

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header | Reference>>;
  readonly content?: Content;
}

export type Responses = Readonly<Record<string, Response | Reference>>;

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly deprecated?: boolean;
  readonly tags: readonly string[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: {
    readonly description?: string;
    readonly required: boolean;
    readonly content: Content;
  };
  readonly responses: Responses;
}

export const methods = ["get", "post", "put", "patch", "delete"] as const;

export type PathItem = { readonly [method in (typeof methods)[number]]?: Operation } & {
  readonly parameters?: readonly (Parameter | Reference)[];
};
