import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Process, Step } from "#lib/model/processTypes.ts";
import { ProcessBench } from "./testing/ProcessBench.ts";
import { log, processModel } from "./testing/processModel.ts";

const integer = { kind: "integer" } as const;
const text = { kind: "text" } as const;

const list = { kind: "list", of: integer } as const;

const processes: readonly Process[] = [
  {
    name: "order",
    input: [{ name: "title", type: text, required: true }],
    steps: [
      {
        kind: "action",
        name: "made",
        resource: "Order",
        action: "create",
        input: [
          { name: "title", expression: "input.title" },
          { name: "amount", expression: "12.5" },
          { name: "note", expression: "'secret'" },
        ],
      },
      { kind: "action", name: "paid", resource: "Order", action: "pay", key: "steps.made.id" },
      { kind: "find", name: "found", resource: "Order", key: "steps.made.id" },
      { kind: "find", name: "nothing", resource: "Order", key: "0" },
      {
        kind: "select",
        name: "all",
        resource: "Order",
        where: [{ name: "state", expression: "'paid'" }],
        order: [{ name: "title", descending: true }],
      },
      {
        kind: "transform",
        name: "sum",
        values: [
          { name: "total", type: { kind: "decimal" }, expression: "steps.found.amount * 2.0" },
          { name: "many", type: integer, expression: "size(steps.all)" },
          { name: "big", type: { kind: "bigint" }, expression: "9007199254740993" },
        ],
      },
    ],
    output: [
      { name: "state", type: text, expression: "steps.found.state" },
      { name: "total", type: { kind: "decimal" }, expression: "steps.sum.total" },
      { name: "isNothing", type: { kind: "boolean" }, expression: "steps.nothing == null" },
    ],
  },
  {
    name: "paths",
    input: [{ name: "numbers", type: list, required: true }],
    steps: [
      {
        kind: "branch",
        name: "size",
        branches: [
          { when: "size(input.numbers) > 3", steps: [log("many", "'many'")] },
          { when: "size(input.numbers) > 1", steps: [log("few", "'few'")] },
        ],
        otherwise: [log("none", "'none'")],
      },
      { ...log("never", "'never'"), when: "1 > 2" },
      {
        kind: "forEach",
        name: "each",
        items: "input.numbers",
        as: "number",
        steps: [
          { kind: "transform", name: "double", values: [{ name: "value", type: integer, expression: "number * 2" }] },
          log("line", "'line ' + string(steps.double.value)"),
        ],
      },
      {
        kind: "repeat",
        name: "count",
        while: "steps.next.value == null || steps.next.value < 3",
        atMost: 5,
        steps: [
          {
            kind: "transform",
            name: "next",
            values: [{ name: "value", type: integer, expression: "coalesce(steps.next.value, 0) + 1" }],
          },
        ],
      },
      {
        kind: "parallel",
        name: "both",
        branches: [
          { name: "left", steps: [log("left", "'left'")] },
          { name: "right", steps: [log("right", "'right'")] },
        ],
      },
    ],
    output: [
      { name: "items", type: integer, expression: "steps.each" },
      { name: "rounds", type: integer, expression: "steps.count" },
      { name: "last", type: integer, expression: "steps.next.value" },
    ],
  },
  {
    name: "endless",
    steps: [{ kind: "repeat", name: "on", while: "true", atMost: 3, steps: [log("again", "'again'")] }],
  },
  {
    name: "handled",
    steps: [
      {
        ...log("bad", "''"),
        action: "update",
        key: "0",
        onError: [log("seen", "error.code + '/' + error.message")],
      } as Step,
      log("after", "'after'"),
    ],
  },
  { name: "failing", steps: [{ kind: "fail", name: "stop", message: "'No more of ' + 'this'" }] },
  {
    name: "undone",
    steps: [
      { ...log("one", "'one'"), compensate: [log("undoOne", "'undo ' + steps.one.text")] },
      {
        kind: "forEach",
        name: "each",
        items: "[1, 2]",
        as: "item",
        steps: [{ ...log("two", "'two ' + string(item)"), compensate: [log("undoTwo", "'undo two ' + string(item)")] }],
      },
      { kind: "fail", name: "stop", message: "'Stop'" },
    ],
  },
  {
    name: "inner",
    input: [{ name: "text", type: text, required: true, maxLength: 5 }],
    steps: [log("said", "input.text")],
    output: [{ name: "said", type: text, expression: "steps.said.text" }],
  },
  {
    name: "outer",
    input: [{ name: "text", type: text, required: true }],
    steps: [
      { kind: "process", name: "call", process: "inner", input: [{ name: "text", expression: "input.text" }] },
      {
        kind: "process",
        name: "aside",
        process: "inner",
        input: [{ name: "text", expression: "'aside'" }],
        detached: true,
      },
    ],
    output: [{ name: "said", type: text, expression: "steps.call.said" }],
  },
  { name: "endlessly", steps: [{ kind: "process", name: "again", process: "endlessly" }] },
];

let bench: ProcessBench;
beforeAll(async () => {
  bench = await ProcessBench.of(processModel(processes));
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(async () => {
  await bench.sql`TRUNCATE entries, orders, gantry_runs, gantry_steps RESTART IDENTITY`;
});

describe("Steps on records", () => {
  test("change them, look them up and work with what they find", async () => {
    const run = await bench.run("order", { title: "Tea" });
    expect(run).toMatchObject({ status: "succeeded", output: { state: "paid", total: "25.000", isNothing: true } });
    const steps = await bench.steps(run.id);
    expect(steps.made).toContain('"amount":"12.50"');
    expect(steps.made).not.toContain("secret");
    expect(steps.sum).toBe('succeeded {"total":"25.000","many":1,"big":"9007199254740993"}');
    const [change] = await bench.sql`SELECT * FROM gantry_history ORDER BY id LIMIT 1`;
    expect(change).toMatchObject({ actor: "order", actor_kind: "process", action: "create" });
  });

  test("are held to what the model asks: what it refuses, the run tells", async () => {
    const run = await bench.run("order", { title: "x".repeat(41) });
    expect(run).toMatchObject({ status: "failed", error: { code: "invalid_input", step: "made" } });
    expect(JSON.stringify(run.error)).toContain("title");
    expect(await bench.sql`SELECT 1 FROM orders`).toHaveLength(0);
  });
});

describe("Steps with steps in them", () => {
  test("branch, go over items, go in rounds and beside each other", async () => {
    const run = await bench.run("paths", { numbers: [5, 6] });
    expect(run).toMatchObject({ status: "succeeded", output: { items: 2, rounds: 3, last: 3 } });
    const entries = await bench.entries();
    expect(entries.slice(0, 3)).toEqual(["few", "line 10", "line 12"]);
    expect(entries.slice(3).toSorted()).toEqual(["left", "right"]);
    expect(await bench.steps(run.id)).toMatchObject({ "each[1].double": 'succeeded {"value":12}', never: "skipped" });
  });

  test("fail where they go round too often", async () => {
    expect(await bench.run("endless")).toMatchObject({
      status: "failed",
      error: { code: "too_many_rounds", step: "on" },
    });
    expect(await bench.entries()).toHaveLength(3);
  });
});

describe("A failure", () => {
  test("is dealt with by the steps for it, which see it, and the run goes on", async () => {
    expect(await bench.run("handled")).toMatchObject({ status: "succeeded" });
    expect(await bench.entries()).toEqual(["not_found/There is no such Entry.", "after"]);
  });

  test("ends the run with its message", async () => {
    expect(await bench.run("failing")).toMatchObject({
      status: "failed",
      error: { code: "failed", message: "No more of this", step: "stop" },
    });
  });

  test("has what was done undone, the latest first", async () => {
    const run = await bench.run("undone");
    expect(run).toMatchObject({ status: "failed", error: { message: "Stop", step: "stop" } });
    expect(await bench.entries()).toEqual(["one", "two 1", "two 2", "undo two 2", "undo two 1", "undo one"]);
    expect(await bench.steps(run.id)).toMatchObject({
      one: expect.stringContaining("undone"),
      "each[0].two": expect.stringContaining("undone"),
    });
  });
});

describe("A process in a process", () => {
  test("is waited for unless it is detached", async () => {
    expect(await bench.run("outer", { text: "Hi" })).toMatchObject({ status: "succeeded", output: { said: "Hi" } });
    expect((await bench.entries()).toSorted()).toEqual(["Hi", "aside"]);
    expect(await bench.sql`SELECT depth FROM gantry_runs ORDER BY depth`).toMatchObject([
      { depth: 0 },
      { depth: 1 },
      { depth: 1 },
    ]);
  });

  test("tells why it failed, also where it could not begin", async () => {
    expect(await bench.run("outer", { text: "Too long" })).toMatchObject({
      status: "failed",
      error: { code: "invalid_input", step: "call" },
    });
  });

  test("goes no deeper than there is sense in it", async () => {
    expect(await bench.run("endlessly")).toMatchObject({ status: "failed", error: { code: "too_deep" } });
  });
});
