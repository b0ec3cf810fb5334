import { literal } from "../../expression/build.ts";
import type { ContextValue, Expression } from "../../expression/Expression.ts";

/**
 * What policies ask of the actor alone. A fact is a boolean part of an expression that looks at no record
 * (`'admin' in actor.roles`), or whether a value of the actor that meets records is there at all (`owner == actor.id`).
 * Facts tell actors apart; where they are equal, all that is left of the policies is equal.
 */
export type Fact = BooleanFact | PresenceFact;

interface BooleanFact {
  readonly kind: "boolean";
  readonly expression: Expression;
}

interface PresenceFact {
  readonly kind: "presence";
  readonly value: ContextValue;
}

export type Outcome = boolean | null;

/** Adds the facts that an expression asks for, by what names them. */
export function gatherFacts(expression: Expression, facts: Map<string, Fact>): void {
  replaceFacts(expression, (name, fact) => {
    facts.set(name, fact);
    return null;
  });
}

/** The expression with the facts that are known in their places. */
export function withFacts(expression: Expression, outcomes: ReadonlyMap<string, Outcome>): Expression {
  return replaceFacts(expression, (name, fact) => {
    const outcome = outcomes.get(name);
    if (outcome === undefined) throw new Error("A policy asks for a fact that was not gathered.");
    if (fact.kind === "boolean") return literal(fact.expression.type, outcome);
    return outcome === true ? null : literal(fact.value.type, null);
  });
}

/** Null leaves the part as it is. */
type Replace = (name: string, fact: Fact) => Expression | null;

function replaceFacts(expression: Expression, replace: Replace): Expression {
  if (expression.type.kind === "boolean" && isOfActor(expression)) {
    return replace(JSON.stringify(expression), { kind: "boolean", expression }) ?? expression;
  }
  const inside = (part: Expression) => replaceFacts(part, replace);
  switch (expression.kind) {
    case "context":
      if (expression.path[0] !== "actor") return expression;
      return replace(`? ${expression.path.join(".")}`, { kind: "presence", value: expression }) ?? expression;
    case "operation":
      return { ...expression, operands: expression.operands.map(inside) };
    case "comprehension":
      return { ...expression, list: inside(expression.list), body: inside(expression.body) };
    case "related":
      return {
        ...expression,
        where: expression.where && inside(expression.where),
        value: expression.value && inside(expression.value),
        order: expression.order.map((term) => ({ ...term, value: inside(term.value) })),
      };
    case "literal":
    case "field":
    case "variable":
      return expression;
  }
}

/** Whether an expression looks at the actor, and at nothing else that is not in it. */
function isOfActor(expression: Expression): boolean {
  const seen = look(expression, new Set());
  return seen === "actor";
}

type Seen = "nothing" | "actor" | "others";

function look(expression: Expression, bound: ReadonlySet<string>): Seen {
  switch (expression.kind) {
    case "literal":
      return "nothing";
    case "context":
      return expression.path[0] === "actor" ? "actor" : "others";
    case "variable":
      return bound.has(expression.name) ? "nothing" : "others";
    case "field":
    case "related":
      return "others";
    case "operation":
      return together(expression.operands.map((operand) => look(operand, bound)));
    case "comprehension":
      return together([look(expression.list, bound), look(expression.body, new Set([...bound, expression.variable]))]);
  }
}

function together(parts: readonly Seen[]): Seen {
  if (parts.includes("others")) return "others";
  return parts.includes("actor") ? "actor" : "nothing";
}
