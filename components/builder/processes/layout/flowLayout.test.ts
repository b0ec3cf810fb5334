import { expect, test } from "vitest";
import type { Process, Step } from "#lib/model/processTypes.ts";
import type { Box } from "./FlowPlan.ts";
import { flowLayout } from "./flowLayout.ts";

const fail = (name: string): Step => ({ kind: "fail", name, message: "'no'" });

const process: Process = {
  name: "escalate",
  starts: [{ kind: "call" }, { kind: "schedule", cron: "0 8 * * *" }],
  steps: [
    { ...fail("a"), onError: [fail("mend")], compensate: [fail("undo")] },
    {
      kind: "branch",
      name: "size",
      branches: [
        { when: "true", steps: [fail("b"), { kind: "parallel", name: "both", branches: [one("x"), one("y")] }] },
        { when: "false", steps: [] },
      ],
      otherwise: [{ kind: "forEach", name: "each", items: "[]", as: "item", steps: [fail("d")] }],
    },
    fail("z"),
  ],
};

function one(name: string) {
  return { name, steps: [fail(`in${name}`)] };
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test("no two cards lie over each other, and all are on the plane", () => {
  const { steps, starts, lanes, end, width, height } = flowLayout(process);
  const boxes = [...steps, ...starts, ...lanes].map(({ box }) => box).concat(end);
  expect(boxes).toHaveLength(11 + 2 + 7 + 1);
  for (const [index, box] of boxes.entries()) {
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
    for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
  }
});

test("what comes later stands lower, and there is a place before, between and after steps", () => {
  const { steps, inserts } = flowLayout(process);
  const top = (name: string) => steps.find(({ step }) => step.name === name)?.box.y ?? Number.NaN;
  expect(top("a")).toBeLessThan(top("size"));
  expect(top("size")).toBeLessThan(top("b"));
  expect(top("both")).toBeLessThan(top("z"));
  expect(inserts.filter(({ place }) => place.of === null)).toHaveLength(4);
  expect(inserts.filter(({ empty }) => empty).map(({ place }) => place.lane)).toEqual(["branches.1"]);
});

test("what is repeated lies within its frame", () => {
  const { steps, frames } = flowLayout(process);
  const inner = steps.find(({ step }) => step.name === "d")?.box;
  const [frame] = frames;
  if (!inner || !frame) throw new Error("Both are drawn.");
  expect(inner.x).toBeGreaterThan(frame.box.x);
  expect(inner.y + inner.height).toBeLessThan(frame.box.y + frame.box.height);
});

test("a process without steps has a place for the first", () => {
  const { inserts, steps } = flowLayout({ name: "empty", steps: [] });
  expect(steps).toEqual([]);
  expect(inserts).toMatchObject([{ place: { of: null, lane: "steps", index: 0 }, empty: true }]);
});
