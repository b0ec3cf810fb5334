import * as fc from "fast-check";
import { expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import type { ModelCommand } from "../commands/ModelCommand.ts";
import { allSteps, stepNamed } from "../processes/stepsWithin.ts";
import type { Process } from "../processTypes.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { drawProcess, drawWorkedOn } from "../testing/arbitraryProcess.ts";
import { processSources } from "../testing/processSources.ts";
import { mergeModels } from "./mergeModels.ts";
import { mergeSources } from "./mergeSources.ts";

const process = "closeDeal";
const side = (...commands: readonly ModelCommand[]) => commands.reduce<Sources>(applyCommand, processSources);

function merged(mine: readonly ModelCommand[], theirs: readonly ModelCommand[]) {
  const { sources, conflicts } = mergeSources({ base: processSources, mine: side(...mine), theirs: side(...theirs) });
  const { draft, problems } = readModel(sources);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const found = draft.processes?.find(({ name }) => name === process);
  if (!found) throw new Error("It is there on both sides.");
  return { sources, conflicts, process: found, draft };
}

const names = (of: Process) => allSteps(of).map(({ name }) => name);
const wait = (name: string) => ({ kind: "wait", name, for: "'PT1H'" }) as const;
const expression = (step: string, slot: readonly string[], to: string): ModelCommand => ({
  type: "setExpression",
  path: ["processes", process, "steps", step, ...slot],
  to,
});

test("two people who change different steps do not conflict", () => {
  const result = merged(
    [expression("owner", ["when"], "steps.deal != null"), expression("touched", ["key"], "steps.deal.id")],
    [
      expression("deal", ["key"], "coalesce(input.deal, input.deal)"),
      { type: "addStep", process, step: wait("pause"), place: { of: null } },
    ],
  );
  expect(result.conflicts).toEqual([]);
  expect(stepNamed(result.process, "owner")?.when).toBe("steps.deal != null");
  expect(stepNamed(result.process, "touched")).toMatchObject({ key: "steps.deal.id" });
  expect(stepNamed(result.process, "deal")).toMatchObject({ key: "coalesce(input.deal, input.deal)" });
  expect(names(result.process)).toContain("pause");
});

test("steps that are added to the same branch and loop all stay", () => {
  const place = { of: { step: "which", at: ["branches", "0"] } };
  const result = merged(
    [{ type: "addStep", process, step: wait("one"), place }],
    [{ type: "addStep", process, step: wait("two"), place }],
  );
  expect(result.conflicts).toEqual([]);
  expect(names(result.process)).toEqual(expect.arrayContaining(["big", "one", "two"]));
});

test("a rename on one side is followed by what the other side wrote", () => {
  const result = merged(
    [
      {
        type: "addStep",
        process,
        step: { kind: "find", name: "again", resource: "Deal", key: "steps.deal.id" },
        place: { of: null },
      },
    ],
    [
      { type: "renameResource", resource: "Deal", to: "Chance" },
      { type: "renameAttribute", resource: "Chance", attribute: "title", to: "label" },
    ],
  );
  expect(result.conflicts).toEqual([]);
  expect(stepNamed(result.process, "again")).toMatchObject({ resource: "Chance" });
  expect(result.sources["processes/close-deal.ts"]).not.toContain('"Deal"');
});

test("what both changed differently is mine, and told", () => {
  const result = merged([expression("owner", ["key"], "steps.deal.id")], [expression("owner", ["key"], "input.deal")]);
  expect(stepNamed(result.process, "owner")).toMatchObject({ key: "steps.deal.id" });
  expect(result.conflicts).toHaveLength(1);
});

test("a step that one moved and the other changed stands once", () => {
  const result = merged(
    [{ type: "moveStep", process, step: "other", place: { of: { step: "which", at: ["otherwise"] } } }],
    [expression("other", ["input", "deal", "expression"], "input.deal")],
  );
  expect(names(result.process).filter((name) => name === "other")).toEqual(["other"]);
  expect(result.conflicts.length).toBeGreaterThan(0);
});

test("connections, functions and sign-in of both sides are kept", () => {
  const vat = readModel(processSources).model?.functions?.[0];
  const { auth } = readModel(processSources).model?.app ?? {};
  if (!vat || !auth) throw new Error("They are there.");
  const result = merged(
    [
      { type: "setConnection", connection: { name: "mine", kind: "http", url: "https://mine.example" } },
      { type: "setFunction", function: { ...vat, describe: "Of goods" } },
      { type: "setAuth", auth: { ...auth, password: { minLength: 14 } } },
    ],
    [
      { type: "setConnection", connection: { name: "theirs", kind: "http", url: "https://theirs.example" } },
      { type: "setFunction", function: { ...vat, source: "({ amount }) => amount" } },
      { type: "setAuth", auth: { ...auth, defaultRoles: ["manager"] } },
    ],
  );
  expect(result.conflicts).toEqual([]);
  expect(result.draft.app.connections?.map(({ name }) => name)).toEqual(expect.arrayContaining(["mine", "theirs"]));
  expect(result.draft.functions?.[0]).toMatchObject({ describe: "Of goods", source: "({ amount }) => amount" });
  expect(result.draft.app.auth).toMatchObject({ password: { minLength: 14 }, defaultRoles: ["manager"] });
});

test("what one side alone did to a process is taken whole; what both did has each step once", () => {
  const app = { app: { name: "Work" }, resources: [] };
  const plain = (of: Process) => JSON.parse(JSON.stringify(of)) as Process;
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const base = drawProcess(draw);
      const [mine, theirs] = [drawWorkedOn(draw, base), drawWorkedOn(draw, base)];
      const model = (one: Process) => ({ ...app, processes: [one] });
      const merge = (ours: Process, other: Process) =>
        mergeModels({ base: model(base), mine: model(ours), theirs: model(other) });
      for (const [ours, other, expected] of [
        [mine, base, mine],
        [base, theirs, theirs],
        [mine, mine, mine],
      ] as const) {
        const { model: result, conflicts } = merge(ours, other);
        expect(conflicts).toEqual([]);
        expect(result.processes?.map(plain)).toEqual([plain(expected)]);
      }
      const both = merge(mine, theirs).model.processes?.[0];
      const found = both ? names(both) : [];
      expect(new Set(found).size).toBe(found.length);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
