import { expect, test } from "vitest";
import { readModel } from "../read/readModel.ts";
import { processSources } from "../testing/processSources.ts";
import { printSources } from "./printSources.ts";

test("a printed app says what it said, and prints the same again", () => {
  const { model } = readModel(processSources);
  if (!model) throw new Error("It is sound.");
  const printed = printSources(model);
  const again = readModel(printed);
  expect(again.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(again.model).toEqual(model);
  expect(printed["processes/close-deal.ts"]).toMatchSnapshot();
  expect(printed["functions/vat.ts"]).toMatchSnapshot();
  expect(printed["gantry.config.ts"]).toMatchSnapshot();
});
