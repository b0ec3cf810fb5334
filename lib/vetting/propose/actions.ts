import { toCanonical } from "../../expression/toCanonical.ts";
import { memberType } from "../../model/expressions/computedType.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import { jsonOfTyped } from "../../model/runs/jsonOfValue.ts";
import type { TestValue } from "../../model/testTypes.ts";
import type { Action, Requirement, Transition } from "../../model/types.ts";
import { actionSentence } from "../../model/words/actionSentence.ts";
import { capital, lower } from "../../model/words/capital.ts";
import { sentenceList } from "../../model/words/sentenceList.ts";
import type { Done } from "../simulate/Outcome.ts";
import { type Draft, openDraft, serviceDraft, withField } from "../solve/Draft.ts";
import type { World } from "../world/World.ts";
import { fieldOf } from "../world/worldOf.ts";
import { doneOf, type Part, type Proposing, refusalOf } from "./Proposing.ts";
import { doingWords } from "./policies.ts";
import { acting, type Sought, scenes } from "./scene.ts";
import { typeOfField } from "./verdict.ts";
import { replacedAt, withoutAt, withResource } from "./without.ts";

/** What actions demand, what they set, and which states they lead from and to. */
export function proposeActions(proposing: Proposing): void {
  for (const action of proposing.actions) {
    (action.require ?? []).forEach((requirement, index) => {
      proposeRequirement(proposing, { action, requirement, index });
    });
    if ((action.set ?? []).length > 0) proposeSet(proposing, action);
  }
  proposeStates(proposing);
}

interface Required {
  readonly action: Action;
  readonly requirement: Requirement;
  readonly index: number;
}

function proposeRequirement(proposing: Proposing, { action, requirement, index }: Required): void {
  const { resource, model } = proposing;
  const all = action.require ?? [];
  const part: Part = {
    kind: "requirement",
    path: [resource.name, "definedActions", action.name, "require", String(index)],
    meaning: [action.name, requirement.expression],
  };
  const changed = (require: readonly Requirement[]) =>
    withResource(model, resource, {
      definedActions: (resource.definedActions ?? []).map((each) => (each === action ? { ...action, require } : each)),
    });
  const rules = proposing.action(action.name);
  const rule = rules.require[index];
  if (!rule) return;
  const others: readonly Sought[] = rules.require
    .filter((each) => each !== rule)
    .map(({ expression }) => ({ expression, wanted: true }));
  const said = (requirement.message ?? `it asks for \`${requirement.expression}\``).replace(/[.!]$/, "");
  const doing = capital(doingWords(proposing, action));
  const first = { expression: rule.expression, wanted: false };
  const starts = [serviceDraft, openDraft];
  const isKept = starts.some((start) =>
    proposing.propose({
      part,
      name: `${doing} is refused: ${lower(said)}`,
      explain: `\`${requirement.expression}\` is not so of the record before.`,
      drafts: scenes(proposing, {
        action,
        start,
        first: [first],
        besides: [...others, ...(start === openDraft ? allowing(proposing, action) : [])],
        bare: true,
      }),
      test: acting(proposing, action),
      expect: (outcome) => refusalOf(outcome, ["conflict"]),
      without: changed(withoutAt(all, index)),
    }),
  );
  const isOpen = starts.some((start) =>
    proposing.propose({
      part,
      name: `${doing} is done where it may be: ${lower(said)}`,
      explain: `\`${requirement.expression}\` is so.`,
      drafts: scenes(proposing, {
        action,
        start,
        first: [{ ...first, wanted: true }],
        besides: start === openDraft ? allowing(proposing, action) : [],
      }),
      test: acting(proposing, action),
      expect: (outcome) => doneOf(outcome),
      without: changed(replacedAt(all, index, { ...requirement, expression: "false" })),
    }),
  );
  if (!isKept && !isOpen)
    proposing.giveUp(part, `No record was found that breaks this alone: \`${requirement.expression}\`.`);
}

/** The first policy that lets somebody do it. */
function allowing({ rules }: Proposing, action: Action): readonly Sought[] {
  const allow = rules.policies.find(
    ({ effect, actions }) =>
      effect === "allow" && (actions.includes("*") || actions.includes(action.name) || actions.includes(action.type)),
  );
  return allow ? [{ expression: allow.expression, wanted: true }] : [];
}

/** What an action makes of the fields that it sets itself. */
function proposeSet(proposing: Proposing, action: Action): void {
  const { resource, model } = proposing;
  const part: Part = {
    kind: "action",
    path: [resource.name, "definedActions", action.name, "set"],
    meaning: [action.name, action.set],
  };
  const without = withResource(model, resource, {
    definedActions: (resource.definedActions ?? []).map((each) => (each === action ? { ...action, set: [] } : each)),
  });
  const names = (action.set ?? []).map(({ field }) => field);
  const isKept = [serviceDraft, openDraft].some((start) =>
    proposing.propose({
      part,
      name: `${capital(doingWords(proposing, action))} sets the ${sentenceList(names.map(spokenName))}`,
      explain: actionSentence(model, resource, action),
      drafts: scenes(proposing, { action, start, first: start === openDraft ? allowing(proposing, action) : [] }),
      test: acting(proposing, action),
      expect: (outcome, world) => {
        const expected = doneOf(outcome, (done) => recordOf(proposing, done, { names, world }));
        return expected && Object.keys(expected.kind === "done" ? (expected.record ?? {}) : {}).length > 0
          ? expected
          : null;
      },
      without,
    }),
  );
  if (!isKept) proposing.giveUp(part, "What it sets depends on the moment, or on more than a test can say.");
}

interface Named {
  readonly names: readonly string[];
  readonly world: World;
}

/** The fields of what came, as a test expects them: those that are the same at any moment. */
export function recordOf(
  { model, resource }: Proposing,
  done: Done,
  { names, world }: Named,
): Readonly<Record<string, TestValue>> {
  const entries = names.flatMap((name): [string, TestValue][] => {
    const field = fieldOf(done.entity, name);
    const value = done.shown(name);
    if (field?.reference) {
      if (value === null) return [[name, null]];
      const row = world.byKey(field.reference.target, value)?.name;
      return row ? [[field.reference.name, { row }]] : [];
    }
    const type = memberType(model, resource, name);
    const valueType = typeOfField(model, done.entity, name);
    if (
      !type ||
      !valueType ||
      type.kind === "encrypted" ||
      type.kind === "file" ||
      type.kind === "vector" ||
      type.kind === "json"
    )
      return [];
    const isMoment =
      (valueType.kind === "date" || valueType.kind === "timestamp") &&
      /^(2025-06-16|2061-02-03)/.test(toCanonical(valueType, value) ?? "");
    return isMoment ? [] : [[name, jsonOfTyped(type, valueType, value)]];
  });
  return Object.fromEntries(entries);
}

function proposeStates(proposing: Proposing): void {
  const { resource } = proposing;
  const { states } = resource;
  if (!states) return;
  states.transitions.forEach((transition, index) => {
    proposeTransition(proposing, { transition, index, attribute: states.attribute });
  });
  const byHand = resource.actions.includes("update") && optionsOf(proposing, states.attribute);
  const [first, second] = byHand || [];
  const update = proposing.actions.find(({ name }) => name === "update");
  if (!update || first === undefined || second === undefined) return;
  proposing.propose({
    part: { kind: "transition", path: [resource.name, "states"], meaning: states.attribute },
    name: `Nobody sets the ${spokenName(states.attribute)} of ${proposing.one} by hand`,
    explain: "Only its transitions lead from state to state.",
    drafts: scenes(proposing, { action: update, start: serviceDraft, values: { [states.attribute]: first } }),
    test: acting(proposing, update, { [states.attribute]: second }),
    expect: (outcome) => refusalOf(outcome, ["invalid_input"], states.attribute),
  });
}

function optionsOf({ resource }: Proposing, name: string): readonly string[] {
  const type = resource.attributes.find((attribute) => attribute.name === name)?.type;
  return type?.kind === "choice" ? type.options.map((option) => option.name) : [];
}

interface Moved {
  readonly transition: Transition;
  readonly index: number;
  readonly attribute: string;
}

function proposeTransition(proposing: Proposing, { transition, index, attribute }: Moved): void {
  const { resource, model } = proposing;
  const { states } = resource;
  const action = proposing.actions.find(({ name }) => name === transition.action);
  if (!states || !action) return;
  const { from, to, when } = transition;
  const path = [resource.name, "states", "transitions", String(index)];
  const part: Part = { kind: "transition", path, meaning: [transition.action, from, to] };
  const changed = (transitions: readonly Transition[]) =>
    withResource(model, resource, { states: { ...states, transitions } });
  const words = spokenName(transition.action);
  const starts =
    from.length === 0
      ? optionsOf(proposing, attribute)
          .filter((option) => option !== to)
          .slice(0, 1)
      : from;
  const guard = proposing
    .action(action.name)
    .transitions.find((each) => each.to === to && JSON.stringify(each.from) === JSON.stringify(from))?.when;
  const goals = guard ? [{ expression: guard, wanted: true }] : [];
  const at = (state: string, drafts: Iterable<Draft>) => inState(drafts, { proposing, attribute, state });
  const isKept = starts
    .map((state) =>
      [serviceDraft, openDraft].some((start) =>
        proposing.propose({
          part,
          name: `“${words}” moves ${proposing.one} from ${spokenName(state)} to ${spokenName(to)}`,
          explain: actionSentence(model, resource, action),
          drafts: at(
            state,
            scenes(proposing, {
              action,
              start,
              first: [...goals, ...(start === openDraft ? allowing(proposing, action) : [])],
            }),
          ),
          test: acting(proposing, action),
          expect: (outcome, world) =>
            doneOf(outcome, (done) => recordOf(proposing, done, { names: [attribute], world })),
          without: changed(withoutAt(states.transitions, index)),
        }),
      ),
    )
    .some((one) => one);
  if (!isKept) proposing.giveUp(part, `No record was found that ${words} leads on from.`);
  const leading = states.transitions.filter((each) => each.action === transition.action);
  const anywhere = leading.some((each) => each.from.length === 0);
  const closed = anywhere
    ? []
    : optionsOf(proposing, attribute).filter((option) => !leading.some((each) => each.from.includes(option)));
  if (leading[0] === transition) {
    const all = states.transitions.map((each) => (each === transition ? { ...each, from: [] } : each));
    // Every state would make many tests that say little: the first and the last from which it does not lead on.
    for (const state of new Set([closed[0], closed.at(-1)])) {
      if (state === undefined) continue;
      proposing.propose({
        part,
        name: `“${words}” does not lead on from ${spokenName(state)}`,
        explain: `Only from ${sentenceList(leading.flatMap((each) => each.from).map(spokenName), "or")}.`,
        drafts: at(state, scenes(proposing, { action, start: serviceDraft, first: goals })),
        test: acting(proposing, action),
        expect: (outcome) => refusalOf(outcome, ["illegal_transition"], attribute),
        without: changed(all),
      });
    }
  }
  if (!guard || when === undefined) return;
  const guarded: Part = { kind: "guard", path: [...path, "when"], meaning: [transition.action, when] };
  const { when: _gone, ...open } = transition;
  const isShut = proposing.propose({
    part: guarded,
    name: `“${words}” is refused where its condition is not met`,
    explain: `\`${when}\` is not so.`,
    drafts: at(
      starts[0] ?? "",
      scenes(proposing, { action, start: serviceDraft, first: [{ expression: guard, wanted: false }], bare: true }),
    ),
    test: acting(proposing, action),
    expect: (outcome) => refusalOf(outcome, ["illegal_transition"], attribute),
    without: changed(replacedAt(states.transitions, index, open)),
  });
  if (!isShut) proposing.giveUp(guarded, `No record was found that breaks this alone: \`${when}\`.`);
}

interface InState {
  readonly proposing: Proposing;
  readonly attribute: string;
  readonly state: string;
}

function* inState(drafts: Iterable<Draft>, { proposing, attribute, state }: InState): Generator<Draft> {
  for (const draft of drafts) yield withField(draft, proposing.subject, attribute, state);
}
