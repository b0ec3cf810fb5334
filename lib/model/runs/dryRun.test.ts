import { describe, expect, test } from "vitest";
import type { Process } from "../processTypes.ts";
import { readModel } from "../read/readModel.ts";
import { processSources } from "../testing/processSources.ts";
import type { Model } from "../types.ts";
import { dryRun } from "./dryRun.ts";
import { pathOf } from "./StepNote.ts";

const { draft } = readModel(processSources);
const text = { kind: "text" } as const;
const modelWith = (process: Process): Model => ({ ...draft, processes: [process] });
const now = new Date("2026-01-31T12:00:00Z");

const reminding: Process = {
  name: "remind",
  input: [{ name: "name", type: text, required: true }],
  steps: [
    { kind: "wait", name: "pause", for: "duration('P30D')" },
    {
      kind: "request",
      name: "ask",
      method: "GET",
      url: "'https://example.com/' + input.name",
      take: [{ name: "answer", type: text, pointer: "/answer" }],
      retry: { attempts: 3, pause: "PT1H" },
      onError: [{ kind: "fail", name: "given", message: "error.code" }],
    },
    { kind: "mail", name: "tell", to: "'a@example.com'", subject: "steps.ask.answer", text: "'Hello'" },
  ],
  output: [{ name: "at", type: { kind: "timestamp" }, expression: "steps.pause" }],
};

describe("A trial", () => {
  test("goes the way of a run on samples, and shows the value of each expression", async () => {
    const results = { ask: { result: { status: 200, answer: "Yes" } } };
    const tried = await dryRun(modelWith(reminding), reminding, { input: { name: "ada" }, now, results });
    expect(tried).toMatchObject({ status: "succeeded", output: { at: "2026-03-02T12:00:00Z" } });
    expect(tried.notes.map(pathOf)).toEqual(["pause", "ask", "tell"]);
    expect(tried.notes[1]?.input).toEqual({ url: "https://example.com/ada" });
    expect(tried.notes[2]?.input).toMatchObject({ subject: "Yes" });
  });

  test("passes through attempts and their pauses in no time", async () => {
    const results = { ask: { failure: { code: "http_500", message: "No." } } };
    const tried = await dryRun(modelWith(reminding), reminding, { input: { name: "ada" }, now, results });
    expect(tried).toMatchObject({ status: "failed", failure: { message: "http_500", step: "given" } });
    expect(tried.notes.find(({ name }) => name === "ask")).toMatchObject({ attempt: 3, status: "failed" });
    expect(tried.endedAt).toEqual(new Date("2026-03-02T15:00:00Z"));
  });

  test("makes up what no sample says, for every kind of step", async () => {
    const process = draft.processes?.find(({ name }) => name === "closeDeal");
    if (!process) throw new Error("It is among the sources.");
    const results = { page: { result: { status: 200, next: null } } };
    const tried = await dryRun(draft, process, { input: { deal: "1" }, now, results });
    expect(tried.failure).toBe(null);
    expect(tried.status).toBe("succeeded");
  });

  test("ends where a process goes on for ever", async () => {
    const endless: Process = {
      name: "endless",
      steps: [
        {
          kind: "repeat",
          name: "outer",
          while: "true",
          atMost: 1000,
          steps: [
            {
              kind: "repeat",
              name: "inner",
              while: "true",
              atMost: 1000,
              steps: [{ kind: "transform", name: "nothing", values: [] }],
              onError: [],
            },
          ],
        },
      ],
    };
    expect(await dryRun(modelWith(endless), endless, { input: {} })).toMatchObject({ status: "stopped" });
  });
});
