import { isStandardAction } from "../actions/actionsOf.ts";
import { sameJson } from "../merge/sameJson.ts";
import type { Action, Aggregate, Calculation, Model, Resource } from "../types.ts";
import { resourceApiSentences } from "./apiWords.ts";
import type { BehaviourChange } from "./BehaviourChange.ts";
import * as words from "./behaviourWords.ts";
import { pairUp } from "./identity.ts";
import type { ModelChange } from "./ModelChange.ts";

interface Side {
  readonly model: Model;
  readonly resource: Resource;
}

/** What became of what a resource works out, does and allows; `before` calls all things by their later names. */
export function diffBehaviour(before: Side, after: Side): readonly ModelChange[] {
  return [
    ...diffNamed<Calculation>(before, after, {
      section: "calculations",
      list: ({ calculations }) => calculations ?? [],
      add: words.calculationAdded,
      change: words.calculationChanged,
    }),
    ...diffNamed<Aggregate>(before, after, {
      section: "aggregates",
      list: ({ aggregates }) => aggregates ?? [],
      add: words.aggregateAdded,
      change: words.aggregateChanged,
    }),
    ...diffListed(before, after, {
      section: "validations",
      identity: ({ expression }) => expression,
      say: words.validationWords,
    }),
    ...diffStates(before, after),
    ...diffActions(before, after),
    ...diffListed(before, after, {
      section: "policies",
      identity: ({ describe: _describe, ...rest }) => JSON.stringify(rest),
      say: words.policyWords,
    }),
    ...diffListed(before, after, {
      section: "fieldPolicies",
      identity: ({ fields }) => fields.join(),
      say: words.fieldPolicyWords,
    }),
    ...diffListed(before, after, {
      section: "conditionalUniques",
      identity: (group) => JSON.stringify(group),
      say: words.conditionalUniqueWords,
    }),
    ...words
      .featureSentences(before.resource, after.resource)
      .map((sentence) => made(after, { kind: "behaviourChanged", section: "features", sentence })),
    ...resourceApiSentences(before.resource, after.resource).map((sentence) =>
      made(after, { kind: "behaviourChanged", section: "api", sentence }),
    ),
  ];
}

interface Named<T> {
  readonly section: "calculations" | "aggregates";
  readonly list: (resource: Resource) => readonly T[];
  readonly add: (item: T, side: Side) => string;
  readonly change: (before: T, after: T, side: Side) => readonly string[];
}

/** Fields that are worked out: the same ones are those in the same columns, or of the same names. */
function diffNamed<T extends { readonly name: string; readonly column?: string }>(
  before: Side,
  after: Side,
  { section, list, add, change }: Named<T>,
): readonly ModelChange[] {
  const resource = after.resource.name;
  const identity = ({ name, column }: T) => (column === undefined ? `name ${name}` : `column ${column}`);
  const lists = { before: list(before.resource), after: list(after.resource) };
  const { removed, added, kept } = pairUp(lists, { before: identity, after: identity });
  return [
    ...removed.map(({ name }) =>
      made(before, { kind: "behaviourRemoved", section, name, sentence: `${resource}.${name} is removed` }),
    ),
    ...added.map((item) =>
      made(after, { kind: "behaviourAdded", section, name: item.name, sentence: add(item, after) }),
    ),
    ...kept.flatMap((pair) => {
      const { name } = pair.after;
      const renamed = `${resource}.${pair.before.name} is now called ${name}`;
      return [
        ...(pair.before.name === name
          ? []
          : [made(after, { kind: "behaviourRenamed", section, name, sentence: renamed })]),
        ...change(pair.before, pair.after, after).map((sentence) =>
          made(after, { kind: "behaviourChanged", section, name, sentence }),
        ),
      ];
    }),
  ];
}

/** Standard actions come and go as such; here is what more is said of them, and what became of named ones. */
function diffActions(before: Side, after: Side): readonly ModelChange[] {
  const section = "actions";
  const named = ({ resource }: Side) => (resource.definedActions ?? []).filter(({ name }) => !isStandardAction(name));
  const saidOf = ({ resource }: Side, type: Action["type"]): Action =>
    resource.definedActions?.find(({ name }) => name === type) ?? { name: type, type };
  const standard = after.resource.actions.filter((name) => before.resource.actions.includes(name));
  const lists = { before: named(before), after: named(after) };
  const { removed, added, kept } = pairUp(lists, { before: ({ name }) => name, after: ({ name }) => name });
  const pairs = [...standard.map((name) => ({ before: saidOf(before, name), after: saidOf(after, name) })), ...kept];
  return [
    ...removed.map(({ name }) =>
      made(before, { kind: "behaviourRemoved", section, name, sentence: words.actionRemoved(name, before) }),
    ),
    ...added.map((action) =>
      made(after, { kind: "behaviourAdded", section, name: action.name, sentence: words.actionAdded(action, after) }),
    ),
    ...pairs.flatMap((pair) =>
      words
        .actionChanged(pair.before, pair.after, after)
        .map((sentence) => made(after, { kind: "behaviourChanged", section, name: pair.after.name, sentence })),
    ),
  ];
}

type Item<K extends keyof Resource> = NonNullable<Resource[K]> extends readonly (infer T)[] ? T : never;

type ListSection = "validations" | "policies" | "fieldPolicies" | "conditionalUniques";

interface Listed<K extends ListSection> {
  readonly section: K;
  /** What makes an item the same as another. */
  readonly identity: (item: Item<K>) => string;
  readonly say: (item: Item<K>, how: "added" | "removed" | "changed", side: Side) => string;
}

function diffListed<K extends ListSection>(
  before: Side,
  after: Side,
  { section, identity, say }: Listed<K>,
): readonly ModelChange[] {
  const list = ({ resource }: Side) => (resource[section] ?? []) as readonly Item<K>[];
  const { removed, added, kept } = pairUp(
    { before: list(before), after: list(after) },
    { before: identity, after: identity },
  );
  return [
    ...removed.map((item) =>
      made(before, { kind: "behaviourRemoved", section, sentence: say(item, "removed", before) }),
    ),
    ...added.map((item) => made(after, { kind: "behaviourAdded", section, sentence: say(item, "added", after) })),
    ...kept
      .filter((pair) => !sameJson(pair.before, pair.after))
      .map((pair) => made(after, { kind: "behaviourChanged", section, sentence: say(pair.after, "changed", after) })),
  ];
}

function diffStates(before: Side, after: Side): readonly ModelChange[] {
  return words.stateSentences(before, after).map(({ kind, name, sentence }) =>
    made(kind === "behaviourRemoved" ? before : after, {
      kind,
      section: "states",
      ...(name ? { name } : {}),
      sentence,
    }),
  );
}

function made({ resource }: Side, change: Omit<BehaviourChange, "resource">): ModelChange {
  const path = [resource.name, change.section, ...(change.name === undefined ? [] : [change.name])];
  return { ...change, resource: resource.name, path };
}
