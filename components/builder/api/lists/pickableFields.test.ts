import { expect, test } from "vitest";
import { readModel } from "#lib/model/read/readModel.ts";
import { dealSources } from "#lib/model/testing/dealSources.ts";
import { queryParts } from "../console/queryParts.ts";
import { pickableFields } from "./pickableFields.ts";

const { draft } = readModel(dealSources);
const deal = draft.resources.find(({ name }) => name === "Deal") ?? draft.resources[0];

test("what can be picked is what the verifier takes, computed fields and relationships among it", () => {
  if (!deal) throw new Error("There is no deal.");
  const filterable = pickableFields(draft, deal, "filterable").map(({ name }) => name);
  const sortable = pickableFields(draft, deal, "sortable").map(({ name }) => name);
  expect(filterable).toEqual(expect.arrayContaining(["id", "title", "weighted", "company", "activities"]));
  expect(filterable).not.toContain("companyId");
  expect(sortable).toContain("company");
  expect(sortable).not.toContain("activities");
  const api = { filterable, sortable };
  const resources = draft.resources.map((one) => (one === deal ? { ...one, api } : one));
  const parts = queryParts({ ...draft, resources }, { ...deal, api: { ...api, sortable: ["title"] } });
  const sorts = parts.find(({ title }) => title === "Sort")?.parts.map(({ value }) => value);
  expect(sorts).toEqual(["title"]);
});
