import { operation } from "../../expression/build.ts";
import type { Expression, Operation, Related } from "../../expression/Expression.ts";
import type { OperatorName } from "../../expression/operators.ts";
import { someWithin } from "../../expression/partsOf.ts";
import { booleanType } from "../../expression/types.ts";
import type { Draft } from "./Draft.ts";
import { makeNull, makePresent, tried } from "./makePresent.ts";
import { makeValue } from "./makeValue.ts";
import { addAlong, emptied, reached } from "./related.ts";
import type { Goal, Roots, Solving } from "./Solving.ts";
import { targetsOf } from "./targets.ts";

/**
 * Drafts in which a condition comes out as wanted, the simplest first; null counts as not true. Every one of them is
 * checked by working the condition out.
 */
export function* ways(solving: Solving, draft: Draft, goal: Goal): Generator<Draft> {
  const { expression, wanted, roots } = goal;
  const isMet = (candidate: Draft) => {
    const value = solving.value(candidate, expression, roots);
    return value !== undefined && (value === true) === wanted;
  };
  if (isMet(draft)) yield draft;
  for (const candidate of attempts(solving, draft, goal)) {
    if (!solving.spend()) return;
    if (candidate !== draft && isMet(candidate)) yield candidate;
  }
}

/** Drafts in which all conditions come out as wanted. */
export function* allWays(solving: Solving, draft: Draft, goals: readonly Goal[]): Generator<Draft> {
  const [first, ...rest] = goals;
  if (!first) {
    yield draft;
    return;
  }
  for (const next of ways(solving, draft, first)) yield* allWays(solving, next, rest);
}

function* attempts(solving: Solving, draft: Draft, goal: Goal): Generator<Draft> {
  const { expression, wanted } = goal;
  switch (expression.kind) {
    case "literal":
    case "variable":
      return;
    case "context":
    case "field":
      yield* makeValue(solving, draft, { ...goal, value: wanted });
      return;
    case "operation":
      yield* ofOperation(solving, draft, { ...goal, expression });
      return;
    case "comprehension":
      yield* tried(solving, draft, goal);
      return;
    case "related":
      yield* ofRelated(solving, draft, { ...goal, expression });
  }
}

const opposite: Partial<Record<OperatorName, OperatorName>> = {
  equal: "notEqual",
  notEqual: "equal",
  less: "greaterOrEqual",
  lessOrEqual: "greater",
  greater: "lessOrEqual",
  greaterOrEqual: "less",
};

const mirrored: Partial<Record<OperatorName, OperatorName>> = {
  equal: "equal",
  notEqual: "notEqual",
  less: "greater",
  lessOrEqual: "greaterOrEqual",
  greater: "less",
  greaterOrEqual: "lessOrEqual",
};

interface OperationGoal extends Goal {
  readonly expression: Operation;
}

function* ofOperation(solving: Solving, draft: Draft, goal: OperationGoal): Generator<Draft> {
  const { expression, wanted, roots } = goal;
  const { operator, operands } = expression;
  const [first, second, third] = operands;
  switch (operator) {
    case "and":
    case "or":
      if ((operator === "and") === wanted) {
        yield* allWays(
          solving,
          draft,
          operands.map((operand) => ({ expression: operand, wanted, roots })),
        );
      } else {
        for (const operand of operands.toReversed())
          yield* ways(solving, draft, { expression: operand, wanted, roots });
      }
      return;
    case "not":
      if (first) yield* ways(solving, draft, { expression: first, wanted: !wanted, roots });
      return;
    case "if":
      if (!first || !second || !third) return;
      yield* allWays(solving, draft, [goal2(first, true, roots), goal2(second, wanted, roots)]);
      yield* allWays(solving, draft, [goal2(first, false, roots), goal2(third, wanted, roots)]);
      return;
    case "isNull":
    case "isNotNull":
      if (!first) return;
      if ((operator === "isNull") === wanted) yield* makeNull(solving, draft, first, roots);
      else yield* makePresent(solving, draft, first, roots);
      return;
    case "in":
      if (first && second) yield* ofIn(solving, draft, { ...goal, value: first, list: second });
      return;
    default: {
      const asked = wanted ? operator : opposite[operator];
      const turned = asked && mirrored[asked];
      if (!asked || !turned || !first || !second) {
        yield* tried(solving, draft, goal);
        return;
      }
      yield* compared(solving, draft, { operator: asked, left: first, right: second, roots });
      yield* compared(solving, draft, { operator: turned, left: second, right: first, roots });
      if (!wanted) {
        yield* makeNull(solving, draft, first, roots);
        yield* makeNull(solving, draft, second, roots);
      }
      yield* tried(solving, draft, goal);
    }
  }
}

function goal2(expression: Expression, wanted: boolean, roots: Roots): Goal {
  return { expression, wanted, roots };
}

interface Compared {
  readonly operator: OperatorName;
  /** What is made to fit. */
  readonly left: Expression;
  readonly right: Expression;
  readonly roots: Roots;
}

function* compared(solving: Solving, draft: Draft, { operator, left, right, roots }: Compared): Generator<Draft> {
  const there = solving.value(draft, right, roots);
  const starts: Iterable<Draft> = there === null ? makePresent(solving, draft, right, roots) : [draft];
  for (const start of starts) {
    const value = solving.value(start, right, roots);
    if (value === undefined || value === null) continue;
    const isMoving = someWithin(
      right,
      (part) => part.kind === "context" && (part.path[0] === "now" || part.path[0] === "today"),
    );
    for (const target of targetsOf(operator, value, { left, isMoving })) {
      yield* makeValue(solving, start, { expression: left, value: target, roots });
    }
    if (operator === "notEqual") yield* makePresent(solving, start, left, roots, value);
  }
}

interface InGoal extends OperationGoal {
  readonly value: Expression;
  readonly list: Expression;
}

function* ofIn(solving: Solving, draft: Draft, goal: InGoal): Generator<Draft> {
  const { value, list, wanted, roots } = goal;
  const isRoles = list.kind === "context" && list.path.join(".") === "actor.roles";
  if (isRoles) {
    const role = solving.value(draft, value, roots);
    if (typeof role !== "string" || draft.actor.kind === "service") return;
    const others = draft.actor.roles.filter((each) => each !== role);
    const roles = wanted ? [...others, role] : others;
    const kind = wanted && draft.actor.kind === "anonymous" ? "key" : draft.actor.kind;
    yield { ...draft, actor: { ...draft.actor, kind, roles } };
    return;
  }
  const items = solving.value(draft, list, roots);
  if (!Array.isArray(items)) return;
  if (wanted) {
    for (const item of items) yield* makeValue(solving, draft, { expression: value, value: item, roots });
    return;
  }
  const { type } = value;
  const options = type.kind === "choice" ? type.options.filter((option) => !items.includes(option)) : [];
  for (const option of options) yield* makeValue(solving, draft, { expression: value, value: option, roots });
  yield* makeNull(solving, draft, value, roots);
  yield* tried(solving, draft, goal);
}

interface RelatedGoal extends Goal {
  readonly expression: Related;
}

function* ofRelated(solving: Solving, draft: Draft, goal: RelatedGoal): Generator<Draft> {
  const { expression, wanted, roots } = goal;
  const { where, variable } = expression;
  if (expression.function !== "exists" && expression.function !== "all") return;
  const wantsSome = (expression.function === "exists") === wanted;
  if (!wantsSome) {
    const rows = reached(solving, draft, expression, roots);
    const each = rows.map((name) => ({
      expression: where ?? operation("isNull", booleanType, []),
      wanted: expression.function === "all",
      roots: new Map([...roots, [variable, name]]),
    }));
    if (where) yield* allWays(solving, draft, each);
    yield* emptied(solving, draft, expression, roots);
    return;
  }
  for (const name of reached(solving, draft, expression, roots)) {
    const inner = new Map([...roots, [variable, name]]);
    if (where)
      yield* ways(solving, draft, { expression: where, wanted: expression.function === "exists", roots: inner });
  }
  for (const made of addAlong(solving, draft, expression, roots)) {
    if (!where) {
      yield made.draft;
      continue;
    }
    const inner = new Map([...roots, [variable, made.name]]);
    yield* ways(solving, made.draft, { expression: where, wanted: expression.function === "exists", roots: inner });
  }
}
