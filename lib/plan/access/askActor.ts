import type { ContextValue, Expression } from "../../expression/Expression.ts";
import { contextEnvironment } from "../../expression/evaluate/EvaluationEnvironment.ts";
import { evaluate } from "../../expression/evaluate/evaluate.ts";
import { fromCanonical } from "../../expression/fromCanonical.ts";
import type { Value } from "../../expression/Value.ts";
import type { Actor } from "../types.ts";
import type { Fact, Outcome } from "./actorFacts.ts";
import { contextValue } from "./contextValues.ts";

/** What a fact is for one actor. */
export function askActor(actor: Actor, fact: Fact): Outcome {
  if (fact.kind === "presence") return actorValue(actor, fact.value) !== null;
  const values = new Map<string, Value>();
  for (const context of contextsIn(fact.expression)) values.set(context.path.join("."), actorValue(actor, context));
  const outcome = evaluate(
    fact.expression,
    contextEnvironment((path) => values.get(path.join(".")) ?? null),
  );
  return typeof outcome === "boolean" ? outcome : null;
}

function actorValue(actor: Actor, { path, type }: ContextValue): Value {
  // A fact is of the actor alone, so that no moment is asked for.
  const value = contextValue({ actor, now: "" }, path);
  if (value === null) return null;
  if (typeof value === "string") return fromCanonical(type, value);
  return type.kind === "list" ? value.map((item) => fromCanonical(type.of, item)) : null;
}

function contextsIn(expression: Expression): readonly ContextValue[] {
  switch (expression.kind) {
    case "context":
      return [expression];
    case "operation":
      return expression.operands.flatMap(contextsIn);
    case "comprehension":
      return [...contextsIn(expression.list), ...contextsIn(expression.body)];
    case "literal":
    case "variable":
    case "field":
    case "related":
      return [];
  }
}
