import { describe, expect, test } from "vitest";
import { allSteps, stepNamed } from "../processes/stepsWithin.ts";
import type { Process, Step } from "../processTypes.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { processSources } from "../testing/processSources.ts";
import { applyCommand } from "./applyCommand.ts";
import type { ModelCommand } from "./ModelCommand.ts";

const file = "processes/close-deal.ts";

/** The files after some commands, which must be sound. */
function changedBy(...commands: readonly ModelCommand[]): Sources {
  const sources = commands.reduce<Sources>(applyCommand, processSources);
  const { problems } = readModel(sources);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return sources;
}

function processOf(sources: Sources, name = "closeDeal"): Process {
  const found = readModel(sources).draft.processes?.find((one) => one.name === name);
  if (!found) throw new Error(`There is a process ${name}.`);
  return found;
}

function stepOf(sources: Sources, name: string): Step {
  const step = stepNamed(processOf(sources), name);
  if (!step) throw new Error(`There is a step ${name}.`);
  return step;
}

/** The lines that are only in one of both texts. */
function changedLines(before: string, now: string): readonly string[] {
  const [old, fresh] = [before.split("\n"), now.split("\n")];
  return [
    ...old.filter((line) => !fresh.includes(line)).map((line) => `- ${line.trim()}`),
    ...fresh.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

const linesOf = (sources: Sources, path = file) => changedLines(processSources[path] ?? "", sources[path] ?? "");

describe("processes", () => {
  test("one is added, renamed with what runs it, and removed", () => {
    const added = changedBy({ type: "addProcess", name: "cleanUp" });
    expect(added["processes/clean-up.ts"]).toContain('export default process("cleanUp", {');
    const renamed = changedBy({ type: "renameProcess", process: "remind", to: "remember" });
    expect(Object.keys(renamed)).toContain("processes/remember.ts");
    expect(Object.keys(renamed)).not.toContain("processes/remind.ts");
    expect(linesOf(renamed)).toEqual([
      '- other: run("remind", { input: { deal: "steps.deal.id" }, detached: true }),',
      '+ other: run("remember", { input: { deal: "steps.deal.id" }, detached: true }),',
    ]);
    const removed = applyCommand(added, { type: "removeProcess", process: "cleanUp" });
    expect(removed).toEqual(processSources);
  });

  test("a name that is taken or none is refused", () => {
    expect(() => changedBy({ type: "addProcess", name: "vat" })).toThrow("There is a `vat` already");
    expect(() => changedBy({ type: "addProcess", name: "Vat" })).toThrow("small letter");
    expect(() => changedBy({ type: "renameProcess", process: "closeDeal", to: "remind" })).toThrow("already");
    expect(() => changedBy({ type: "renameStep", process: "closeDeal", step: "deal", to: "undo" })).toThrow("already");
    expect(() =>
      changedBy({ type: "setStep", process: "closeDeal", step: { kind: "fail", name: "no", message: "''" } }),
    ).toThrow("no step `no`");
  });

  test("setting one writes only what differs", () => {
    const process = processOf(processSources);
    const steps = process.steps.map((step) =>
      step.kind === "select" ? { ...step, limit: 20, describe: "Some" } : step,
    );
    const sources = changedBy({ type: "setProcess", process: { ...process, steps } });
    expect(linesOf(sources)).toEqual([
      '- rest: select("Deal", { where: { stage: "\'lead\'" }, order: ["-amount"], limit: 50 }),',
      '+ rest: select("Deal", { describe: "Some", where: { stage: "\'lead\'" }, order: ["-amount"], limit: 20 }),',
    ]);
    expect(processOf(sources)).toEqual({ ...process, steps });
  });

  test("an input's new name is followed", () => {
    const sources = changedBy({ type: "renameInput", process: "closeDeal", input: "deal", to: "which" });
    const { starts, input } = processOf(sources);
    expect(input?.map(({ name }) => name)).toEqual(["which", "note"]);
    expect(starts?.flatMap((start) => ("input" in start ? (start.input ?? []).map(({ name }) => name) : []))).toEqual([
      ...["which", "note"],
      "which",
      "which",
    ]);
    expect(stepOf(sources, "deal")).toMatchObject({ key: "input.which" });
    const called = changedBy({ type: "renameInput", process: "remind", input: "deal", to: "which" });
    expect(stepOf(called, "other")).toMatchObject({ input: [{ name: "which", expression: "steps.deal.id" }] });
  });

  test("starts are added, replaced and removed", () => {
    const sources = changedBy({ type: "changeStarts", process: "closeDeal", change: { kind: "remove", index: 2 } });
    expect(processOf(sources).starts?.map(({ kind }) => kind)).toEqual(["change", "schedule", "call"]);
    const added = changedBy({
      type: "changeStarts",
      process: "remind",
      change: { kind: "add", item: { kind: "schedule", cron: "0 8 * * *" } },
    });
    expect(linesOf(added, "processes/remind.ts").join("\n")).toContain('onSchedule("0 8 * * *")');
  });
});

describe("steps", () => {
  const note: Step = { kind: "fail", name: "stop", message: "'Stopped'" };

  test("one is added where it is wanted, and its builder imported", () => {
    const step: Step = { kind: "wait", name: "rest1", for: "'PT1H'" };
    const sources = changedBy({ type: "addStep", process: "remind", step, place: { of: null } });
    expect(sources["processes/remind.ts"]).toContain("import { onCall, process, uuid, wait }");
    const before = changedBy({ type: "addStep", process: "closeDeal", step, place: { of: null, before: "deal" } });
    expect(processOf(before).steps[0]).toEqual(step);
    const inner = changedBy({
      type: "addStep",
      process: "closeDeal",
      step,
      place: { of: { step: "which", at: ["branches", "0"] }, before: "big" },
    });
    expect(linesOf(inner)).toEqual(expect.arrayContaining([expect.stringContaining("rest1: wait(")]));
    expect(allSteps(processOf(inner)).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["which", "rest1", "big"]),
    );
  });

  test("the first for an error, for undoing or for otherwise makes its list", () => {
    for (const at of ["onError", "compensate"]) {
      const sources = changedBy({
        type: "addStep",
        process: "closeDeal",
        step: note,
        place: { of: { step: "deal", at: [at] } },
      });
      expect(stepOf(sources, "deal")).toMatchObject({ [at]: [note] });
    }
    const place = { of: { step: "deal", at: ["branches", "9"] } };
    expect(() => changedBy({ type: "addStep", process: "closeDeal", step: note, place })).toThrow("no such place");
  });

  test("one is replaced, moved with all that stands in it, and removed", () => {
    const set = changedBy({
      type: "setStep",
      process: "closeDeal",
      step: { kind: "wait", name: "pages", for: "'PT1S'" },
    });
    expect(allSteps(processOf(set)).map(({ name }) => name)).not.toContain("page");
    const moved = changedBy({
      type: "moveStep",
      process: "closeDeal",
      step: "both",
      place: { of: { step: "each", at: ["steps"] }, before: "touched" },
    });
    expect(stepOf(moved, "each")).toMatchObject({ steps: [{ name: "both" }, { name: "touched" }] });
    expect(stepOf(moved, "thanks")).toBeDefined();
    expect(() =>
      changedBy({
        type: "moveStep",
        process: "closeDeal",
        step: "both",
        place: { of: { step: "both", at: ["branches", "letter"] } },
      }),
    ).toThrow("in itself");
    const removed = changedBy({ type: "removeStep", process: "closeDeal", step: "both" });
    const exported = (sources: Sources) => sources[file]?.slice(sources[file].indexOf("export default")) ?? "";
    const lines = changedLines(exported(processSources), exported(removed));
    expect(lines.filter((line) => line.startsWith("+"))).toEqual([]);
    expect(removed[file]).not.toContain("parallel");
  });

  test("a new name is followed into every expression that sees the result", () => {
    const sources = changedBy({ type: "renameStep", process: "closeDeal", step: "deal", to: "won" });
    expect(stepOf(sources, "invoice")).toMatchObject({ input: [{}, { expression: "steps.won.id" }] });
    expect(sources[file]).not.toContain("steps.deal");
    expect(sources["processes/remind.ts"]).toBe(processSources["processes/remind.ts"]);
  });

  test("an expression is set by its place", () => {
    const path = ["processes", "closeDeal", "steps", "invoice", "input", "amount", "expression"];
    const sources = changedBy({ type: "setExpression", path, to: "steps.total.gross + 1.0" });
    expect(linesOf(sources)).toHaveLength(2);
    expect(sources[file]).toContain('"steps.total.gross + 1.0"');
  });
});

describe("renames elsewhere", () => {
  test("of a resource are followed by starts and steps", () => {
    const sources = changedBy({ type: "renameResource", resource: "Deal", to: "Opportunity" });
    expect(sources[file]).toContain('onChange("Opportunity", {');
    expect(sources[file]).toContain('find("Opportunity", "input.deal"');
    expect(sources[file]).not.toContain('"Deal"');
  });

  test("of an attribute are followed by names and expressions", () => {
    const sources = changedBy({ type: "renameAttribute", resource: "Deal", attribute: "title", to: "label" });
    expect(sources[file]).toContain("input: { label: \"row.label + '!'\" }");
    expect(sources[file]).toContain("steps.deal.label");
    expect(processOf(sources).starts?.[0]).toMatchObject({ input: [{}, { name: "note", expression: "label" }] });
    const address = changedBy({ type: "renameAttribute", resource: "Person", attribute: "email", to: "address" });
    expect(readModel(address).model?.app.auth?.email).toBe("address");
  });

  test("of a state, a relationship and a role are followed, too", () => {
    const state = changedBy({
      type: "renameChoice",
      resource: "Deal",
      attribute: "stage",
      option: "lead",
      to: "fresh",
    });
    expect(state[file]).toContain("where: { stage: \"'fresh'\" }");
    const owner = changedBy({ type: "renameRelationship", resource: "Deal", relationship: "owner", to: "keeper" });
    expect(owner[file]).toContain("steps.deal.keeperId");
    const role = changedBy({ type: "renameRole", role: "manager", to: "boss" });
    expect(role[file]).toContain("'boss' in actor.roles");
    expect(readModel(role).model?.app.auth).toMatchObject({
      totp: { required: ["boss"] },
      providers: [{ roles: { map: { admins: "boss" } } }],
    });
  });
});

describe("functions, connections and sign-in", () => {
  test("a function is set with its text, renamed and removed", () => {
    const vat = readModel(processSources).model?.functions?.[0];
    if (!vat) throw new Error("There is one.");
    const set = changedBy({ type: "setFunction", function: { ...vat, source: "({ amount }) => amount" } });
    expect(linesOf(set, "functions/vat.ts").filter((line) => line.startsWith("+"))).toEqual([
      '+ import { decimal, fn } from "gantry";',
      "+ ({ amount }) => amount,",
    ]);
    const renamed = changedBy({ type: "renameFunction", function: "vat", to: "tax1" });
    expect(renamed["functions/tax1.ts"]).toContain('"tax1"');
    expect(renamed[file]).toContain('compute("tax1"');
    const added = changedBy({ type: "setFunction", function: { ...vat, name: "double" } });
    expect(added["functions/double.ts"]).toContain('export default fn("double", {');
    expect(applyCommand(added, { type: "removeFunction", function: "double" })).toEqual(processSources);
  });

  test("connections are set, renamed with the steps that call them, and removed", () => {
    const renamed = changedBy({ type: "renameConnection", connection: "shop", to: "market" });
    expect(renamed[file]).toContain('connection: "market"');
    const connection = { name: "stock", kind: "http", url: "https://stock.example" } as const;
    const set = changedBy({ type: "setConnection", connection });
    expect(linesOf(set, "gantry.config.ts")).toEqual([
      '- import { app, basic, bearer, header, http, model, secret } from "gantry";',
      '- stock: http({ url: secret("STOCK_URL"), authorization: basic("gantry", "STOCK_PASSWORD") }),',
      '+ import { app, bearer, header, http, model } from "gantry";',
      '+ stock: http({ url: "https://stock.example" }),',
    ]);
    expect(changedBy({ type: "removeConnection", connection: "stock" })["gantry.config.ts"]).not.toContain("stock");
  });

  test("sign-in is changed in its parts, and taken away", () => {
    const { auth } = readModel(processSources).model?.app ?? {};
    const set = changedBy({
      type: "setAuth",
      auth: { ...auth, redirects: ["https://shop.example/", "https://b.example/"] },
    });
    expect(linesOf(set, "gantry.config.ts")).toHaveLength(2);
    const gone = changedBy({ type: "setAuth", auth: undefined });
    expect(readModel(gone).model?.app.auth).toBe(undefined);
  });

  test("events are switched on and off", () => {
    const on = changedBy({ type: "setFeatures", resource: "Invoice", features: { events: true } });
    expect(on["domain/invoice.ts"]).toContain("events: true");
    const off = applyCommand(on, { type: "setFeatures", resource: "Invoice", features: { events: undefined } });
    expect(off["domain/invoice.ts"]).toBe(processSources["domain/invoice.ts"]);
  });
});
