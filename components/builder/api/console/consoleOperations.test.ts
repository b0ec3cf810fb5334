import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { graphqlSdl } from "#lib/codegen/graphql/graphqlSdl.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { apiSources } from "#lib/model/testing/apiSources.ts";
import { dealSources } from "#lib/model/testing/dealSources.ts";
import type { Resource } from "#lib/model/types.ts";
import { graphqlOperations } from "./graphqlOperations.ts";
import { restOperations } from "./restOperations.ts";

const app = readModel(apiSources).draft;
const named = (resources: readonly Resource[], name: string) => {
  const found = resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};

test("the requests of a resource are those that its settings leave, under their names", () => {
  const operations = restOperations(app, named(app.resources, "Deal"));
  expect(operations.map(({ id }) => id)).toEqual([
    "GET /rest/v1/opportunities",
    "GET /rest/v1/opportunities/{id}",
    "POST /rest/v1/opportunities",
    "PUT /rest/v1/opportunities",
    "PATCH /rest/v1/opportunities/{id}",
    "PATCH /rest/v1/opportunities",
    "POST /rest/v1/opportunities/{id}/close",
    "POST /rest/v1/opportunities:close",
    "POST /rest/v1/opportunities/{id}/reopen",
    "POST /rest/v1/opportunities:reopen",
  ]);
  expect(operations.map(({ id }) => id).length).toBe(new Set(operations.map(({ id }) => id)).size);
  expect(JSON.parse(operations[7]?.body ?? "")).toEqual({ ids: [] });
});

test("every operation that is offered to begin with is one that the schema takes", () => {
  for (const model of [app, readModel(dealSources).draft]) {
    const schema = buildSchema(graphqlSdl(model));
    for (const resource of model.resources) {
      const operations = graphqlOperations(model, resource);
      expect(operations.length).toBeGreaterThan(3);
      for (const { query, variables } of operations) {
        expect({ query, errors: validate(schema, parse(query)).map(({ message }) => message) }).toEqual({
          query,
          errors: [],
        });
        expect(() => variables === "" || JSON.parse(variables)).not.toThrow();
      }
    }
  }
  expect(graphqlOperations(app, named(app.resources, "Deal")).map(({ id }) => id)).toContain("closeDeal");
});
