import { operation } from "../../expression/build.ts";
import type { Expression } from "../../expression/Expression.ts";
import { partsOf } from "../../expression/partsOf.ts";
import { booleanType } from "../../expression/types.ts";
import { aggregateExpression, calculationExpression } from "../../model/expressions/computedExpression.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Aggregate, Calculation } from "../../model/types.ts";
import { aggregateSentence } from "../../model/words/aggregateSentence.ts";
import { expressionWords } from "../../model/words/expressionWords.ts";
import { type Draft, serviceDraft } from "../solve/Draft.ts";
import { addAlong } from "../solve/related.ts";
import { type Roots, Solving } from "../solve/Solving.ts";
import { allWays, ways } from "../solve/ways.ts";
import { recordOf } from "./actions.ts";
import { doneOf, type Part, type Proposing } from "./Proposing.ts";
import { acting, type Sought, scenes } from "./scene.ts";
import { moments } from "./verdict.ts";

const read = { name: "read", type: "read" } as const;

/** What calculations and aggregates come to for given records. */
export function proposeComputed(proposing: Proposing): void {
  const { resource } = proposing;
  if (!resource.actions.includes("read")) return;
  for (const calculation of resource.calculations ?? []) proposeCalculation(proposing, calculation);
  for (const aggregate of resource.aggregates ?? []) proposeAggregate(proposing, aggregate);
}

function proposeCalculation(proposing: Proposing, calculation: Calculation): void {
  const { model, resource } = proposing;
  const { name, expression: text } = calculation;
  const tree = calculationExpression(model, resource, calculation);
  const part: Part = { kind: "calculation", path: [resource.name, "calculations", name], meaning: [name, text] };
  const explain = `It is ${expressionWords(model, { resource: resource.name, text })}.`;
  const isBoolean = calculation.type.kind === "boolean";
  const cases: readonly { readonly sought: readonly Sought[]; readonly name: string }[] = isBoolean
    ? [true, false].map((wanted) => ({
        sought: [{ expression: tree, wanted }],
        name: `The “${spokenName(name)}” of ${proposing.one} can be ${wanted}`,
      }))
    : [
        ...branchesOf(tree).map((sought, index) => ({
          sought: [sought, present(tree)],
          name: `The ${spokenName(name)} of ${proposing.one} is worked out${index === 0 ? "" : ", otherwise"}`,
        })),
        { sought: [present(tree)], name: `The ${spokenName(name)} of ${proposing.one} is worked out` },
      ];
  const kept = cases.map(({ sought, name: called }) =>
    proposing.propose({
      part,
      name: called,
      explain,
      drafts: scenes(proposing, { action: read, start: serviceDraft, first: sought }),
      test: acting(proposing, read),
      expect: (outcome, world) => {
        const expected = doneOf(outcome, (done) => recordOf(proposing, done, { names: [name], world }));
        const value = expected?.kind === "done" ? expected.record?.[name] : undefined;
        return value === undefined || value === null ? null : expected;
      },
    }),
  );
  if (!kept.some((one) => one))
    proposing.giveUp(part, "Its value depends on the moment, or on more than a test can say.");
}

function present(expression: Expression): Sought {
  return { expression: operation("isNotNull", booleanType, [expression]), wanted: true };
}

/** The first condition on which a value depends, either way. */
function branchesOf(expression: Expression): readonly Sought[] {
  const condition = conditionIn(expression);
  return condition
    ? [
        { expression: condition, wanted: true },
        { expression: condition, wanted: false },
      ]
    : [];
}

function conditionIn(expression: Expression): Expression | null {
  if (expression.kind === "related" || expression.kind === "comprehension") return null;
  if (expression.kind === "operation" && expression.operator === "if") return expression.operands[0] ?? null;
  for (const part of partsOf(expression)) {
    const found = conditionIn(part);
    if (found) return found;
  }
  return null;
}

function proposeAggregate(proposing: Proposing, aggregate: Aggregate): void {
  const { model, resource } = proposing;
  const { name } = aggregate;
  const part: Part = {
    kind: "aggregate",
    path: [resource.name, "aggregates", name],
    meaning: [aggregate.function, aggregate.path, aggregate.field, aggregate.where],
  };
  const isKept = proposing.propose({
    part,
    name: `The ${spokenName(name)} of ${proposing.one} is ${aggregateSentence(model, resource, aggregate)}`,
    explain:
      aggregate.where === undefined
        ? "Over all records that it leads to."
        : `One record counts, another does not: \`${aggregate.where}\`.`,
    drafts: aggregated(proposing, aggregate),
    test: acting(proposing, read),
    expect: (outcome, world) => {
      const expected = doneOf(outcome, (done) => recordOf(proposing, done, { names: [name], world }));
      const value = expected?.kind === "done" ? expected.record?.[name] : undefined;
      return value === undefined || value === null ? null : expected;
    },
  });
  if (!isKept) proposing.giveUp(part, "No records were found that it has a plain value of.");
}

/** A record with two that count, and one that does not where there is a condition. */
function* aggregated(proposing: Proposing, aggregate: Aggregate): Generator<Draft> {
  const { model, resource } = proposing;
  const tree = relatedIn(aggregateExpression(model, resource, aggregate));
  if (!tree) return;
  const { where, variable, value } = tree;
  for (const start of scenes(proposing, { action: read, start: serviceDraft })) {
    const solving = new Solving(model, { now: moments[0], ways });
    const roots: Roots = new Map([["record", proposing.subject]]);
    const counted = where ? [true, false, true] : [true, true];
    yield* counted.reduce<Iterable<Draft>>((drafts, counts) => more(drafts, { solving, roots, counts }), [start]);
    yield* counted
      .slice(0, 2)
      .reduce<Iterable<Draft>>((drafts, counts) => more(drafts, { solving, roots, counts }), [start]);
  }
  function* more(
    drafts: Iterable<Draft>,
    at: { readonly solving: Solving; readonly roots: Roots; readonly counts: boolean },
  ): Generator<Draft> {
    if (!tree) return;
    for (const draft of drafts) {
      for (const made of addAlong(at.solving, draft, tree, at.roots)) {
        const inner: Roots = new Map([...at.roots, [variable, made.name]]);
        const goals = [
          ...(where ? [{ expression: where, wanted: at.counts, roots: inner }] : []),
          ...(value ? [{ ...present(value), roots: inner }] : []),
        ];
        yield* allWays(at.solving, made.draft, goals);
      }
    }
  }
}

function relatedIn(expression: Expression): Extract<Expression, { kind: "related" }> | null {
  if (expression.kind === "related") return expression;
  for (const part of partsOf(expression)) {
    const found = relatedIn(part);
    if (found) return found;
  }
  return null;
}
