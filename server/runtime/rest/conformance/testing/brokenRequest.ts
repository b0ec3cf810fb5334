import type { JsonSchema } from "#lib/codegen/openapi/JsonSchema.ts";
import type { DocumentSchemas } from "#lib/codegen/openapi/testing/DocumentSchemas.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { ApiRequest } from "./ApiRequest.ts";
import { type MadeRequest, type Making, wireRequest } from "./validRequest.ts";

/** A request that a careless or a malicious client sends. */
export interface BrokenRequest {
  readonly how: string;
  readonly request: ApiRequest;
  /** The statuses that it may be answered with; absent leaves it to the document. */
  readonly expected?: readonly number[];
  /** The path has no such operation. */
  readonly isOffPath?: true;
}

type Breaking = Making & { readonly schemas: DocumentSchemas };
type Break = (made: MadeRequest, breaking: Breaking) => BrokenRequest | null;

/** Nobody may do this, or may do it so; what is not there hides what is wrong with it. */
const refused = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428];

/** The request spoiled in one of many ways. */
export function brokenRequest(made: MadeRequest, breaking: Breaking): BrokenRequest {
  for (;;) {
    const broken = breaking.random.pick(breaks)(made, breaking);
    if (broken) return broken;
  }
}

const withJson = (made: MadeRequest, json: JsonValue): ApiRequest => wireRequest({ ...made, json });

/** A body that the schema refuses, made from one that it takes. */
function spoiled(how: string, change: (at: Members, breaking: Breaking) => JsonValue | undefined): Break {
  return (made, breaking) => {
    const { schema } = made;
    const at = schema && membersOf(made.json, schema, breaking);
    if (!at) return null;
    const json = change(at, breaking);
    if (json === undefined || breaking.schemas.mismatch(schema, json) === null) return null;
    return { how, request: withJson(made, json), expected: refused };
  };
}

interface Members {
  readonly value: Readonly<Record<string, JsonValue>>;
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

function membersOf(value: unknown, given: JsonSchema, { api }: Breaking): Members | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const [first] = given.oneOf ?? [];
  const { properties = {}, required = [] } = api.schema(first ?? given);
  return { value: value as Members["value"], properties, required };
}

function oneProperty({ properties }: Members, { random, api }: Breaking) {
  const all = Object.entries(properties).map(([name, schema]) => [name, api.schema(schema)] as const);
  return all.length > 0 ? random.pick(all) : null;
}

/** Values of other types; numbers and texts pass for each other now and then. */
const strangers: readonly JsonValue[] = [true, { a: 1 }, [[]], [{}]];

const beyond = ({
  maximum,
  maxLength,
  maxItems,
  enum: options,
  minimum,
  minLength,
  type,
  format,
  items,
  ...schema
}: JsonSchema): JsonValue | undefined => {
  if (options) return "no_such_option";
  if (maximum !== undefined) return maximum + 1;
  if (minimum !== undefined) return minimum - 1;
  if (format === "int32") return 2147483648;
  if (maxLength !== undefined && type !== "array") return "x".repeat(maxLength + 1);
  if (minLength !== undefined && minLength > 0) return "";
  if (maxItems !== undefined) return Array.from({ length: maxItems + 1 }, () => items?.examples?.[0] ?? "x");
  if (schema.pattern !== undefined) return "~ \u0001 ~";
  switch (format) {
    case "date":
      return "2026-02-30";
    case "date-time":
      return "2026-01-31 09:30";
    case "uuid":
      return "0198c5f2";
    case "email":
      return "ada@";
    case "uri":
      return "example";
    default:
      return undefined;
  }
};

const mostSent = 1 << 20;

const ofPath = (made: MadeRequest, how: string, segment: string): BrokenRequest | null => {
  if (!made.operation.path.includes("{id}")) return null;
  const request = wireRequest({ ...made, segments: { ...made.segments, id: "@@" } });
  return {
    how,
    request: { ...request, path: request.path.replace("%40%40", segment) },
    // A body is looked at before a record that is not there.
    expected: refused,
  };
};

const ofQuery = (made: MadeRequest, how: string, pair: string): BrokenRequest => {
  const request = wireRequest(made);
  const path = `${request.path}${request.path.includes("?") ? "&" : "?"}${pair}`;
  return { how, request: { ...request, path } };
};

const reads = ({ operation }: MadeRequest) => operation.method === "GET";
const lists = ({ operation }: MadeRequest) =>
  operation.path.startsWith("/rest/") && operation.parameters.some(({ name }) => name === "filter");

const withHeaders = (made: MadeRequest, headers: Readonly<Record<string, string>>): ApiRequest => {
  const request = wireRequest(made);
  return { ...request, headers: { ...request.headers, ...headers } };
};

const breaks: readonly Break[] = [
  spoiled("a member of another type", (at, breaking) => {
    const property = oneProperty(at, breaking);
    return property ? { ...at.value, [property[0]]: breaking.random.pick(strangers) } : undefined;
  }),
  spoiled("a member left out", ({ value, required }, { random }) => {
    if (required.length === 0) return undefined;
    const { [random.pick(required)]: _, ...rest } = value;
    return rest;
  }),
  spoiled("a member that there is not", ({ value }, { random }) => ({
    ...value,
    [random.pick(["titel", "__proto__x", "", "constructor", "id\u0000"])]: 1,
  })),
  spoiled("a value out of bounds", (at, breaking) => {
    const property = oneProperty(at, breaking);
    const value = property && beyond(property[1]);
    return property && value !== null && value !== undefined ? { ...at.value, [property[0]]: value } : undefined;
  }),
  spoiled("null where there must be a value", ({ value, required }, { random }) =>
    required.length > 0 ? { ...value, [random.pick(required)]: null } : undefined,
  ),
  (made, { random }) => {
    if (made.json === undefined) return null;
    const json = random.pick<JsonValue>([null, "text", 5, [], [[]], [null], true]);
    return { how: "a body of another type", request: withJson(made, json), expected: refused };
  },
  (made, { random }) => {
    if (made.json === undefined) return null;
    const text = JSON.stringify(made.json);
    const body = random.pick([
      text.slice(0, -1),
      `${text}}`,
      `${text},`,
      "{",
      "{'a':1}",
      "\u0000",
      "nul",
      '{"a":1e}',
      `${"[".repeat(5000)}`,
      '{"a":"\\ud8"}',
    ]);
    return { how: "malformed JSON", request: { ...wireRequest(made), body }, expected: refused };
  },
  (made, breaking) => {
    const { random } = breaking;
    const json = made.schema && membersOf(made.json, made.schema, breaking)?.value;
    if (!json) return null;
    const texts = Object.entries(json).filter(([, value]) => typeof value === "string");
    if (texts.length === 0) return null;
    const [name] = random.pick(texts);
    const odd = random.pick([
      "a\u0000b",
      "\u202e",
      "🐘".repeat(50),
      "\ud800",
      "'; drop table x; --",
      "x".repeat(20_000),
      "\r\nX: y",
      "%00",
    ]);
    return { how: "an odd text", request: withJson(made, { ...json, [name]: odd }) };
  },
  (made, { random }) => {
    if (made.json === undefined) return null;
    const body = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d].slice(0, 3 + random.below(6)));
    return { how: "bytes that are no UTF-8", request: { ...wireRequest(made), body }, expected: refused };
  },
  (made, { random }) => {
    if (made.json === undefined) return null;
    const type = random.pick([
      "text/plain",
      "application/xml",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "nonsense",
      "image/png",
    ]);
    return { how: "another media type", request: withHeaders(made, { "content-type": type }), expected: refused };
  },
  (made) => {
    if (made.json === undefined) return null;
    const request = withHeaders(made, { "content-encoding": "gzip" });
    return { how: "a content encoding", request, expected: refused };
  },
  (made, { random }) => {
    if (made.json === undefined || !random.chance(15)) return null;
    const body = JSON.stringify({ filler: "x".repeat(mostSent) });
    return { how: "a body that is too large", request: { ...wireRequest(made), body }, expected: refused };
  },
  (made, { random }) => ofPath(made, "a key that is long", random.pick(["x", "9", "%20", "%C3%BC"]).repeat(3000)),
  (made, { random }) =>
    ofPath(
      made,
      "a key that is odd",
      random.pick([
        "%00",
        "%ff",
        "%zz",
        "%",
        "..",
        "a%2Fb",
        "%F0%9F%90%98",
        "'%20or%201=1",
        "null",
        "-1",
        "NaN",
        "%2e%2e",
        "+",
        "a+b",
        "1e9",
      ]),
    ),
  (made) => ofPath(made, "a key of nothing", "00000000-0000-4000-8000-00000000dead"),
  (made, { random }) => {
    if (!reads(made)) return null;
    const pair = random.pick([
      "nonsense=1",
      "filter[nope]=1",
      "filter[id][like]=1",
      "filter=1",
      "filter[or]=1",
      "filter[=1",
      "sort=nope",
      "sort=",
      "sort=-",
      "fields=nope",
      "fields=",
      "include=nope",
      "include=",
      "page[size]=0",
      "page[size]=99999",
      "page[size]=x",
      "page[number]=2",
      "page=1",
      "page[after]=x",
      "page[before]=%00",
      "count=all",
      "deleted=1",
      "count=exact&count=exact",
      "%zz=1",
      "a=%ff",
      "filter[id]=%00",
      "filter[id]=%f0%28%8c%28",
      "fields[nope]=id",
      "sort[nope]=id",
      "__proto__=1",
      "filter[__proto__][eq]=1",
      "=",
      "[]=1",
    ]);
    // JSON:API takes some of them, such as an empty include.
    const isOther = isFile(made) || made.headers.Accept !== undefined;
    return { ...ofQuery(made, `the query ${pair}`, pair), ...(isOther ? {} : { expected: refused }) };
  },
  (made, breaking) => {
    if (!lists(made)) return null;
    const { random } = breaking;
    const odd = random.pick([
      "%20",
      "a",
      "1",
      "-",
      "1e400",
      "\u0000",
      "🐘",
      "9".repeat(400),
      "2026-13-45",
      "true",
      "{}",
      "null",
      ",",
      "\\",
    ]);
    const { properties = {} } = filterOf(made, breaking);
    const [field, { properties: operators = {} }] = random.pick(
      Object.entries(properties).filter(([, { properties: known }]) => known),
    );
    const operator = random.pick(Object.keys(operators));
    return ofQuery(made, "an odd operand", `filter[${field}][${operator}]=${encodeURIComponent(odd)}`);
  },
  (made) =>
    lists(made)
      ? ofQuery(
          made,
          "many conditions",
          Array.from({ length: 120 }, (_, at) => `filter[or][${at}][id][isNull]=false`).join("&"),
        )
      : null,
  (made) => ofQuery(made, "a long query", `fields=${"id,".repeat(3000)}`),
  (made, { random, api }) => {
    const request = wireRequest(made);
    const known = api.methodsOf(made.operation.path);
    const method = random.pick(
      ["POST", "PUT", "PATCH", "DELETE", "GET", "PROPFIND", "LINK"].filter((each) => !known.includes(each)),
    );
    return {
      how: `the method ${method}`,
      request: { ...request, method },
      expected: [400, 401, 403, 404, 405, 406, 415, 422, 501],
      isOffPath: true,
    };
  },
  (made, { random }) => {
    const accept = random.pick(["text/html", "image/*", "application/xml", "nonsense", "text/plain;q=0.5"]);
    const expected = isFile(made) ? {} : { expected: [406, ...refused] };
    return { how: `Accept: ${accept}`, request: withHeaders(made, { accept }), ...expected };
  },
  (made, { random }) => {
    const authorization = random.pick(["Bearer gk_wrong", `Bearer ${"x".repeat(5000)}`, "Basic eDp5", "nonsense"]);
    const request = withHeaders(made, { authorization });
    // What is no bearer's is no key at all, and everybody may do something.
    return { how: "a key that is none", request, ...(authorization.startsWith("Bearer") && { expected: [401] }) };
  },
  (made, { random }) => {
    const actor = random.pick([
      "nonsense",
      "{}x",
      '{"roles":["nobody"]}',
      '{"kind":"robot"}',
      "[]",
      `{"id":"${"x".repeat(9000)}"}`,
      '{"attributes":{"a":1}}',
      "eyJ",
    ]);
    return {
      how: "an actor that is none",
      request: withHeaders(made, { "gantry-act-as": actor }),
      expected: [400, 403],
    };
  },
  (made, { random }) => {
    const [name, value] = random.pick([
      ["prefer", "x".repeat(5000)],
      ["prefer", "return=;;,=,tx"],
      ["if-match", "nonsense"],
      ["if-match", '"999999999999999999"'],
      ["if-match", `"${"9".repeat(500)}"`],
      ["if-none-match", "x".repeat(3000)],
      ["idempotency-key", ""],
      ["idempotency-key", "x".repeat(1000)],
      ["range", "bytes=9-1"],
      ["range", `bytes=${"9".repeat(30)}-`],
      ["accept-language", "x".repeat(8000)],
      ["origin", "null"],
      ["x-forwarded-for", "'; drop table"],
      ["content-length", "0"],
      ["x-http-method-override", "DELETE"],
      ["accept", `${"a/b,".repeat(2000)}*/*`],
    ] as const);
    if (name === "content-length" && made.mediaType !== null) return null;
    return { how: `the header ${name}: ${value.slice(0, 30)}`, request: withHeaders(made, { [name]: value }) };
  },
];

/** Of contents and streams, which are answered as they are. */
const isFile = ({ operation }: MadeRequest) =>
  !operation.path.startsWith("/rest/") ||
  [...operation.answers.values()].some(({ headers }) => Object.hasOwn(headers, "Content-Disposition")) ||
  (operation.body !== null && !Object.keys(operation.body.content).some((type) => type.includes("json"))) ||
  (operation.method === "DELETE" && !operation.answers.has(406));

function filterOf({ operation }: MadeRequest, { api }: Breaking): JsonSchema {
  const parameter = operation.parameters.find(({ name }) => name === "filter");
  return api.schema(parameter?.schema.anyOf?.[0] ?? parameter?.schema ?? {});
}
