import type { JsonSchema } from "./JsonSchema.ts";
import type { Response } from "./Operation.ts";

export const json = (schema: JsonSchema) => ({ "application/json": { schema } });

export const answer = (description: string, schema: JsonSchema): Response => ({ description, content: json(schema) });

/** Refusals named in components/responses; every operation can answer 401, 403 and 503. */
export const refusals = (...statuses: readonly number[]) =>
  Object.fromEntries(
    [401, 403, ...statuses, 503].map((status) => [status, { $ref: `#/components/responses/${status}` }]),
  );
