import type { JsonSchema } from "#lib/codegen/openapi/JsonSchema.ts";
import type { Parameter } from "#lib/codegen/openapi/Operation.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { Random } from "#tests/support/Random.ts";
import type { Api, ApiOperation } from "./Api.ts";
import type { ApiRequest } from "./ApiRequest.ts";
import type { ValueMaker } from "./ValueMaker.ts";

export interface Making {
  readonly api: Api;
  readonly random: Random;
  readonly values: ValueMaker;
}

/** A request in parts, of which a careless client may spoil any. */
export interface MadeRequest {
  readonly operation: ApiOperation;
  /** Of the path, by name. */
  readonly segments: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly mediaType: string | null;
  /** As JSON; undefined for none and for bytes. */
  readonly json: JsonValue | undefined;
  readonly schema: JsonSchema | null;
  /** Of a table of records. */
  readonly csv?: string;
}

/** A request that the document allows. Throws NoValue where it needs a record and none is known. */
export function validRequest(operation: ApiOperation, making: Making): MadeRequest {
  const { random, values } = making;
  const segments: Record<string, string> = {};
  const query: (readonly [string, string])[] = [];
  const headers: Record<string, string> = {};
  const body = bodyOf(operation, making);
  for (const parameter of operation.parameters) {
    const { name, schema } = parameter;
    // What listens understands lists by the names of resources, which the schemas do not say.
    if (parameter.style === "deepObject" && !operation.path.startsWith("/rest/")) continue;
    switch (parameter.in) {
      case "path":
        segments[name] = String(values.value(schema));
        break;
      case "header":
        if (parameter.required || random.chance(10)) headers[name] = headerOf(parameter, making);
        break;
      case "query":
        if (parameter.required || random.chance(name === "filter" ? 45 : 20)) query.push(...pairs(parameter, making));
    }
  }
  const others = Object.keys(operation.answers.get(200)?.content ?? {}).filter((type) => !type.includes("*"));
  if (others.length > 1 && random.chance(15)) headers.Accept = random.pick(others);
  // Most of what is there stays, so that there is something to ask about.
  if (operation.method === "DELETE" && !random.chance(segments.id === undefined ? 5 : 40))
    headers.Prefer = "tx=rollback";
  // A record is found by fields that the body gives.
  const by = query.find(([name]) => name === "by")?.[1].split(",") ?? [];
  const json =
    by.length > 0 && body.csv === undefined ? withMembers(body.json, { ...body, names: by }, making) : body.json;
  // A list of new records comes without related ones.
  const isList = Array.isArray(json) && operation.method === "POST";
  // In JSON:API fields are chosen by type.
  const isDocument = headers.Accept?.includes("vnd.api") ?? false;
  const isLeftOut = (name: string) =>
    (isList && name === "include") ||
    (isDocument && name === "fields") ||
    // A table says all there is to say.
    (body.csv !== undefined && name !== "by");
  const fitting = query.filter(([name]) => !isLeftOut(name));
  return { operation, segments, query: fitting, headers, ...body, json };
}

type Body = Pick<MadeRequest, "mediaType" | "json" | "schema" | "csv">;

function bodyOf({ body }: ApiOperation, { random, values }: Making): Body {
  if (!body || (!body.required && random.chance(30))) return { mediaType: null, json: undefined, schema: null };
  const shape = body.content["application/json"]?.schema;
  const row = shape?.oneOf?.[1]?.items;
  if (row && body.content["text/csv"] && random.chance(12)) {
    const csv = csvOf(values.value(row));
    if (csv !== null) return { mediaType: "text/csv", json: undefined, schema: null, csv };
  }
  const sendable = Object.entries(body.content).filter(([type]) => isPlain(type) || !/json|csv/.test(type));
  const [mediaType, { schema }] = random.pick(sendable);
  if (!isPlain(mediaType)) return { mediaType: mediaType.replace("/*", "/x-test"), json: undefined, schema: null };
  return { mediaType, json: values.value(schema), schema };
}

/** A table of one record, with what fits into a cell; null where nothing does. */
function csvOf(record: JsonValue): string | null {
  const cells = Object.entries(record as Readonly<Record<string, JsonValue>>).filter(
    ([, value]) => typeof value !== "object" && value !== null,
  );
  if (cells.length === 0) return null;
  const line = (texts: readonly string[]) => texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(",");
  return `${line(cells.map(([name]) => name))}\r\n${line(cells.map(([, value]) => String(value)))}\r\n`;
}

export const isJson = (mediaType: string) => /^application\/(json|[-\w.]+\+json)$/.test(mediaType);

/** Whether its schema says all of what is to be sent. */
const isPlain = (mediaType: string) => isJson(mediaType) && mediaType !== "application/vnd.api+json";

interface Wanted {
  readonly schema: JsonSchema | null;
  readonly names: readonly string[];
}

function withMembers(json: JsonValue | undefined, { schema, names }: Wanted, { api, values }: Making) {
  if (typeof json !== "object" || json === null || !schema) return json;
  const { properties = {} } = api.schema(schema);
  const given = names.map((name): [string, JsonValue] => {
    let value = (json as Record<string, JsonValue>)[name] ?? null;
    for (let attempt = 0; value === null && attempt < 20; attempt++) value = values.value(properties[name] ?? {});
    return [name, value];
  });
  // A key and a new record in its place exclude each other.
  const excluded = names.flatMap((name) => (name.endsWith("Id") ? [name.slice(0, -2)] : []));
  const kept = Object.entries(json).filter(([name]) => !excluded.includes(name));
  return Object.fromEntries([...kept, ...given]);
}

function headerOf({ name, example, schema }: Parameter, { random, values }: Making): string {
  switch (name) {
    case "Prefer":
      return random.pick(["return=minimal", "tx=rollback", "return=representation", "return=minimal, tx=rollback"]);
    case "If-Match":
      return "*";
    case "Idempotency-Key":
      return `"${String(values.value({ type: "string", format: "uuid" }))}"`;
    case "If-None-Match":
      return random.pick(['"1"', 'W/"2"', '"none"', "*"]);
    case "Range":
      return random.pick(["bytes=0-1", "bytes=-1", "lines=1-2", "bytes=0-"]);
    default:
      return String(example ?? values.value(schema));
  }
}

/** A parameter of the query as its style writes it. */
function pairs(parameter: Parameter, making: Making): readonly (readonly [string, string])[] {
  const { name, style, schema } = parameter;
  if (style === "deepObject") return deepPairs(parameter, making);
  const value = making.values.value(schema);
  if (Array.isArray(value)) {
    const items = [...new Set(value.map((item) => textOf(item)))];
    return items.length > 0 || parameter.required ? [[name, (items.length > 0 ? items : ["x"]).join(",")]] : [];
  }
  return style === "form" || value !== null ? [[name, textOf(value)]] : [];
}

function deepPairs(parameter: Parameter, making: Making): readonly (readonly [string, string])[] {
  const { name, schema, required = false } = parameter;
  if (name === "filter") {
    if (required && making.random.chance(30)) return [["filter", "all"]];
    const whole = making.api.schema(schema.anyOf?.[0] ?? schema);
    return filterPairs(whole, making);
  }
  if (name === "page") return [["page[size]", textOf(making.values.value(schema.properties?.size ?? {}))]];
  const value = making.values.value({ ...schema, minProperties: 1 });
  return deep(name, value);
}

function deep(name: string, value: JsonValue): readonly (readonly [string, string])[] {
  if (typeof value !== "object" || value === null) return [[name, textOf(value)]];
  return Object.entries(value).flatMap(([key, inner]) => deep(`${name}[${key}]`, inner));
}

function filterPairs(
  { properties = {} }: JsonSchema,
  { random, values }: Making,
): readonly (readonly [string, string])[] {
  const fields = Object.entries(properties).filter(([, { properties: operators }]) => operators);
  const count = 1 + random.below(2);
  return Array.from({ length: count }, (_, index) => {
    const [field, { properties: operators = {} }] = random.pick(fields);
    const [operator, schema] = random.pick(Object.entries(operators));
    const group = random.chance(20) ? random.pick([`[or][${index}]`, "[not]", "[and][0]"]) : "";
    const value = values.value(schema);
    const text = Array.isArray(value)
      ? value.map((item) => textOf(item).replace(/[\\,]/g, "\\$&")).join(",")
      : textOf(value);
    return [`filter${group}[${field}][${operator}]`, text] as const;
  });
}

const textOf = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The request as it goes over the wire. */
export function wireRequest({ operation, segments, query, headers, mediaType, json, csv }: MadeRequest): ApiRequest {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(segments[name] ?? ""));
  const pairsText = query.map(([name, value]) => `${encodeName(name)}=${encodeURIComponent(value)}`).join("&");
  const body =
    mediaType === null ? null : json === undefined ? (csv ?? "The content of a file.") : JSON.stringify(json);
  return {
    method: operation.method,
    path: pairsText === "" ? path : `${path}?${pairsText}`,
    headers: { ...headers, ...(mediaType !== null && { "content-type": mediaType }) },
    body,
  };
}

const encodeName = (name: string) => encodeURIComponent(name).replace(/%5B/g, "[").replace(/%5D/g, "]");
