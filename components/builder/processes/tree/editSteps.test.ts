import { expect, test } from "vitest";
import type { Step } from "#lib/model/processTypes.ts";
import { copyOf, insertStep, moveStep, removeStep, replaceStep } from "./editSteps.ts";
import { findStep, walkSteps } from "./findStep.ts";

const fail = (name: string): Step => ({ kind: "fail", name, message: "'no'" });

const steps: readonly Step[] = [
  fail("a"),
  {
    kind: "branch",
    name: "size",
    branches: [{ when: "true", steps: [fail("b"), fail("c")] }],
    otherwise: [{ kind: "forEach", name: "each", items: "[]", as: "item", steps: [fail("d")] }],
    onError: [fail("e")],
  },
  fail("f"),
];

const names = (list: readonly Step[]) => [...walkSteps(list)].map(({ step }) => step.name).join(" ");

test("steps are walked in the order in which one reads them, each with its place", () => {
  expect(names(steps)).toBe("a size b c each d e f");
  expect(findStep(steps, "d")?.place).toEqual({ of: "each", lane: "steps", index: 0 });
  expect(findStep(steps, "e")?.place).toEqual({ of: "size", lane: "onError", index: 0 });
  expect(findStep(steps, "nobody")).toBeNull();
});

test("a step is added, replaced and taken away at any depth; what is beside stays the same object", () => {
  const added = insertStep(steps, { of: "each", lane: "steps", index: 1 }, fail("g"));
  expect(names(added)).toBe("a size b c each d g e f");
  expect(added[0]).toBe(steps[0]);
  expect(added[2]).toBe(steps[2]);
  expect(names(removeStep(steps, "each"))).toBe("a size b c e f");
  expect(findStep(removeStep(steps, "each"), "size")?.step).not.toHaveProperty("otherwise");
  expect(names(replaceStep(steps, "c", fail("z")))).toBe("a size b z each d e f");
  expect(names(removeStep(steps, "nobody"))).toBe(names(steps));
});

test("a step moves within its list, to another list, never into itself", () => {
  expect(names(moveStep(steps, "a", { of: null, lane: "steps", index: 3 }) ?? [])).toBe("size b c each d e f a");
  expect(names(moveStep(steps, "f", { of: null, lane: "steps", index: 0 }) ?? [])).toBe("f a size b c each d e");
  expect(names(moveStep(steps, "b", { of: "each", lane: "steps", index: 1 }) ?? [])).toBe("a size c each d b e f");
  expect(names(moveStep(steps, "b", { of: "size", lane: "branches.0", index: 2 }) ?? [])).toBe("a size c b each d e f");
  expect(moveStep(steps, "a", { of: null, lane: "steps", index: 1 })).toBeNull();
  expect(moveStep(steps, "size", { of: "each", lane: "steps", index: 0 })).toBeNull();
});

test("a copy has names of its own, all the way down", () => {
  const branch = findStep(steps, "size")?.step;
  if (!branch) throw new Error("There is such a step.");
  expect(names([copyOf(steps, branch)])).toBe("size2 b2 c2 each2 d2 e2");
});
