import { expect, test } from "vitest";
import { salesModel } from "../../compile/testing/salesModel.ts";
import type { ManyToMany, Model } from "../../model/types.ts";
import { serviceActor } from "../access/actors.ts";
import { catalogOf, entityNamed } from "../catalog/Catalog.ts";
import type { Selection } from "../types.ts";
import { planCreate, planUpdate } from "./planWrite.ts";

const companies: ManyToMany = {
  kind: "manyToMany",
  name: "companies",
  target: "Company",
  table: "company_tags",
  sourceColumn: "tag_id",
  targetColumn: "company_id",
  owner: true,
};

/** Tags have links to two resources. */
const model: Model = {
  ...salesModel,
  resources: salesModel.resources.map((resource) =>
    resource.name === "Tag" ? { ...resource, relationships: [...resource.relationships, companies] } : resource,
  ),
};
const catalog = catalogOf(model);
const entity = entityNamed(catalog, "Tag");
const one = "0198f7a0-0000-7000-8000-000000000001";
const other = "0198f7a0-0000-7000-8000-000000000002";
const changes = [undefined, [one], { add: [one] }, { remove: [other] }, { add: [one], remove: [other] }];

test.each(["create", "update"] as const)("the shape of a %s is kept with the places of what it links", (kind) => {
  const selection: Selection = [{ kind: "field", as: "id", field: "id" }];
  const context = { catalog, entity, selection, actor: serviceActor("test") };
  for (const deals of changes) {
    for (const linked of changes) {
      const given = { ...(deals && { deals }), ...(linked && { companies: linked }) };
      const plan =
        kind === "create"
          ? planCreate({ id: "x", ...given }, context)
          : planUpdate("x", { colour: "red", ...given }, context);
      const { shape, parameters } = plan;
      if (shape.kind !== "create" && shape.kind !== "update") throw new Error(`This is a ${shape.kind}.`);
      for (const { mode, keys } of shape.links) {
        expect(parameters[keys], JSON.stringify(given)).toEqual([mode === "remove" ? other : one]);
      }
    }
  }
});
