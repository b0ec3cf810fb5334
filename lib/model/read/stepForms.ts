import type { StepKind } from "../processTypes.ts";

/** How a kind of step is written. */
export interface StepForm {
  readonly builder: string;
  /** What stands between the brackets before the options. */
  readonly heads: readonly StepHead[];
  /** Options of its own, in the order in which they are written; those of every step follow. */
  readonly options: readonly string[];
  /** For what to write where it is missing. */
  readonly example: string;
}

/** A text; a list of texts or of branches; an object. */
export type StepHead = { readonly name: string; readonly is: "text" | "branches" | "named" | "values" };

const text = (name: string): StepHead => ({ name, is: "text" });

/** Options that every step can have, after its own. */
const commonStepOptions = ["retry", "timeout", "onError", "compensate"] as const;

/** Options that every step can have, before its own. */
const leadingStepOptions = ["describe", "when"] as const;

export const stepForms: Readonly<Record<StepKind, StepForm>> = {
  action: {
    builder: "act",
    heads: [text("resource"), text("action")],
    options: ["key", "input"],
    example: 'act("Invoice", "create", { input: { ... } })',
  },
  find: { builder: "find", heads: [text("resource"), text("key")], options: [], example: 'find("Deal", "input.deal")' },
  select: {
    builder: "select",
    heads: [text("resource")],
    options: ["action", "arguments", "where", "order", "limit"],
    example: 'select("Deal", { where: { ... } })',
  },
  transform: {
    builder: "transform",
    heads: [{ name: "values", is: "values" }],
    options: [],
    example: 'transform({ total: decimal("input.amount * 2") })',
  },
  branch: {
    builder: "branch",
    heads: [{ name: "branches", is: "branches" }],
    options: ["otherwise"],
    example: 'branch([when("input.amount > 1000", { ... })], { otherwise: { ... } })',
  },
  forEach: {
    builder: "forEach",
    heads: [text("items")],
    options: ["as", "steps", "atOnce"],
    example: 'forEach("steps.rows", { as: "row", steps: { ... } })',
  },
  repeat: {
    builder: "repeat",
    heads: [text("while")],
    options: ["atMost", "steps"],
    example: 'repeat("steps.page.next != null", { atMost: 10, steps: { ... } })',
  },
  parallel: {
    builder: "parallel",
    heads: [{ name: "branches", is: "named" }],
    options: [],
    example: "parallel({ mail: { ... }, booking: { ... } })",
  },
  wait: { builder: "wait", heads: [], options: ["for", "until"], example: "wait({ for: \"'PT1H'\" })" },
  waitFor: {
    builder: "waitFor",
    heads: [text("resource")],
    options: ["actions", "match", "within"],
    example: 'waitFor("Invoice", { match: "id == steps.invoice.id && paid", within: "P14D" })',
  },
  request: {
    builder: "request",
    heads: [text("method"), text("url")],
    options: ["connection", "headers", "body", "take"],
    example: 'request("POST", "\'/orders\'", { connection: "shop", body: { ... } })',
  },
  mail: {
    builder: "mail",
    heads: [],
    options: ["to", "subject", "text"],
    example: 'mail({ to: "input.email", subject: "\'Hello\'", text: "\'...\'" })',
  },
  function: {
    builder: "compute",
    heads: [text("function")],
    options: ["input"],
    example: 'compute("vat", { input: { amount: "input.amount" } })',
  },
  process: {
    builder: "run",
    heads: [text("process")],
    options: ["input", "detached"],
    example: 'run("remind", { input: { ... } })',
  },
  ask: {
    builder: "ask",
    heads: [text("connection")],
    options: ["prompt", "returns"],
    example: 'ask("assistant", { prompt: "input.text", returns: { summary: text() } })',
  },
  emit: {
    builder: "emit",
    heads: [text("type")],
    options: ["data"],
    example: 'emit("deal.escalated", { data: { ... } })',
  },
  fail: { builder: "fail", heads: [text("message")], options: [], example: "fail(\"'There is nothing to do'\")" },
};

export const stepKinds = Object.keys(stepForms) as readonly StepKind[];

export const stepBuilders: readonly string[] = stepKinds.map((kind) => stepForms[kind].builder);

/** All options of a kind of step, in the order in which they are written. */
export function stepOptions(kind: StepKind): readonly string[] {
  return [...leadingStepOptions, ...stepForms[kind].options, ...commonStepOptions];
}
