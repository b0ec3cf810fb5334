import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { catalogOf, type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { type SalesApp, salesApp } from "../../graphql/testing/salesApp.ts";
import { type Json, type RestClient, restClient } from "../testing/restClient.ts";
import { typeOf } from "./memberNames.ts";
import { type JsonApiClient, jsonApiClient } from "./testing/jsonApiClient.ts";

const catalog = catalogOf(salesModel);
const entities = [...catalog.entities.values()];

let app: SalesApp;
let api: JsonApiClient;
let rest: RestClient;

beforeAll(async () => {
  app = await salesApp();
  api = jsonApiClient(app);
  rest = restClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());

/** Paths of relationships, at most three long. */
function pathsFrom(entity: Entity, depth = 3): readonly string[] {
  if (depth === 0) return [];
  return [...entity.relationships.values()].flatMap((relationship) => {
    // Fewer than there are, so that lists are cut.
    const name = isToOne(relationship) ? relationship.name : `${relationship.name}(2)`;
    const deeper = pathsFrom(entityNamed(catalog, relationship.target), depth - 1);
    return [name, ...deeper.map((path) => `${name}.${path}`)];
  });
}

const question = fc.constantFrom(...entities).chain((entity) =>
  fc.record({
    entity: fc.constant(entity),
    include: fc.subarray([...pathsFrom(entity)], { maxLength: 4 }),
    sort: fc.constantFrom("id", "-id"),
    size: fc.integer({ min: 1, max: 4 }),
  }),
);

/** What a document says, put together again as plain REST would say it. */
class Reader {
  readonly #resources = new Map<string, Json>();

  constructor({ data, included = [] }: Json) {
    for (const resource of [...data, ...included]) this.#resources.set(`${resource.type} ${resource.id}`, resource);
  }

  record(entity: Entity, id: string, paths: readonly string[]): Json {
    const { attributes, relationships } = this.#resources.get(`${typeOf(entity)} ${id}`);
    const record: Json = { id: keyOf(entity, id), ...attributes };
    for (const relationship of entity.relationships.values()) {
      const { name } = relationship;
      const target = entityNamed(catalog, relationship.target);
      const { data } = relationships[name];
      if (relationship.kind === "belongsTo") {
        record[foreignKeyField(relationship)] = data === null ? null : keyOf(target, data.id);
      }
      const below = paths.filter((path) => path === name || path.startsWith(`${name}.`));
      if (below.length === 0) continue;
      const deeper = below.map((path) => path.slice(name.length + 1)).filter((path) => path !== "");
      const one = (identifier: Json) => this.record(target, identifier.id, deeper);
      record[name] = isToOne(relationship) ? data && one(data) : data.map(one);
    }
    return record;
  }
}

const keyOf = ({ key }: Entity, id: string) => (key.type.kind === "integer" ? Number(id) : id);

test("documents say what plain REST says, whatever is included", async () => {
  await fc.assert(
    fc.asyncProperty(question, async ({ entity, include, sort, size }) => {
      const query = `/${typeOf(entity)}?sort=${sort}&page[size]=${size}${include.length > 0 ? `&include=${include}` : ""}`;
      const plain = await rest.get(query);
      const { status, document } = await api.get(query);
      expect(status).toBe(plain.status);
      const reader = new Reader(document);
      const names = include.map((path) => path.replaceAll("(2)", ""));
      const records = document.data.map(({ id }: { readonly id: string }) => reader.record(entity, id, names));
      expect(records).toEqual(plain.body.data);
      expect(document.links.next === null).toBe(plain.body.page.next === null);
    }),
    { numRuns: 150 },
  );
}, 60_000);

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.record(
    {
      type: fc.oneof(fc.constantFrom("deals", "tags", "companies"), fc.jsonValue()),
      id: fc.oneof(fc.string(), fc.jsonValue()),
      attributes: fc.oneof(fc.object(), fc.record({ title: fc.jsonValue(), name: fc.jsonValue() }), fc.jsonValue()),
      relationships: fc.oneof(
        fc.record({
          company: fc.oneof(fc.jsonValue(), fc.record({ data: fc.record({ type: fc.string(), id: fc.jsonValue() }) })),
          tags: fc.oneof(
            fc.jsonValue(),
            fc.record({ data: fc.array(fc.record({ type: fc.constant("tags"), id: fc.jsonValue() })) }),
          ),
        }),
        fc.object(),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: [] },
  ),
);
const place = fc.constantFrom(
  ["POST", "/deals"],
  ["POST", "/tags"],
  ["PATCH", "/tags/hot"],
  ["PATCH", "/tags/%E0%A4%A"],
  ["PATCH", "/deals/1/relationships/company"],
  ["POST", "/tags/hot/relationships/deals"],
  ["DELETE", "/companies/x/relationships/deals"],
  ["PUT", "/companies?by=name,city"],
  ["PATCH", "/deals?filter[title]=none&max-affected=1"],
  ["POST", "/deals:win"],
) as fc.Arbitrary<["POST" | "PATCH" | "PUT" | "DELETE", string]>;

test("no document, however broken, is answered by anything but a document", async () => {
  await fc.assert(
    fc.asyncProperty(place, fc.oneof(fc.record({ data: junk }), junk), async ([method, path], document) => {
      const { status } = await api.send(method, path, document, { prefer: "tx=rollback" });
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 400, examples: [[["POST", "/tags"], { data: { type: "tags", attributes: { "~": [], "a/b": 1 } } }]] },
  );
}, 60_000);

test("nor is any query", async () => {
  const name = fc.constantFrom(
    "fields[deals]",
    "fields[tags]",
    "fields",
    "include",
    "sort",
    "page[size]",
    "page[after]",
    "page[count]",
    "filter[title]",
    "filter[company.name][ieq]",
    "page[tags][size]",
    "constructor",
    "__proto__",
  );
  const value = fc.oneof(
    fc.constantFrom(
      "title",
      "company",
      "tags",
      "company.deals.tags",
      "",
      "*",
      "constructor",
      "__proto__",
      "exact",
      "1",
    ),
    fc.string(),
  );
  const query = fc.array(fc.tuple(name, value), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(
      query,
      fc.constantFrom("/deals", "/deals/1", "/tags/hot", "/tags/hot/deals"),
      async (pairs, path) => {
        const text = pairs.map(([each, of]) => `${encodeURIComponent(each)}=${encodeURIComponent(of)}`).join("&");
        const { status } = await api.get(`${path}?${text}`);
        expect(status).toBeLessThan(500);
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
