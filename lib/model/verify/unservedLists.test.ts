import { describe, expect, test } from "vitest";
import { attribute, belongsTo, option, resource } from "../../compile/testing/modelParts.ts";
import { changeModel } from "../commands/changeModel.ts";
import type { Index, Model, Resource } from "../types.ts";
import { unservedLists } from "./unservedLists.ts";

const nowhere = { rangeOf: () => null, rangeWithin: () => null, unread: new Set<string>() };

function modelWith(parts: Partial<Resource>): Model {
  const deal = resource("Deal", {
    plural: "deals",
    attributes: [
      attribute("title", { type: { kind: "text" } }),
      attribute("code", { type: { kind: "text" }, unique: true }),
      attribute("region", { type: { kind: "text" }, required: true }),
      attribute("stage", { type: { kind: "choice", options: [option("won"), option("lost")] } }),
      attribute("closedOn", { type: { kind: "date" } }),
      attribute("extra", { type: { kind: "json" } }),
    ],
    relationships: [belongsTo("owner", "Person")],
    ...parts,
  });
  const person = resource("Person", { plural: "people", attributes: [], relationships: [] });
  return { app: { name: "Test", users: "Person" }, resources: [deal, person] };
}

const warned = (model: Model) =>
  unservedLists(model, nowhere).map(
    ({ severity, path, fix }) => `${severity} ${path.slice(1).join(".")}: ${fix?.title}`,
  );

const index = (...names: readonly string[]): Index => ({
  fields: names.map((name) => ({ name: name.replace("-", ""), descending: name.startsWith("-") })),
});

const order = (...names: readonly string[]) => index(...names).fields;

const timestamps = { createdColumn: "created_at", updatedColumn: "updated_at" };

describe("lists that no index serves", () => {
  test.each<[string, Partial<Resource>, readonly string[]]>([
    ["nothing that the model does not speak of", {}, []],
    ["the order of lists", { features: { order: order("-closedOn") } }, ["warning features.order: Index -closedOn"]],
    [
      "the moments that features bring",
      { features: { timestamps, order: order("-createdAt") } },
      ["warning features.order: Index -createdAt"],
    ],
    ["no order by what is unique", { features: { order: order("code") } }, []],
    ["no order by a reference", { features: { order: order("owner", "title") } }, []],
    ["no order that an index has", { features: { order: order("title") }, indexes: [index("title")] }, []],
    ["no order that an index has backwards", { features: { order: order("-title") }, indexes: [index("title")] }, []],
    [
      "an order that an index has half backwards",
      { features: { order: order("-title", "closedOn") }, indexes: [index("title", "closedOn")] },
      ["warning features.order: Index -title, closedOn"],
    ],
    [
      "an order that an index has further behind",
      { features: { order: order("title") }, indexes: [index("region", "title")] },
      ["warning features.order: Index title"],
    ],
    [
      "the order among the records of a tenant, once",
      { features: { order: order("title"), tenant: "region" } },
      ["warning features.order: Index region, title"],
    ],
    ["a tenant", { features: { tenant: "region" } }, ["warning features.tenant: Index region"]],
    ["no tenant that is a reference", { features: { tenant: "owner" } }, []],
    [
      "fields offered to sort and filter by",
      { api: { sortable: ["title", "code"], filterable: ["closedOn", "stage", "ownerId", "title"] } },
      ["warning api.sortable: Index title", "warning api.filterable: Index closedOn"],
    ],
    ["nothing that no index can hold", { api: { filterable: ["extra"] } }, []],
    [
      "what a read compares",
      { definedActions: [{ name: "of", type: "read", where: "region == 'north' && stage == 'won' && title != 'x'" }] },
      ["warning actions.of.where: Index region"],
    ],
    [
      "what a policy compares with the actor, each way by itself",
      {
        policies: [
          { effect: "allow", actions: ["read"], expression: "owner == actor.id || title == actor.kind" },
          { effect: "allow", actions: ["update"], expression: "region == actor.kind" },
        ],
      },
      ["warning policies.0.expression: Index title"],
    ],
    ["nothing of what cannot be read", { actions: ["create"], features: { order: order("title") } }, []],
  ])("warns of %s", (_, parts, expected) => {
    expect(warned(modelWith(parts))).toEqual(expected);
  });

  test("are none once all that is proposed is done", () => {
    let model = modelWith({
      features: { order: order("-closedOn", "title"), tenant: "region", timestamps },
      api: { sortable: ["createdAt", "title"], filterable: ["title", "closedOn"] },
    });
    const seen: string[] = [];
    for (let [problem] = unservedLists(model, nowhere); problem?.fix; [problem] = unservedLists(model, nowhere)) {
      seen.push(problem.fix.title);
      expect(seen.length).toBeLessThan(9);
      model = changeModel(model, problem.fix.command).model;
    }
    expect(seen).toEqual(["Index region, -closedOn, title", "Index region, createdAt", "Index region, title"]);
    expect(unservedLists(model, nowhere)).toEqual([]);
  });
});
