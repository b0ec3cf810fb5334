import { type ErrorCode, errorCodes } from "../../errors/codes.ts";
import type { JsonValue } from "../../model/types.ts";
import { type JsonSchema, refTo } from "./JsonSchema.ts";
import { jsonApiErrors } from "./jsonApi.ts";
import type { Example, Response } from "./Operation.ts";
import { alwaysHeaders, type HeaderName, headerRefs } from "./responses.ts";

/** Codes that the REST API of an app never answers: of the builder, of GraphQL, and of defects. */
const elsewhere: readonly string[] = ["invalid_model", "method_not_allowed", "internal"];

/** RFC 9457 with the extensions that every error of an app carries. */
export const problemSchema: JsonSchema = {
  type: "object",
  description: "What went wrong and what to do about it (RFC 9457).",
  required: ["type", "title", "status", "detail", "code"],
  properties: {
    type: { type: "string", format: "uri-reference", description: "The page that explains the code." },
    title: { type: "string", description: "The same for every error of the code." },
    status: { type: "integer", minimum: 400, maximum: 599, description: "The status of the answer." },
    detail: { type: "string", description: "A sentence that says what to do." },
    code: { type: "string", enum: Object.keys(errorCodes), description: "Stable; match on this." },
    errors: {
      type: "array",
      description: "Everything that is wrong with the request, one entry a field.",
      items: {
        type: "object",
        required: ["field", "rule", "message"],
        properties: {
          field: { type: "string", description: "Where, in the terms of the request: `lines.0.quantity`." },
          rule: { type: "string", description: "Which rule was broken, such as `required` or `maxLength`." },
          message: { type: "string", description: "A sentence that says what to do." },
          key: { type: "string", description: "Of a change of many records: the key of the one that it is about." },
          line: { type: "integer", description: "Of a table of records: the line that it is about." },
          allowed: { type: "array", items: { type: "string" }, description: "What would have been legal." },
        },
      },
    },
  },
};

const headersOf: Readonly<Record<number, readonly HeaderName[]>> = {
  401: ["WWW-Authenticate"],
  429: ["Retry-After"],
  503: ["Retry-After"],
};

/** One shared response for each status that an app can refuse with, with an example of each of its codes. */
export function refusalResponses(problem: string, limited: boolean): Record<string, Response> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const [code, { status }] of Object.entries(errorCodes)) {
    if (!elsewhere.includes(code)) byStatus.set(status, [...(byStatus.get(status) ?? []), code as ErrorCode]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]): [string, Response] => {
      const names = [...(headersOf[status] ?? []), ...alwaysHeaders(limited)];
      return [
        String(status),
        {
          description: `${codes.map((code) => `${errorCodes[code].title} (\`${code}\`)`).join("; ")}.`,
          headers: headerRefs(names),
          content: {
            "application/problem+json": { schema: refTo(problem), examples: examplesOf(codes) },
            ...(status >= 500 ? {} : jsonApiErrors),
          },
        },
      ];
    }),
  );
}

function examplesOf(codes: readonly ErrorCode[]): Record<string, Example> {
  return Object.fromEntries(
    codes.map((code) => {
      const { status, title } = errorCodes[code];
      const { detail, errors } = { detail: `${title}.`, errors: undefined, ...occurrences[code] };
      const value = { type: `/docs/errors#${code}`, title, status, detail, code, ...(errors && { errors }) };
      return [code, { summary: title, value }];
    }),
  );
}

interface Occurrence {
  readonly detail: string;
  readonly errors?: readonly { readonly [key: string]: JsonValue }[];
}

/** How some of the codes are told. */
const occurrences: Readonly<Partial<Record<ErrorCode, Occurrence>>> = {
  invalid_request: { detail: "The body is not valid JSON." },
  unknown_field: {
    detail: "The query names things that there are not.",
    errors: [{ field: "sort", rule: "unknown", message: "Did you mean title?", allowed: ["id", "title"] }],
  },
  invalid_cursor: {
    detail: "Take the cursor from `page` of an answer to the same list.",
    errors: [{ field: "page[after]", rule: "cursor", message: "Take the cursor from `page` as it is." }],
  },
  unauthenticated: { detail: "Send a valid API key: Authorization: Bearer gk_…." },
  plan_limit: {
    detail: "This app answers reads alone until the month (UTC) is over. Reads go on, and nothing is lost.",
  },
  forbidden: { detail: "You may not do this." },
  not_found: { detail: "There is no record with this key." },
  not_acceptable: { detail: "This API answers application/json." },
  conflict: {
    detail: "Another record has the same code.",
    errors: [{ field: "code", rule: "unique", message: "Another record has this value." }],
  },
  version_mismatch: { detail: "The record has changed since. Read it again and make the change anew." },
  payload_too_large: { detail: "Send at most 1048576 bytes at once." },
  unsupported_media_type: { detail: "Send the body as application/json." },
  invalid_input: {
    detail: "Some values are not acceptable.",
    errors: [{ field: "title", rule: "required", message: "Give a value." }],
  },
  rate_limited: { detail: "Send fewer requests: wait 1 second now." },
  unavailable: { detail: "The app's database cannot be reached. Try again in a moment." },
};
