import * as fc from "fast-check";
import { expect, test } from "vitest";
import { editSources } from "../edit/editSources.ts";
import { noRenames } from "../edit/Renames.ts";
import { readFunctionText, readProcessText } from "../read/FileReading.ts";
import { readModel } from "../read/readModel.ts";
import { drawFunction, drawProcess, drawWorkedOn } from "../testing/arbitraryProcess.ts";
import { commentsOf, roughen } from "../testing/roughen.ts";
import { printSources } from "./printSources.ts";

const base = { app: { name: "Work" }, resources: [] };

/** What files say, whether or not it makes sense; nothing in them is refused by the reader. */
function said(sources: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(sources)) {
    if (path.startsWith("processes/")) expect(readProcessText(text).reading.problems).toEqual([]);
    if (path.startsWith("functions/")) expect(readFunctionText(text).reading.problems).toEqual([]);
  }
  return readModel(sources);
}

test("processes and functions read back as they were printed", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const model = { ...base, processes: [drawProcess(draw)], functions: [drawFunction(draw)] };
      const sources = printSources(model);
      const { draft } = said(sources);
      expect(draft).toEqual(model);
      expect(printSources(draft)).toEqual(sources);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});

test("however they are written, an edit makes them say what they shall, and nothing else is touched", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const before = { ...base, processes: [drawProcess(draw)], functions: [drawFunction(draw)] };
      const file = "processes/work.ts";
      const printed = printSources(before);
      const sources = { ...printed, [file]: roughen(draw, printed[file] ?? "") };
      const { draft, places } = said(sources);
      expect(draft).toEqual(before);
      const same = editSources(sources, { before: draft, places, after: before, renames: noRenames });
      expect(same).toEqual(sources);
      const processes = before.processes.map((process) => drawWorkedOn(draw, process));
      const after = { ...before, processes, functions: [drawFunction(draw)] };
      const edited = editSources(sources, { before: draft, places, after, renames: noRenames });
      expect(said(edited).draft).toEqual(after);
      const [old, now] = [commentsOf(sources[file] ?? ""), commentsOf(edited[file] ?? "")];
      expect(now.filter((comment) => !old.includes(comment))).toEqual([]);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
