import type { Expression } from "../Expression.ts";
import { expressionLimits } from "../limits.ts";
import { partsOf } from "../partsOf.ts";
import type { Checking } from "./Checking.ts";

/** Refuses what takes too long to work out: loops within loops, each as often as the one outside has items. */
export function checkNesting(expression: Expression, checking: Checking): void {
  const { loops, quantifiers } = expressionLimits;
  const whole = { start: 0, end: checking.text.length };
  const deepest = (kind: "comprehension" | "related") => depthOf(expression, kind);
  if (deepest("comprehension") > loops) {
    checking.problem("too_deep", `At most ${loops} macros over lists can stand within each other.`, whole);
  }
  if (deepest("related") > quantifiers) {
    const message = `At most ${quantifiers} quantifiers or aggregates can stand within each other.`;
    checking.problem("too_deep", message, whole);
  }
}

function depthOf(expression: Expression, kind: "comprehension" | "related"): number {
  // The list that a macro goes through is made once.
  if (kind === "comprehension" && expression.kind === kind) {
    return Math.max(depthOf(expression.list, kind), 1 + depthOf(expression.body, kind));
  }
  const inner = Math.max(0, ...partsOf(expression).map((part) => depthOf(part, kind)));
  return expression.kind === kind ? inner + 1 : inner;
}
