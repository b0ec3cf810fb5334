import { expect, test } from "vitest";
import { readModel } from "#lib/model/read/readModel.ts";
import { dryRun } from "#lib/model/runs/dryRun.ts";
import { processSources } from "#lib/model/testing/processSources.ts";
import { sampleRows } from "../../expression/preview/sampleRows.ts";
import { marksOf, notesByStep } from "../flow/marksOf.ts";
import { sampleAnswers, sampleOccasions } from "./sampleOccasions.ts";

const deals = [
  { id: "0198c5f2-7b1e-7c3a-9d4e-000000000001", title: "Chairs", stage: "won", amount: "1200.00" },
  { id: "0198c5f2-7b1e-7c3a-9d4e-000000000002", title: "Tables", stage: "won", amount: "80.00" },
];
const sources = { ...processSources, "seeds/deal.json": JSON.stringify(deals) };
const { draft: model } = readModel(sources);
const process = model.processes?.find(({ name }) => name === "closeDeal");
if (!process) throw new Error("It is among the sources.");
const rows = sampleRows(model, sources);

test("a process can be tried with the records of the seeds that it watches, and with made-up values", () => {
  const occasions = sampleOccasions(model, process, rows);
  expect(occasions.map(({ title }) => title)).toEqual([
    "A change of Deal “Chairs”",
    "A change of Deal “Tables”",
    "At its time",
    "Made-up values",
  ]);
  expect(occasions[1]?.input).toEqual({ deal: deals[1]?.id, note: "Tables" });
});

test("what is looked up is the record that the inputs name, so the flow goes its way", async () => {
  const way = async (index: number) => {
    const input = sampleOccasions(model, process, rows)[index]?.input ?? {};
    const results = {
      ...sampleAnswers(model, process, { rows, input }),
      page: { result: { status: 200, next: null } },
    };
    const marks = marksOf(notesByStep((await dryRun(model, process, { input, results })).notes));
    return { big: marks.get("big")?.state, small: marks.get("small")?.state, touched: marks.get("touched")?.times };
  };
  expect(await way(0)).toEqual({ big: "done", small: undefined, touched: 2 });
  expect(await way(1)).toEqual({ big: undefined, small: "done", touched: 2 });
});
