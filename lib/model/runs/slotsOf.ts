import type { NamedExpression, Step, TypedExpression } from "../processTypes.ts";
import type { AttributeType, ExpressionText } from "../types.ts";

/** An expression of a step by its place, as executors are given its value: `url`, `body.title`, `branches.0.when`. */
export interface Slot {
  readonly slot: string;
  readonly text: ExpressionText;
  /** What it is declared to come out as. */
  readonly type?: AttributeType;
}

/** The expressions of a step itself, without its condition and the steps in it. */
export function valueSlots(step: Step): readonly Slot[] {
  switch (step.kind) {
    case "action":
      return [...optional("key", step.key), ...named("input", step.input)];
    case "find":
      return [{ slot: "key", text: step.key }];
    case "select":
      return [...named("arguments", step.arguments), ...named("where", step.where)];
    case "transform":
      return typed("values", step.values);
    case "branch":
      return step.branches.map(({ when }, index) => ({ slot: `branches.${index}.when`, text: when }));
    case "forEach":
      return [{ slot: "items", text: step.items }];
    case "repeat":
      return [{ slot: "while", text: step.while }];
    case "parallel":
      return [];
    case "wait":
      return [...optional("for", step.for), ...optional("until", step.until)];
    case "waitFor":
      return [{ slot: "match", text: step.match }];
    case "request":
      return [{ slot: "url", text: step.url }, ...named("headers", step.headers), ...typed("body", step.body)];
    case "mail":
      return [
        { slot: "to", text: step.to },
        { slot: "subject", text: step.subject },
        { slot: "text", text: step.text },
      ];
    case "function":
    case "process":
      return named("input", step.input);
    case "ask":
      return [{ slot: "prompt", text: step.prompt }];
    case "emit":
      return typed("data", step.data);
    case "fail":
      return [{ slot: "message", text: step.message }];
  }
}

/** What stands below one name: `body` of `body.title` and `body.text`. */
export function valuesBelow<Value>(values: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  const prefix = `${name}.`;
  const entries = Object.entries(values).filter(([slot]) => slot.startsWith(prefix));
  return Object.fromEntries(entries.map(([slot, value]) => [slot.slice(prefix.length), value]));
}

function optional(slot: string, text: ExpressionText | undefined): readonly Slot[] {
  return text === undefined ? [] : [{ slot, text }];
}

function named(prefix: string, expressions: readonly NamedExpression[] = []): readonly Slot[] {
  return expressions.map(({ name, expression }) => ({ slot: `${prefix}.${name}`, text: expression }));
}

function typed(prefix: string, expressions: readonly TypedExpression[] = []): readonly Slot[] {
  return expressions.map(({ name, expression, type }) => ({ slot: `${prefix}.${name}`, text: expression, type }));
}
