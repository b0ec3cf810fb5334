import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../../errors/AppError.ts";
import { applyCommand } from "../commands/applyCommand.ts";
import { printSources } from "../print/printSources.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { drawCommand } from "../testing/arbitraryCommand.ts";
import { drawModel } from "../testing/arbitraryModel.ts";
import type { Draw } from "../testing/draw.ts";
import { roughen } from "../testing/roughen.ts";
import { mergeSources } from "./mergeSources.ts";

test("what one side alone did is taken whole, and what both did together reads as a model or is named as a conflict", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const base = Object.fromEntries(
        Object.entries(printSources(drawModel(draw))).map(([path, text]) => [path, roughen(draw, text)]),
      );
      const [mine, theirs] = [drawSide(draw, base), drawSide(draw, base)];
      const ours = mergeSources({ base, mine, theirs: base });
      expect({ ...ours, sources: readModel(ours.sources).draft }).toEqual({
        sources: readModel(mine).draft,
        conflicts: [],
      });
      expect(mergeSources({ base, mine: base, theirs })).toEqual({ sources: theirs, conflicts: [] });
      const { sources, conflicts } = mergeSources({ base, mine, theirs });
      const { model, problems } = readModel(sources);
      expect(problems.filter(({ code }) => code === "syntax" || code === "duplicate_key")).toEqual([]);
      if (conflicts.length === 0) expect(model).not.toBeNull();
    }),
    { numRuns: 120, endOnFailure: true },
  );
});

/** The base after two commands that leave it sound. */
function drawSide(draw: Draw, base: Sources): Sources {
  let side = base;
  for (let made = 0; made < 2; made++) {
    const command = drawCommand(draw, readModel(side).draft);
    const next = command && attempt(() => applyCommand(side, command));
    if (next && readModel(next).model) side = next;
  }
  return side;
}

function attempt(apply: () => Sources): Sources | null {
  try {
    return apply();
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
