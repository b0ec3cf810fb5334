import { expect, test } from "vitest";
import type { Step } from "#lib/model/processTypes.ts";
import { walkSteps } from "../tree/findStep.ts";
import { movedBy } from "./movedBy.ts";

const fail = (name: string): Step => ({ kind: "fail", name, message: "'no'" });
const steps: readonly Step[] = [
  fail("a"),
  { kind: "branch", name: "size", branches: [{ when: "true", steps: [fail("b")] }] },
  fail("c"),
];

function said(list: readonly Step[] | null): string | null {
  return list && [...walkSteps(list)].map(({ step, place }) => `${place.of ?? ""}.${step.name}`).join(" ");
}

test("a step moves down into a branch, through it, and out of it", () => {
  const first = movedBy(steps, "a", 1);
  expect(said(first)).toBe(".size size.a size.b .c");
  const second = movedBy(first ?? [], "a", 1);
  expect(said(second)).toBe(".size size.b size.a .c");
  const third = movedBy(second ?? [], "a", 1);
  expect(said(third)).toBe(".size size.b size.a .c");
});

test("a step moves up likewise, and stops at the top", () => {
  expect(said(movedBy(steps, "c", -1))).toBe(".a .size size.b size.c");
  expect(movedBy(steps, "a", -1)).toBeNull();
});
