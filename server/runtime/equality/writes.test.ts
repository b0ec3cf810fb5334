import { buildSchema, type GraphQLObjectType, getNamedType, isLeafType, isObjectType } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { graphqlSdl } from "#lib/codegen/graphql/graphqlSdl.ts";
import type { OpenApiDocument } from "#lib/codegen/openapi/openApiDocument.ts";
import { manyField, mutationField } from "#lib/model/naming/actionFields.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { Random } from "#tests/support/Random.ts";
import { type ServedTemplate, servedTemplate, templateSources } from "#tests/support/servedTemplate.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { Api, type ApiOperation } from "../rest/conformance/testing/Api.ts";
import { Keys } from "../rest/conformance/testing/Keys.ts";
import { NoValue, ValueMaker } from "../rest/conformance/testing/ValueMaker.ts";

/**
 * The same random changes through REST and through GraphQL, on twin databases and by several actors: both come to the
 * same records, or are refused with the same code, fields and rules. SEED repeats a run.
 */

const seed = testSeed;
const changes = 400;

const member = (number: number) => `0197f000-0000-7000-8000-00030000000${number}`;
const actors: readonly (object | null)[] = [
  null,
  null,
  { id: member(1), roles: ["manager"] },
  { id: member(2), roles: ["sales"] },
  { id: member(6), roles: ["support"] },
  { roles: ["reader"] },
];

let byRest: ServedTemplate;
let byGraphql: ServedTemplate;
let model: Model;

beforeAll(async () => {
  [byRest, byGraphql] = await Promise.all([servedTemplate("crm"), servedTemplate("crm")]);
  const read = readModel(await templateSources("crm")).model;
  if (!read) throw new Error("The template has no model.");
  model = read;
});
afterAll(async () => {
  await byRest[Symbol.asyncDispose]();
  await byGraphql[Symbol.asyncDispose]();
});

/** What came of a change, in the words of neither protocol. */
interface Outcome {
  readonly code: string;
  readonly fields: readonly string[];
  readonly record: Readonly<Record<string, unknown>> | null;
  readonly affected: number | null;
}

interface Change {
  readonly operation: ApiOperation;
  readonly resource: Model["resources"][number];
  /** Of the model; `createMany` and the like are not among them. */
  readonly action: string;
  readonly several: boolean;
  readonly id: string | null;
  readonly by: string | null;
  readonly body: JsonValue | undefined;
  readonly actor: object | null;
}

/** Names of what a record shows in both: neither moments, which differ, nor values with parts. */
function shownFields(type: GraphQLObjectType): readonly string[] {
  return Object.values(type.getFields())
    .filter(({ args, type: of }) => args.length === 0 && isLeafType(getNamedType(of)))
    .filter(
      ({ name, type: of }) => getNamedType(of).name !== "DateTime" && name !== "globalId" && !/version/.test(name),
    )
    .map(({ name }) => name);
}

const headersOf = (actor: object | null, key: string): Record<string, string> => ({
  authorization: `Bearer ${key}`,
  "content-type": "application/json",
  ...(actor && { "gantry-act-as": JSON.stringify(actor) }),
});

interface FieldRefusal {
  readonly field: string;
  readonly rule: string;
  readonly key?: string | null;
}

const told = (fields: readonly FieldRefusal[] | undefined) =>
  [...new Set((fields ?? []).map(({ field, rule, key }) => `${field} ${rule} ${key ?? ""}`))].sort();

const none: Outcome = { code: "", fields: [], record: null, affected: null };

async function askRest(change: Change, shown: readonly string[]): Promise<Outcome> {
  const { operation, several, id, by, body, actor } = change;
  const query = new URLSearchParams({ ...(by !== null && { by }) }).toString();
  const isShown = !several && operation.method !== "DELETE";
  const path = `${operation.path.replace("{id}", id ?? "")}?${[query, isShown ? `fields=${shown.join()}` : ""].filter(Boolean).join("&")}`;
  const headers = { ...headersOf(actor, byRest.app.key), "if-match": "*" };
  const { "if-match": _, ...unconditional } = headers;
  const response = await fetch(byRest.app.url + path, {
    method: operation.method,
    headers: operation.path.includes("{id}") ? headers : unconditional,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status >= 500) throw new Error(`${operation.method} ${path}: ${text}`);
  const json = text === "" ? null : JSON.parse(text);
  if (!response.ok) return { ...none, code: json.code, fields: told(json.errors) };
  return { ...none, record: isShown ? plain(json) : null, affected: several ? json.affected : null };
}

/** Keys are texts in GraphQL. */
function plain(record: Readonly<Record<string, unknown>> | null): Outcome["record"] {
  return record && Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function askGraphql(
  change: Change,
  shown: readonly string[],
  schema: ReturnType<typeof buildSchema>,
): Promise<Outcome> {
  const { resource, action, several, id, by, body, actor } = change;
  const isUpsert = by !== null;
  const name = several ? manyField(action, resource) : mutationField(isUpsert ? "upsert" : action, resource);
  const field = schema.getMutationType()?.getFields()[name];
  if (!field) throw new Error(`There is no mutation ${name}.`);
  const input = several ? (body as { readonly input?: JsonValue }).input : body;
  const given: Record<string, unknown> = {
    id,
    ids: several ? (body as { readonly ids: JsonValue }).ids : undefined,
    by: by?.replaceAll(",", "_"),
    input: input ?? {},
  };
  const args = field.args.filter((argument) => given[argument.name] !== undefined && given[argument.name] !== null);
  const declared = args.map((argument) => `$${argument.name}: ${argument.type}`).join(", ");
  const passed = args.map((argument) => `${argument.name}: $${argument.name}`).join(", ");
  const payload = getNamedType(field.type);
  const hasResult = isObjectType(payload) && payload.getFields().result !== undefined;
  const isShown = hasResult && action !== "destroy";
  const wanted = several ? "affected" : isShown ? `result { ${shown.join(" ")} }` : "";
  const query = `mutation (${declared}) { it: ${name}(${passed}) { ${wanted} errors { code fields { field rule key } } } }`;
  const variables = Object.fromEntries(args.map((argument) => [argument.name, given[argument.name]]));
  const response = await fetch(`${byGraphql.app.url}/graphql`, {
    method: "POST",
    headers: headersOf(actor, byGraphql.app.key),
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text);
  const [error] = errors ?? [];
  if (error?.extensions?.code === "internal" || (error && !error.extensions?.code))
    throw new Error(`${query}: ${text}`);
  if (error) return { ...none, code: error.extensions.code, fields: told(error.extensions.fields) };
  const { result = null, affected = null, errors: refused } = data.it;
  const [refusal] = refused;
  if (refusal) return { ...none, code: refusal.code, fields: told(refusal.fields) };
  return { ...none, record: isShown ? plain(result) : null, affected };
}

test(`REST and GraphQL make the same changes, or refuse them alike (SEED=${seed})`, { timeout: 300_000 }, async () => {
  const random = new Random(seed);
  const schema = buildSchema(graphqlSdl(model));
  const document = (await (await byRest.app.fetch("/openapi.json")).json()) as OpenApiDocument;
  const api = new Api(document);
  const keys = new Keys();
  const values = new ValueMaker({ random, api, keys });
  for (const resource of model.resources) {
    const { data } = (
      await byRest.system.get(
        `/${resource.plural.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}?page[size]=100&fields=id`,
      )
    ).body;
    for (const { id } of data) keys.learn(resource.name, id);
  }
  const codes = new Map<string, number>();
  for (let made = 0; made < changes; ) {
    const change = drawChange({ random, api, keys, values });
    if (!change) continue;
    made += 1;
    const type = schema.getType(change.resource.name);
    if (!isObjectType(type)) throw new Error("A resource is an object.");
    // A named create that takes no key makes one of its own on either side.
    const isOwnKey = change.id === null && !change.several && !Object.hasOwn((change.body ?? {}) as object, "id");
    const shown = shownFields(type).filter((name) => !(isOwnKey && name === "id"));
    const [rest, graphql] = await Promise.all([askRest(change, shown), askGraphql(change, shown, schema)]);
    const { operation, resource, ...drawn } = change;
    expect(graphql, `${operation.id} ${JSON.stringify(drawn)}`).toEqual(rest);
    codes.set(rest.code, (codes.get(rest.code) ?? 0) + 1);
    if (rest.code === "" && rest.record && !isOwnKey) keys.learn(resource.name, rest.record.id);
  }
  // Both were let do enough, and refused enough of every kind.
  expect(codes.get("") ?? 0).toBeGreaterThan(changes / 8);
  for (const code of ["forbidden", "invalid_input", "not_found", "illegal_transition"]) {
    expect(codes.get(code) ?? 0, code).toBeGreaterThan(0);
  }
});

interface Drawing {
  readonly random: Random;
  readonly api: Api;
  readonly keys: Keys;
  readonly values: ValueMaker;
}

/** A change that both protocols have; null where this draw came to none. */
function drawChange({ random, api, keys, values }: Drawing): Change | null {
  const resource = random.pick(model.resources);
  const ids = [`create${resource.name}`, `update${resource.name}`, `destroy${resource.name}`];
  const own = api.operations.filter(({ id, method }) => {
    if (ids.includes(id)) return true;
    return method !== "GET" && id.startsWith(`${resource.name}_`) && !/_(updateMany|destroyMany)$/.test(id);
  });
  const operation = random.pick(own);
  const several = operation.id.endsWith("Many");
  const isUpsert = operation.id.endsWith("_upsert");
  const named = operation.id.startsWith(`${resource.name}_`) ? operation.id.slice(resource.name.length + 1) : null;
  const action = named ? named.replace(/Many$/, "") : operation.id.slice(0, -resource.name.length);
  const key = random.chance(4) ? "00000000-0000-4000-8000-00000000dead" : keys.any(resource.name, random);
  if (key === null) return null;
  const schema = operation.body?.content["application/json"]?.schema;
  try {
    let body = schema ? values.value(schema.oneOf?.[0] ?? schema) : undefined;
    if (Array.isArray(body)) return null;
    if (body !== undefined) body = spoiled(withKey(body, { operation, values, api }), random);
    const by = operation.parameters.find(({ name }) => name === "by")?.schema.enum?.[0];
    return {
      operation,
      resource,
      action,
      several,
      id: operation.path.includes("{id}") ? String(key) : null,
      by: isUpsert && typeof by === "string" ? by : null,
      body,
      actor: random.pick(actors),
    };
  } catch (error) {
    if (error instanceof NoValue) return null;
    throw error;
  }
}

/** New records get keys, so that they have the same ones on either side. Links are given as lists, as both know them. */
function withKey(
  body: JsonValue,
  { operation, values, api }: Pick<Drawing, "values" | "api"> & { readonly operation: ApiOperation },
): JsonValue {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const whole = operation.body?.content["application/json"]?.schema ?? {};
  const { properties = {} } = api.schema(whole.oneOf?.[0] ?? whole);
  const keyed = (value: JsonValue): JsonValue => {
    const id = values.value({ type: "string", format: "uuid" });
    return { id, ...(value as Readonly<Record<string, JsonValue>>) };
  };
  const members = Object.entries(body)
    .filter(([, value]) => !isLinkChange(value))
    .map(([name, value]): [string, JsonValue] => {
      const inner = properties[name]?.$ref ?? properties[name]?.items?.$ref;
      if (!inner?.endsWith("_nested") || !Object.hasOwn(api.schema({ $ref: inner }).properties ?? {}, "id")) {
        return [name, value];
      }
      return [name, Array.isArray(value) ? value.map(keyed) : keyed(value)];
    });
  const isNew = operation.id.startsWith("create") || operation.id.endsWith("_upsert");
  const record = Object.fromEntries(members);
  return isNew ? keyed(record) : record;
}

const isLinkChange = (value: unknown) =>
  typeof value === "object" && value !== null && ("add" in value || "remove" in value);

/** Now and then a value that is beyond the limits of its field. */
function spoiled(body: JsonValue, random: Random): JsonValue {
  if (typeof body !== "object" || body === null || Array.isArray(body) || !random.chance(20)) return body;
  // What is no option or no date, the types of GraphQL refuse already.
  const texts = Object.entries(body).filter(([, value]) => typeof value === "string" && /\s\d+$/.test(value));
  if (texts.length === 0) return body;
  const [name, value] = random.pick(texts);
  return { ...body, [name]: String(value).repeat(60) };
}
