import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readApp } from "#tests/bench/readApp.ts";
import { typesModel } from "../../compile/testing/typesModel.ts";
import { drawModel } from "../../model/testing/arbitraryModel.ts";
import type { Model, Resource } from "../../model/types.ts";
import { verifyModel } from "../../model/verify/verifyModel.ts";
import { type OpenApiDocument, openApiDocument } from "./openApiDocument.ts";

const templates = join(import.meta.dirname, "../../../templates");
const options = { url: "https://crm.example.com", release: 7 };
const verbs = ["get", "post", "put", "patch", "delete"] as const;

/** Everything of the document that a reader of OpenAPI would stumble over. */
function complaints(document: OpenApiDocument): readonly string[] {
  return [...danglingReferences(document), ...doubtfulOperations(document), ...doubtfulSchemas(document)];
}

/** Every object and array inside, with its JSON pointer. */
function* inside(value: unknown, place = "#"): Generator<readonly [string, Readonly<Record<string, unknown>>]> {
  if (typeof value !== "object" || value === null) return;
  yield [place, value as Readonly<Record<string, unknown>>];
  for (const [key, child] of Object.entries(value)) yield* inside(child, `${place}/${key}`);
}

function danglingReferences(document: OpenApiDocument): string[] {
  const known = new Set([...inside(document)].map(([place]) => place));
  const references = [...inside(document)].flatMap(([, node]) => (typeof node.$ref === "string" ? [node.$ref] : []));
  return references.filter((reference) => !known.has(reference)).map((reference) => `${reference} leads nowhere`);
}

function doubtfulOperations({ paths, components, tags }: OpenApiDocument): string[] {
  const found: string[] = [];
  const ids = new Set<string>();
  for (const [path, item] of Object.entries(paths)) {
    for (const verb of verbs) {
      const operation = item[verb];
      if (!operation) continue;
      const place = `${verb} ${path}`;
      if (ids.has(operation.operationId)) found.push(`${place}: ${operation.operationId} is there twice`);
      ids.add(operation.operationId);
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      const named = parameters.flatMap((parameter) => ("name" in parameter ? [parameter] : []));
      const inPath = named.filter((parameter) => parameter.in === "path");
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      if (inPath.map(({ name }) => name).join() !== wanted.join()) found.push(`${place}: other path parameters`);
      if (inPath.some(({ required }) => required !== true)) found.push(`${place}: a path parameter may be missing`);
      const keys = named.map((parameter) => `${parameter.in} ${parameter.name}`);
      if (new Set(keys).size < keys.length) found.push(`${place}: a parameter twice`);
      if (!operation.tags.every((tag) => tags.some(({ name }) => name === tag))) found.push(`${place}: unknown tag`);
      if (operation.requestBody && verb !== "post" && verb !== "put" && verb !== "patch")
        found.push(`${place}: a body`);
      const statuses = Object.keys(operation.responses);
      if (!statuses.some((status) => status.startsWith("2"))) found.push(`${place}: no success`);
      if (!statuses.includes("401")) found.push(`${place}: nothing said of keys`);
    }
  }
  if (!components.securitySchemes.apiKey) found.push("no security scheme");
  return found;
}

function doubtfulSchemas(document: OpenApiDocument): string[] {
  const found: string[] = [];
  for (const name of Object.keys(document.components.schemas)) {
    if (!/^[\w.-]+$/.test(name)) found.push(`${name} cannot be the name of a schema`);
  }
  for (const [place, node] of inside(document.components.schemas)) {
    const { properties, required, type, items, pattern } = node;
    if (Array.isArray(required) && typeof properties === "object" && properties !== null) {
      for (const name of required) if (!Object.hasOwn(properties, name)) found.push(`${place} requires ${name}`);
    }
    if (type === "array" && items === undefined) found.push(`${place}: items of no schema`);
    if (typeof pattern === "string") new RegExp(pattern, "u");
  }
  return found;
}

describe("the OpenAPI document of an app", () => {
  test("is written like this for a small app", async () => {
    const document = openApiDocument(await readApp(join(templates, "../tests/bench/app")), options);
    const text = `${JSON.stringify(document, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../../../tests/golden/files/openapi/sales.json");
  });

  test.each(["crm", "hr", "inventory"])("holds together for the template %s", async (template) => {
    expect(complaints(openApiDocument(await readApp(join(templates, template)), options))).toEqual([]);
  });

  test("holds together for every kind of value", () => {
    const document = openApiDocument(typesModel, options);
    expect(complaints(document)).toEqual([]);
    const { Thing, ThingCreate, Address, ThingFilter } = document.components.schemas;
    expect(Thing?.properties).toMatchObject({
      price: { type: ["object", "null"], required: ["amount", "currency"] },
      sizes: { type: "array", items: { type: "integer" } },
      tags: { items: { maxLength: 10 }, minItems: 1, maxItems: 3 },
      address: { anyOf: [{ $ref: "#/components/schemas/Address" }, { type: "null" }] },
      mail: { format: "email", examples: ["ada@example.com"] },
      pin: { "x-sensitive": true },
      status: { readOnly: true },
    });
    expect(Object.keys(ThingCreate?.properties ?? {})).toContain("origin");
    expect(Object.keys(ThingCreate?.properties ?? {})).not.toContain("status");
    expect(Object.keys(document.components.schemas.ThingUpdate?.properties ?? {})).not.toContain("origin");
    expect(ThingCreate?.properties?.cost).toMatchObject({ default: { amount: "1.50", currency: "EUR" } });
    expect(Address).toMatchObject({ required: ["city"], additionalProperties: false });
    expect(Object.keys(ThingFilter?.properties ?? {})).toContain("address.city");
    expect(Object.keys(document.paths["/rest/v1/things/{id}/photo"] ?? {})).toEqual([
      "parameters",
      "get",
      "put",
      "delete",
    ]);
    expect(ThingCreate?.properties).not.toHaveProperty("photo");
  });

  test("holds together for an app without resources, and for one that nobody may read or write", () => {
    const app = { name: "Empty" };
    expect(complaints(openApiDocument({ app, resources: [] }, options))).toEqual([]);
    const closed = openApiDocument({ app, resources: [{ ...resource("Note", "notes"), actions: [] }] }, options);
    expect(complaints(closed)).toEqual([]);
    expect(closed.paths).toEqual({});
  });

  test("holds together for whatever the language can say", () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const document = openApiDocument(drawModel(draw), options);
        expect(complaints(document)).toEqual([]);
        expect(JSON.parse(JSON.stringify(document))).toEqual(document);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ["DealList", "Deal"],
    ["DealCreate", "Deal"],
    ["DealUpdate", "Deal"],
    ["Problem", "Deal"],
  ])("has a schema of its own for each resource, one called %s among them", (name, other) => {
    const model: Model = {
      app: { name: "Names" },
      resources: [resource(other, "deals"), { ...resource(name, "others"), table: "others" }],
    };
    if (verifyModel(model, { rangeOf: () => null, rangeWithin: () => null, unread: new Set() }).length > 0) return;
    const document = openApiDocument(model, options);
    expect(complaints(document)).toEqual([]);
    // A problem, and for each resource itself, its list and filter, and what creates and updates it.
    expect(Object.keys(document.components.schemas)).toHaveLength(11);
    expect(document.components.schemas[name]?.properties).toHaveProperty("id");
  });
});

function resource(name: string, plural: string): Resource {
  return {
    name,
    plural,
    table: plural,
    key: { name: "id", column: "id", type: { kind: "uuid" }, required: true, unique: true, default: { kind: "uuid" } },
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: ["read", "create", "update", "destroy"],
  };
}
