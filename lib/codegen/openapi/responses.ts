import type { Drawing } from "./Drawing.ts";
import { type JsonSchema, refTo } from "./JsonSchema.ts";
import { jsonApiDocument } from "./jsonApi.ts";
import type { Content, Header, MediaType, Reference, Response, Responses } from "./Operation.ts";

/** A schema of the document and its example. */
export function media(schema: string, drawing: Drawing): MediaType {
  return Object.hasOwn(drawing.examples, schema)
    ? { schema: refTo(schema), examples: { example: exampleRef(schema) } }
    : { schema: refTo(schema) };
}

export const exampleRef = (name: string): Reference => ({ $ref: `#/components/examples/${name}` });

const headerRef = (name: HeaderName): Reference => ({ $ref: `#/components/headers/${name}` });

export const json = (schema: string, drawing: Drawing): Content => ({ "application/json": media(schema, drawing) });

/** In both forms in which records are answered. */
export const records = (schema: string, drawing: Drawing): Content => ({
  ...json(schema, drawing),
  ...jsonApiDocument,
});

interface Answered {
  readonly description: string;
  readonly headers?: readonly HeaderName[];
  readonly content?: Content;
}

/** An answer to a request that was done, with the headers that every answer may have. */
export function answer({ description, headers = [], content }: Answered, { limited }: Drawing): Response {
  return {
    description,
    headers: headerRefs([...headers, ...alwaysHeaders(limited)]),
    ...(content && { content }),
  };
}

/** The headers that every answer has, whatever it is. */
export const alwaysHeaders = (limited: boolean): readonly HeaderName[] =>
  limited ? ["Gantry-Release", "RateLimit", "RateLimit-Policy"] : ["Gantry-Release"];

export const headerRefs = (names: readonly HeaderName[]) =>
  Object.fromEntries(names.map((name) => [name, headerRef(name)]));

/** Refusals named in components/responses: those that every operation can meet, and those of this one. */
export function refusals(...statuses: readonly number[]): Responses {
  const all = [...new Set([400, 401, 403, 406, 429, 503, 504, ...statuses])].sort();
  return Object.fromEntries(all.map((status) => [status, { $ref: `#/components/responses/${status}` }]));
}

const text = (pattern?: string): JsonSchema => ({ type: "string", ...(pattern !== undefined && { pattern }) });

const rateItem = '"[a-z]+"';

/** Every header that an answer may carry beside its content. */
export const headers = {
  ETag: {
    description: "The version of what is answered, for `If-Match` and `If-None-Match`.",
    schema: text('^(W/)?"[^"]+"$'),
    example: '"3"',
  },
  Location: {
    description: "Where the one created is found, on this host.",
    schema: text("^/"),
    example: "/rest/v1/…/0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e",
  },
  "Preference-Applied": {
    description: "Which of the preferences that the request named by `Prefer` were followed.",
    schema: text("^[a-z-]+=[a-z]+(, [a-z-]+=[a-z]+)*$"),
    example: "return=minimal",
  },
  "Idempotency-Replayed": {
    description: "`true` where this is what an earlier request with the same `Idempotency-Key` was answered.",
    schema: { type: "string", enum: ["true"] },
    example: "true",
  },
  "Gantry-Release": {
    description: "The number of the app's release that has answered.",
    required: true,
    schema: text("^\\d+$"),
    example: "12",
  },
  RateLimit: {
    description: "Of each rate: how many requests are left, and in how many seconds there is one more.",
    schema: text(`^${rateItem};r=\\d+;t=\\d+(, ${rateItem};r=\\d+;t=\\d+)*$`),
    example: '"key";r=99;t=1',
  },
  "RateLimit-Policy": {
    description: "The rates that the request was counted against: so many requests in so many seconds.",
    schema: text(`^${rateItem};q=\\d+;w=\\d+(, ${rateItem};q=\\d+;w=\\d+)*$`),
    example: '"key";q=100;w=60',
  },
  "Retry-After": {
    description: "In how many seconds to try again.",
    required: true,
    schema: text("^\\d+$"),
    example: "1",
  },
  "WWW-Authenticate": {
    description: "How to say who you are.",
    required: true,
    schema: text("^Bearer "),
    example: 'Bearer realm="api"',
  },
  Deprecation: {
    description: "Since when something that the request names is deprecated (RFC 9745).",
    schema: text("^@-?\\d+$"),
    example: "@1767225600",
  },
  Sunset: {
    description: "When something that the request names may go (RFC 8594).",
    schema: text(" GMT$"),
    example: "Fri, 01 Jan 2027 00:00:00 GMT",
  },
  Link: {
    description: "Of CSV: where the next and the previous page are found (RFC 8288).",
    schema: text('^<[^>]*>; rel="?[a-z]+"?'),
    example: '</rest/v1/records?page[after]=…>; rel="next"',
  },
  "Accept-Ranges": { description: "Parts can be asked for by `Range`.", schema: text("^bytes$"), example: "bytes" },
  "Content-Range": {
    description: "Which part of the content this is.",
    required: true,
    schema: text("^bytes \\d+-\\d+/\\d+$"),
    example: "bytes 0-99/48213",
  },
  "Content-Disposition": {
    description: "The name of the file; it is to be saved, not shown.",
    schema: text("^attachment; "),
    example: 'attachment; filename="contract.pdf"',
  },
} as const satisfies Record<string, Header>;

export type HeaderName = keyof typeof headers;
