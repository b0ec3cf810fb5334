import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readApp } from "#tests/bench/readApp.ts";
import { typesModel } from "../../compile/testing/typesModel.ts";
import { drawModel } from "../../model/testing/arbitraryModel.ts";
import type { Model, Resource } from "../../model/types.ts";
import { verifyModel } from "../../model/verify/verifyModel.ts";
import { type Content, methods, type Parameter, type Reference } from "./Operation.ts";
import { type OpenApiDocument, openApiDocument } from "./openApiDocument.ts";
import { DocumentSchemas } from "./testing/DocumentSchemas.ts";
import { everythingModel } from "./testing/everythingModel.ts";

const templates = join(import.meta.dirname, "../../../templates");
const options = { url: "https://crm.example.com", release: 7 };

/** Everything of the document that a reader of OpenAPI would stumble over. */
function complaints(document: OpenApiDocument): readonly string[] {
  return [
    ...danglingReferences(document),
    ...doubtfulOperations(document),
    ...doubtfulSchemas(document),
    ...doubtfulExamples(document),
  ];
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

function doubtfulOperations({ paths, webhooks, components, tags }: OpenApiDocument): string[] {
  const found: string[] = [];
  const ids = new Set<string>();
  for (const [path, item] of Object.entries({ ...paths, ...webhooks })) {
    for (const verb of methods) {
      const operation = item[verb];
      if (!operation) continue;
      const place = `${verb} ${path}`;
      if (ids.has(operation.operationId)) found.push(`${place}: ${operation.operationId} is there twice`);
      ids.add(operation.operationId);
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      const named = parameters.flatMap((parameter) => parameterOf(components, parameter) ?? []);
      if (named.length < parameters.length) found.push(`${place}: a parameter leads nowhere`);
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
      const isAsked = Object.hasOwn(paths, path);
      if (isAsked && !statuses.includes("401")) found.push(`${place}: nothing said of keys`);
    }
  }
  if (!components.securitySchemes.apiKey) found.push("no security scheme");
  return found;
}

function parameterOf({ parameters }: OpenApiDocument["components"], parameter: Parameter | Reference) {
  return "$ref" in parameter ? parameters[parameter.$ref.slice("#/components/parameters/".length)] : parameter;
}

/** Examples that are none, or that are missing. */
function doubtfulExamples(document: OpenApiDocument): string[] {
  const schemas = new DocumentSchemas(document);
  const { responses, headers, parameters, examples } = document.components;
  const found: string[] = [];
  const check = (place: string, schema: object, value: unknown) => {
    const mismatch = value === undefined ? "has none" : schemas.mismatch(schema, value);
    if (mismatch) found.push(`example of ${place}: ${mismatch} ${JSON.stringify(value)}`);
  };
  const checkContent = (place: string, content: Content = {}) => {
    for (const [mediaType, { schema, examples: own = {} }] of Object.entries(content)) {
      const isBytes = Object.keys(schema).join() === "description";
      if (Object.keys(own).length === 0 && !isBytes) found.push(`${place} ${mediaType} has no example`);
      for (const example of Object.values(own)) {
        const { value } = "$ref" in example ? (examples[example.$ref.split("/").at(-1) ?? ""] ?? {}) : example;
        check(`${place} ${mediaType}`, schema, value);
      }
    }
  };
  for (const [name, { schema, example }] of Object.entries({ ...headers, ...parameters })) {
    if (example !== undefined || !/filter|fields$/.test(name)) check(name, schema, example);
  }
  for (const [status, response] of Object.entries(responses)) checkContent(status, response.content);
  for (const [path, item] of Object.entries({ ...document.paths, ...document.webhooks })) {
    for (const method of methods) {
      const { requestBody, responses: answers = {} } = item[method] ?? {};
      checkContent(`${method} ${path}`, requestBody?.content);
      for (const [status, response] of Object.entries(answers)) {
        if (!("$ref" in response)) checkContent(`${method} ${path} ${status}`, response.content);
      }
    }
  }
  for (const [place, { examples: own, ...schema }] of inside(document.components.schemas)) {
    if (Array.isArray(own)) for (const value of own) check(place, schema, value);
  }
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

  test("says everything of an app that has everything", () => {
    const document = openApiDocument(everythingModel, options);
    expect(complaints(document)).toEqual([]);
    const { schemas, responses } = document.components;
    expect(schemas.Note?.properties?.old).toMatchObject({
      deprecated: true,
      description: "Deprecated since 2026-01-01, may go on 2027-01-01. Use title instead.",
    });
    expect(schemas.NoteFilter?.properties?.old).toMatchObject({ deprecated: true });
    expect(schemas.Note?.properties?.folderId).toMatchObject({ deprecated: true, "x-refers-to": "Folder" });
    expect(schemas.Note?.properties?.weight).toMatchObject({
      pattern: "^-?\\d{1,4}(\\.\\d{1,2})?$",
      examples: ["100"],
    });
    expect(responses[429]?.headers).toMatchObject({ "Retry-After": {}, RateLimit: {}, "RateLimit-Policy": {} });
    const { get, patch } = document.paths["/rest/v1/notes/{id}"] ?? {};
    expect(Object.keys(get?.responses ?? {}).sort()).toEqual([..."200 304 400 401 403 404 406 429 503 504".split(" ")]);
    expect(Object.keys(patch?.responses ?? {})).toEqual(expect.arrayContaining(["204", "409", "412", "422", "428"]));
    expect(document.components.parameters["If-Match.required"]?.required).toBe(true);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        "/rest/v1/notes:heavy",
        "/rest/v1/notes:register",
        "/rest/v1/notes/{id}/finish",
        "/rest/v1/notes/{id}/restore",
        "/rest/v1/notes/{id}/scan",
        "/rest/v1/notes/{id}/history",
      ]),
    );
    expect(Object.keys(schemas)).toContain("Problem_");
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
      "post",
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

  test("holds together for whatever the language can say", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const document = openApiDocument(drawModel(draw), options);
        expect(complaints(document)).toEqual([]);
        expect(JSON.parse(JSON.stringify(document))).toEqual(document);
      }),
      { numRuns: 40, endOnFailure: true },
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
    // For each resource itself, its list and filter, and what creates and updates one or many; six of all.
    expect(Object.keys(document.components.schemas)).toHaveLength(2 * 7 + 6);
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
