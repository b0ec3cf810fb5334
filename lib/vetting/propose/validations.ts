import type { Action, Model, Validation } from "../../model/types.ts";
import { capital, lower } from "../../model/words/capital.ts";
import type { ValidationRule } from "../../plan/write/ActionRules.ts";
import { serviceDraft } from "../solve/Draft.ts";
import { doneOf, type Part, type Proposing, refusalOf } from "./Proposing.ts";
import { doingWords } from "./policies.ts";
import { acting, type Sought, scenes, whole } from "./scene.ts";
import { replacedAt, withoutAt, withResource } from "./without.ts";

interface Case {
  readonly action: Action;
  readonly validation: Validation;
  readonly rule: ValidationRule;
  readonly part: Part;
  readonly without: Model;
  readonly never: Model;
}

/** For each validation a record that fulfils it and one that does not. */
export function proposeValidations(proposing: Proposing): void {
  const { resource, model, actions } = proposing;
  const all = resource.validations ?? [];
  all.forEach((validation, index) => {
    const part = partOf(proposing, ["validations", String(index)], validation);
    const asking = changing(actions).filter(({ name }) => validation.actions?.includes(name) ?? true);
    const without = withResource(model, resource, { validations: withoutAt(all, index) });
    const never = withResource(model, resource, {
      validations: replacedAt(all, index, { ...validation, expression: "false" }),
    });
    const isKept = asking.some((action) => {
      const at = all.filter(({ actions: names }) => names?.includes(action.name) ?? true).indexOf(validation);
      const rule = proposing.action(action.name).validations[at];
      return rule !== undefined && proposeValidation(proposing, { action, validation, rule, part, without, never });
    });
    if (!isKept) proposing.giveUp(part, `No record was found that breaks this alone: ${validation.message}`);
  });
  for (const action of actions) proposeOfAction(proposing, action);
}

/** Validations that stand in an action. */
function proposeOfAction(proposing: Proposing, action: Action): void {
  const { resource, model } = proposing;
  const own = action.validations ?? [];
  own.forEach((validation, index) => {
    const part = partOf(
      proposing,
      ["definedActions", action.name, "validations", String(index)],
      [action.name, validation],
    );
    const changed = (validations: readonly Validation[]) =>
      withResource(model, resource, {
        definedActions: (resource.definedActions ?? []).map((each) =>
          each === action ? { ...action, validations } : each,
        ),
      });
    const rules = proposing.action(action.name).validations;
    const rule = rules[rules.length - own.length + index];
    const [without, never] = [
      changed(withoutAt(own, index)),
      changed(replacedAt(own, index, { ...validation, expression: "false" })),
    ];
    const isKept =
      rule !== undefined && proposeValidation(proposing, { action, validation, rule, part, without, never });
    if (!isKept) proposing.giveUp(part, `No record was found that breaks this alone: ${validation.message}`);
  });
}

/** Creates first: what they are about stands in one place. */
function changing(actions: readonly Action[]): readonly Action[] {
  const rank = ({ name, type }: Action) => (type === "create" ? 0 : 1) + (name === type ? 0 : 2);
  return actions.filter(({ type }) => type === "create" || type === "update").toSorted((a, b) => rank(a) - rank(b));
}

function partOf({ resource }: Proposing, path: readonly string[], meaning: unknown): Part {
  return { kind: "validation", path: [resource.name, ...path], meaning };
}

function proposeValidation(proposing: Proposing, { action, validation, rule, part, without, never }: Case): boolean {
  const { message, field, expression } = validation;
  const others: readonly Sought[] = proposing
    .action(action.name)
    .validations.filter((each) => each !== rule)
    .map((each) => ({ expression: whole(each), wanted: true }));
  const required = proposing.action(action.name).require.map((each) => ({ expression: each.expression, wanted: true }));
  const applies: readonly Sought[] = rule.when ? [{ expression: rule.when, wanted: true }] : [];
  const sentence = message.replace(/[.!]$/, "");
  const doing = capital(doingWords(proposing, action));
  const isBroken = proposing.propose({
    part,
    name: `${doing} is refused: ${lower(sentence)}`,
    explain: `\`${expression}\` is not so${validation.when === undefined ? "" : `, though \`${validation.when}\` is`}.`,
    drafts: scenes(proposing, {
      action,
      start: serviceDraft,
      first: [...applies, { expression: rule.expression, wanted: false }],
      besides: [...required, ...others],
      bare: true,
    }),
    test: acting(proposing, action),
    expect: (outcome) =>
      field === undefined
        ? refusalOf(outcome, ["invalid_input"])
        : (refusalOf(outcome, ["invalid_input"], field) ?? refusalOf(outcome, ["invalid_input"])),
    without,
  });
  proposing.propose({
    part,
    name: `${doing} is fine just within: ${lower(sentence)}`,
    explain: `\`${expression}\` is so.`,
    drafts: scenes(proposing, {
      action,
      start: serviceDraft,
      first: [
        ...applies,
        { expression: rule.expression, wanted: false },
        { expression: rule.expression, wanted: true },
      ],
    }),
    test: acting(proposing, action),
    expect: (outcome) => doneOf(outcome),
    without: never,
  }) ||
    proposing.propose({
      part,
      name: `${doing} is fine within: ${lower(sentence)}`,
      explain: `\`${expression}\` is so.`,
      drafts: scenes(proposing, {
        action,
        start: serviceDraft,
        first: [...applies, { expression: rule.expression, wanted: true }],
      }),
      test: acting(proposing, action),
      expect: (outcome) => doneOf(outcome),
      without: never,
    });
  return isBroken;
}
