import { expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import { readModel } from "../read/readModel.ts";
import { blankApp } from "./blankApp.ts";

test.each(["Shop", 'The "best" shop', "Ünïcode 店", "back\\slash and\nlines"])(
  "a blank app called %j is whole",
  (name) => {
    const { model, problems } = readModel(blankApp(name));
    expect(problems).toEqual([]);
    expect(model).toEqual({ app: { name }, resources: [] });
  },
);

test("a blank app takes its first resource", () => {
  const sources = applyCommand(blankApp("Shop"), { type: "addResource", name: "Order" });
  expect(sources["domain/order.ts"]).toBe(
    'import { resource } from "gantry";\n\nexport default resource("Order", {\n  attributes: {},\n});\n',
  );
  expect(readModel(sources).problems).toEqual([]);
});
