import { type ErrorCode, errorCodes } from "#lib/errors/codes.ts";
import type { JsonSchema } from "../JsonSchema.ts";
import type { Reference, Response } from "./documentTypes.ts";

/** Codes that only the APIs of apps answer, and one that is of no operation. */
const elsewhere: readonly string[] = [
  "method_not_allowed",
  "position_gone",
  "not_acceptable",
  "forbidden_field",
  "version_required",
];

const text = (description: string): JsonSchema => ({ type: "string", description });

/** RFC 9457, with what every error of Gantry carries. */
export const problemSchema: JsonSchema = {
  type: "object",
  description: "What went wrong and what to do about it (RFC 9457).",
  required: ["type", "title", "status", "detail", "code", "errors", "requestId"],
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: text("The same for every error of the code."),
    status: { type: "integer", minimum: 400, maximum: 599, description: "The status of the answer." },
    detail: text("A sentence that says what to do."),
    code: { enum: Object.keys(errorCodes), description: "Stable; match on this." },
    requestId: text("Names the request to whoever runs Gantry."),
    errors: {
      type: "array",
      description: "Everything that is wrong with the request, one entry a field.",
      items: {
        type: "object",
        required: ["field", "rule", "message"],
        properties: {
          field: text("Where, in the terms of the request: `lines.0.quantity`."),
          rule: text("Which rule was broken, such as `required` or `maxLength`."),
          message: text("A sentence that says what to do."),
          allowed: { type: "array", items: { type: "string" }, description: "What would have been legal." },
          key: text("Of a change of many: the key of the one that it is about."),
          line: { type: "number", description: "Of a table that was sent: the line that it is about." },
        },
      },
    },
  },
};

/** Headers that every answer of the API has. */
const always: Readonly<Record<string, Reference>> = refs(["X-Request-Id"]);

/** Those of an answer to a token that was counted. */
export const counted: Readonly<Record<string, Reference>> = refs(["X-Request-Id", "RateLimit", "RateLimit-Policy"]);

export function refs(names: readonly string[]): Readonly<Record<string, Reference>> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

const header = (description: string, type: "string" | "integer" = "string") => ({ description, schema: { type } });

export const headers = {
  "X-Request-Id": header("Names the request to whoever runs Gantry."),
  RateLimit: header('What is left of the token\'s rate: `"token";r=599;t=60`.'),
  "RateLimit-Policy": header('The token\'s rate: `"token";q=600;w=60`.'),
  "Retry-After": header("Seconds to wait.", "integer"),
  "WWW-Authenticate": header("How to show who one is."),
  Location: header("Where what was made, or its progress, is to be had."),
  ETag: header("Names this state; send it back as `If-None-Match`."),
  Link: header('The next page, as `<…>; rel="next"`; missing on the last.'),
} as const;

const headersOf: Readonly<Record<number, readonly string[]>> = {
  401: ["WWW-Authenticate"],
  429: ["Retry-After"],
};

/** One response for each status of a refusal. */
export function refusals(): Record<string, Response> {
  const byStatus = Map.groupBy(
    Object.entries(errorCodes).filter(([code]) => !elsewhere.includes(code)) as [ErrorCode, { status: number }][],
    ([, { status }]) => status,
  );
  return Object.fromEntries(
    [...byStatus].map(([status, codes]): [string, Response] => [
      String(status),
      {
        description: `${codes.map(([code]) => `${errorCodes[code].title} (\`${code}\`)`).join("; ")}.`,
        headers: { ...always, ...refs(headersOf[status] ?? []) },
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]),
  );
}

/** The statuses that any operation can be refused with. */
export const everyRefusal = [400, 401, 402, 403, 404, 409, 412, 422, 429, 500, 503, 504] as const;

/** Those of operations that take a body besides. */
export const bodyRefusals = [413, 415] as const;
