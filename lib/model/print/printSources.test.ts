import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readModel } from "../read/readModel.ts";
import { drawModel } from "../testing/arbitraryModel.ts";
import { printSources } from "./printSources.ts";

test("what is printed reads back as the same model", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const model = drawModel(draw);
      const sources = printSources(model);
      const { model: read, problems } = readModel(sources);
      expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(read).toEqual(model);
    }),
    { numRuns: 300, endOnFailure: true },
  );
});

test("printing what was read prints the same text again", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const sources = printSources(drawModel(draw));
      expect(printSources(readModel(sources).draft)).toEqual(sources);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
