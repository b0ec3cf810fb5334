import { expect, test } from "vitest";
import type { Process } from "#lib/model/processTypes.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { processSources } from "#lib/model/testing/processSources.ts";
import { newStep } from "./newStep.ts";
import { stepKinds } from "./stepLooks.ts";

const { draft: model } = readModel(processSources);
const process: Process = {
  name: "followUp",
  input: [{ name: "id", type: { kind: "uuid" }, required: true }],
  starts: [{ kind: "change", resource: "Invoice" }],
  steps: [],
};
const options = { model, process, taken: new Set(["wait"]) };

test("each kind of step begins with a name of its own and what can be guessed", () => {
  for (const kind of stepKinds)
    expect(newStep(kind, options)).toMatchObject({ kind, name: expect.stringMatching(/^[a-z]/) });
  expect(newStep("wait", options).name).toBe("wait2");
  expect(newStep("function", options)).toMatchObject({ function: "vat", name: "computeVat" });
});

test("what is looked up is what was changed; what is made is something else", () => {
  expect(newStep("find", options)).toEqual({ kind: "find", name: "findInvoice", resource: "Invoice", key: "input.id" });
  expect(newStep("action", options)).toMatchObject({ resource: "Deal", action: "create" });
});
