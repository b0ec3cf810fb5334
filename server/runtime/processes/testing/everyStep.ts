import type { Process } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { log, processModel } from "./processModel.ts";

const text = { kind: "text" } as const;
const integer = { kind: "integer" } as const;

const inner: Process = {
  name: "inner",
  input: [{ name: "text", type: text, required: true }],
  steps: [log("innerLog", "input.text")],
  output: [{ name: "said", type: text, expression: "steps.innerLog.text" }],
};

/** Steps of every kind, each of which leaves a trace. */
const everyStep: Process = {
  name: "everyStep",
  input: [{ name: "server", type: text, required: true }],
  steps: [
    log("first", "'first'"),
    { kind: "find", name: "found", resource: "Entry", key: "steps.first.id" },
    {
      kind: "request",
      name: "asked",
      method: "POST",
      url: "input.server + '/ask'",
      body: [{ name: "text", type: text, expression: "steps.found.text" }],
      take: [{ name: "answer", type: text, pointer: "/answer" }],
    },
    {
      kind: "transform",
      name: "made",
      values: [{ name: "text", type: text, expression: "steps.found.text + '/' + steps.asked.answer" }],
    },
    {
      kind: "branch",
      name: "choice",
      branches: [{ when: "steps.asked.status == 200", steps: [log("chosen", "steps.made.text")] }],
      otherwise: [{ kind: "fail", name: "never", message: "'never'" }],
    },
    { kind: "select", name: "all", resource: "Entry", order: [{ name: "id", descending: false }] },
    {
      kind: "forEach",
      name: "each",
      items: "steps.all",
      as: "entry",
      atOnce: 2,
      steps: [log("line", "'line ' + entry.text")],
    },
    {
      kind: "repeat",
      name: "rounds",
      while: "steps.counted.value == null || steps.counted.value < 2",
      atMost: 3,
      steps: [
        {
          kind: "transform",
          name: "counted",
          values: [{ name: "value", type: integer, expression: "coalesce(steps.counted.value, 0) + 1" }],
        },
        log("round", "'round ' + string(steps.counted.value)"),
      ],
    },
    {
      kind: "parallel",
      name: "both",
      branches: [
        { name: "left", steps: [log("left", "'left'")] },
        {
          name: "right",
          steps: [{ kind: "mail", name: "told", to: "'a@example.com'", subject: "'Hi'", text: "'Hi'" }],
        },
      ],
    },
    { kind: "wait", name: "pause", for: "duration('PT0S')" },
    { kind: "waitFor", name: "change", resource: "Order", match: "title == 'now'", within: "PT1H" },
    { kind: "function", name: "doubled", function: "double", input: [{ name: "amount", expression: "21" }] },
    {
      kind: "process",
      name: "called",
      process: "inner",
      input: [{ name: "text", expression: "'inner ' + string(steps.doubled)" }],
    },
    {
      kind: "ask",
      name: "opinion",
      connection: "thinker",
      prompt: "'What of ' + steps.called.said + '?'",
      returns: [{ name: "text", type: text, required: true }],
    },
    {
      kind: "emit",
      name: "event",
      type: "all.done",
      data: [{ name: "text", type: text, expression: "steps.opinion.text" }],
    },
    log("last", "'last ' + steps.opinion.text"),
  ],
  output: [{ name: "text", type: text, expression: "steps.last.text" }],
};

/** Steps that reach out of the database, between those that do not. */
const outward: Process = {
  name: "outward",
  input: [{ name: "server", type: text, required: true }],
  steps: [
    log("before", "'before'"),
    { kind: "request", name: "asked", method: "POST", url: "input.server + '/ask'" },
    { kind: "mail", name: "told", to: "'a@example.com'", subject: "'Hi'", text: "'Hi'" },
    log("after", "'after'"),
  ],
};

/** Fails at its end, so that all is undone. */
const undone: Process = {
  name: "undone",
  steps: [
    { ...log("one", "'one'"), compensate: [log("undoOne", "'undo ' + steps.one.text")] },
    {
      kind: "forEach",
      name: "items",
      items: "[1, 2]",
      as: "item",
      steps: [{ ...log("two", "'two ' + string(item)"), compensate: [log("undoTwo", "'undo two ' + string(item)")] }],
    },
    {
      kind: "fail",
      name: "stop",
      message: "'Stop'",
      onError: [log("seen", "'seen'"), { kind: "fail", name: "end", message: "'End'" }],
    },
  ],
};

/** A model with processes that have steps of every kind; the model that they ask is at the address. */
export function everyStepModel(server: string): Model {
  const model = processModel([everyStep, inner, outward, undone], {
    functions: [
      {
        name: "double",
        parameters: [{ name: "amount", type: integer, required: true }],
        returns: integer,
        source: "({ amount }) => amount * 2",
      },
    ],
    connections: [{ name: "thinker", kind: "model", url: `${server}/v1`, model: "small" }],
  });
  return {
    ...model,
    resources: model.resources.map((one) => ({ ...one, features: { ...one.features, events: true } })),
  };
}
