import { expect, test } from "vitest";
import { applyCommand } from "#lib/model/commands/applyCommand.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { dealSources } from "#lib/model/testing/dealSources.ts";
import type { Model } from "#lib/model/types.ts";
import { undeployedChanges } from "./undeployedChanges.ts";

/** As a database answers it that keeps the keys of objects in an order of its own. */
function stored(model: Model): Model {
  return JSON.parse(JSON.stringify(model), (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toReversed())
      : value,
  );
}

test("a model that was stored is the same as before", () => {
  const { draft } = readModel(dealSources);
  expect(undeployedChanges(stored(draft), draft)).toEqual([]);
});

test("a change since then is told", () => {
  const { draft } = readModel(dealSources);
  const renamed = applyCommand(dealSources, {
    type: "renameAttribute",
    resource: "Deal",
    attribute: "title",
    to: "name",
  });
  expect(undeployedChanges(stored(draft), readModel(renamed).draft)).toEqual(["Deal.title is now called name"]);
});
