import * as fc from "fast-check";
import { expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import type { ModelCommand } from "../commands/ModelCommand.ts";
import { sameJson } from "../merge/sameJson.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { drawProcess, drawWorkedOn } from "../testing/arbitraryProcess.ts";
import { processSources } from "../testing/processSources.ts";
import { describeChange } from "./describeChange.ts";
import { diffModels } from "./diffModels.ts";

const before = readModel(processSources).draft;

function sentences(...commands: readonly ModelCommand[]): readonly string[] {
  const sources = commands.reduce<Sources>(applyCommand, processSources);
  return diffModels(before, readModel(sources).draft).map(describeChange);
}

const process = "closeDeal";
const fail = { kind: "fail", name: "stop", message: "'x'" } as const;

test.each<readonly [readonly ModelCommand[], readonly string[]]>([
  [[{ type: "addProcess", name: "clean" }], ["There is a new process, clean"]],
  [
    [{ type: "renameProcess", process: "remind", to: "nudge" }],
    ["The process remind is now called nudge", "A step of closeDeal is changed: other"],
  ],
  [[{ type: "addStep", process, step: fail, place: { of: null } }], ["closeDeal has a new step: stop"]],
  [
    [
      { type: "removeStep", process, step: "both" },
      { type: "removeStep", process, step: "other" },
    ],
    ["closeDeal no longer has the steps: both, thanks, opinion and other"],
  ],
  [
    [{ type: "moveStep", process, step: "rest", place: { of: { step: "which", at: ["otherwise"] } } }],
    ["A step of closeDeal stands elsewhere: rest"],
  ],
  [
    [{ type: "moveStep", process, step: "other", place: { of: null, before: "deal" } }],
    ["The steps of closeDeal stand in another order"],
  ],
  [
    [{ type: "changeStarts", process, change: { kind: "remove", index: 2 } }],
    ["closeDeal no longer starts by the hook paid"],
  ],
  [
    [
      {
        type: "changeStarts",
        process,
        change: { kind: "set", index: 3, item: { kind: "call" } },
      },
    ],
    ["How closeDeal starts when it is called is changed"],
  ],
  [
    [{ type: "setConnection", connection: { name: "shop", kind: "http", url: "https://b.example" } }],
    [
      "The connection shop leads to another address",
      "The connection shop has another authorization",
      "The connection shop has another description",
    ],
  ],
  [
    [{ type: "setStep", process, step: { kind: "wait", name: "other", for: "'PT1H'" } }],
    ["A step of closeDeal is changed: other"],
  ],
  [
    [{ type: "changeStarts", process, change: { kind: "move", index: 0, to: 4 } }],
    ["The starts of closeDeal stand in another order"],
  ],
  [[{ type: "setAuth", auth: undefined }], ["Nobody can sign in to the app any more"]],
  [
    [{ type: "renameAttribute", resource: "Deal", attribute: "title", to: "label" }],
    ["Deal.title is now called label"],
  ],
  [[{ type: "renameResource", resource: "Deal", to: "Chance" }], ["Deal is now called Chance"]],
])("%j", (commands, expected) => {
  expect(sentences(...commands)).toEqual(expected);
});

test("what differs in a process is always told", () => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const old = drawProcess(draw);
      const fresh = drawWorkedOn(draw, old);
      const changes = diffModels({ ...before, processes: [old] }, { ...before, processes: [fresh] });
      expect(changes.length > 0).toBe(!sameJson(old, fresh));
      for (const change of changes) expect(describeChange(change)).not.toMatch(/undefined|[.]$/);
    }),
    { numRuns: 150, endOnFailure: true },
  );
});
