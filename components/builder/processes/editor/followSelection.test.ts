import { expect, test } from "vitest";
import type { Process, Step } from "#lib/model/processTypes.ts";
import { followSelection } from "./followSelection.ts";

const fail = (name: string): Step => ({ kind: "fail", name, message: "'no'" });
const process = (...names: string[]): Process => ({ name: "p", steps: names.map(fail) });
const selected = { kind: "step", name: "b" } as const;

test("a step stays selected when it is renamed or moved", () => {
  expect(followSelection(selected, process("a", "b"), process("a", "c"))).toEqual({ kind: "step", name: "c" });
  expect(followSelection(selected, process("a", "b"), process("b", "a"))).toBe(selected);
});

test("a step that was removed leaves the process selected, whatever moved up into its place", () => {
  expect(followSelection(selected, process("a", "b", "c"), process("a", "c"))).toEqual({ kind: "process" });
  expect(followSelection(selected, process("a", "b"), process("a"))).toEqual({ kind: "process" });
});

test("a start that is gone leaves the process selected", () => {
  const start = { kind: "start", index: 0 } as const;
  expect(followSelection(start, process(), { ...process(), starts: [{ kind: "call" }] })).toBe(start);
  expect(followSelection(start, { ...process(), starts: [{ kind: "call" }] }, process())).toEqual({ kind: "process" });
});
