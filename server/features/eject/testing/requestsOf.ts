import { routesOf } from "#lib/codegen/eject/routesOf.ts";
import { type OpenApiDocument, openApiDocument } from "#lib/codegen/openapi/openApiDocument.ts";
import { restPath } from "#lib/model/naming/restPath.ts";
import type { Model, Resource } from "#lib/model/types.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Requests to every route of an app and to what is beside them: as a service, as people of each role, as nobody; right
 * ones, by the examples that the document gives, and wrong ones. `ids` are keys of records, by resource.
 */
export function requestsOf(model: Model, ids: ReadonlyMap<string, readonly string[]>): readonly Asked[] {
  const document = openApiDocument(model, { url: "", release: 1 });
  const actors = [{}, ...(model.app.roles ?? []).map(({ name }) => actAs(name)), { authorization: "" }];
  const reads = model.resources.flatMap((resource) => readsOf(resource, ids.get(resource.name) ?? []));
  const changes = routesOf(model)
    .filter(({ route }) => !route.startsWith("GET "))
    .flatMap(({ resource, route }) => changesOf(route, { document, ids: ids.get(resource) ?? [] }));
  return [
    ...["/openapi.json", "/sdk.ts", "/docs", "/nothing", "/rest/v1/nothing", "/rest/v1/"].map(get),
    ...actors.flatMap((headers) =>
      [...reads, ...graphql(model)].map((asked) => ({ ...asked, headers: { ...asked.headers, ...headers } })),
    ),
    ...changes,
    ...reads,
  ];
}

const get = (path: string): Asked => ({ method: "GET", path });

const json = { "content-type": "application/json" };

function actAs(role: string) {
  return { "gantry-act-as": Buffer.from(JSON.stringify({ roles: [role] })).toString("base64url") };
}

function readsOf(resource: Resource, ids: readonly string[]): readonly Asked[] {
  const path = `/rest/v1/${restPath(resource)}`;
  const names = resource.attributes.map(({ name }) => name);
  const relations = resource.relationships.map(({ name }) => name);
  const lists = [
    "",
    "?page[size]=3&count=exact",
    "?page[size]=0",
    "?page[after]=nonsense",
    "?fields=id",
    "?fields=nothing",
    "?nonsense=1",
    ...names.flatMap((name) => [
      `?sort=-${name}&page[size]=5`,
      `?filter[${name}][isNull]=true`,
      `?filter[${name}][eq]=%00`,
    ]),
    ...names.map((name) => `?fields=id,${name}&page[size]=50`),
    ...relations.map((name) => `?include=${name}(3)&page[size]=5`),
  ];
  const [first = "0197f000-0000-7000-8000-000000000000"] = ids;
  return [
    ...lists.map((query) => get(path + query)),
    { ...get(path), headers: { accept: "text/csv" } },
    { ...get(path), headers: { accept: "application/vnd.api+json" } },
    { ...get(path), headers: { accept: "image/png" } },
    get(`${path}/${first}`),
    get(`${path}/nonsense`),
    ...relations.map((name) => get(`${path}/${first}/${name}`)),
    get(`${path}:summary?count`),
  ];
}

function graphql({ resources }: Model): readonly Asked[] {
  const queries = resources.flatMap(({ plural, attributes }) => {
    const fields = attributes.filter(({ type }) =>
      ["text", "decimal", "integer", "date", "choice"].includes(type.kind),
    );
    return [
      `{ ${plural}(first: 4) { totalCount nodes { id ${fields.map(({ name }) => name).join(" ")} } pageInfo { hasNextPage } } }`,
      `{ ${plural}(first: 4) { nodes { nonsense } } }`,
    ];
  });
  return [...queries, "{ __schema { types { name } } }", "{"].map((query) => ({
    method: "POST",
    path: "/graphql",
    headers: json,
    body: JSON.stringify({ query }),
  }));
}

/** Each of the examples, and things that are none. */
function changesOf(
  route: string,
  { document, ids }: { readonly document: OpenApiDocument; readonly ids: readonly string[] },
): readonly Asked[] {
  const [method = "", template = ""] = route.split(" ");
  const operation = document.paths[template]?.[method.toLowerCase() as "post"];
  const examples = Object.values(operation?.requestBody?.content["application/json"]?.examples ?? {}).flatMap(
    (example) => {
      const value =
        "$ref" in example ? document.components.examples[example.$ref.split("/").at(-1) ?? ""]?.value : example.value;
      return value === undefined ? [] : [JSON.stringify(value)];
    },
  );
  const path = template.replace("{id}", ids.at(-1) ?? "nonsense");
  const bodies = [...examples, "{}", "[]", '{"nonsense":1}', "{", "null"];
  const asked = bodies.map((body): Asked => ({ method, path, headers: json, body }));
  const hidden = { "content-type": "application/json", "idempotency-key": `"${route}"` };
  return [...asked, { method, path, headers: { ...hidden, prefer: "tx=rollback" }, body: examples[0] ?? "{}" }];
}
