import { expect, test } from "vitest";
import { openApiDocument } from "#lib/codegen/openapi/openApiDocument.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { apiSources } from "#lib/model/testing/apiSources.ts";
import { operationsOf } from "./documentedOperations.ts";
import { schemaLines, typeText } from "./schemaLines.ts";

const model = readModel(apiSources).draft;
const document = JSON.parse(JSON.stringify(openApiDocument(model, { release: 3, url: "https://app.example" })));

test("every operation of a document is listed with what it takes and answers", () => {
  const operations = operationsOf(document);
  const count = Object.values<Record<string, unknown>>(document.paths).reduce(
    (sum, item) => sum + ["get", "post", "put", "patch", "delete"].filter((method) => method in item).length,
    0,
  );
  expect(operations).toHaveLength(count);
  const create = operations.find(({ id }) => id === "post /rest/v1/opportunities");
  expect(create?.summary).not.toBe("");
  expect(create?.request.map(({ mediaType }) => mediaType)).toContain("application/json");
  expect(create?.answers.map(({ status }) => status)).toContain("201");
  const list = operations.find(({ id }) => id === "get /rest/v1/opportunities");
  expect(list?.parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(["sort", "include"]));
});

test("an object is told by its members, those that are deprecated as such", () => {
  const get = operationsOf(document).find(({ id }) => id === "get /rest/v1/opportunities/{id}");
  const schema = get?.answers.find(({ status }) => status === "200")?.schema;
  const lines = schemaLines(document, schema);
  expect(lines.find(({ name }) => name === "amount")).toMatchObject({ deprecated: true });
  expect(lines.find(({ name }) => name === "stage")).toMatchObject({ deprecated: false });
  expect(typeText(document, { type: "array", items: { $ref: "#/components/schemas/Deal" } })).toBe("list of Deal");
  expect(typeText(document, { type: ["string", "null"], format: "date" })).toBe("string (date) or null");
});

test("a document that is none is told as empty", () => {
  expect(operationsOf({})).toEqual([]);
  expect(operationsOf({ paths: { "/x": null, "/y": { get: 7 } } })).toEqual([]);
  const turning = { components: { schemas: { A: { $ref: "#/components/schemas/A" } } } };
  expect(schemaLines(turning, { $ref: "#/components/schemas/A" })).toEqual([]);
});
