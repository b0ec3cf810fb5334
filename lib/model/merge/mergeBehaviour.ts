import { present } from "../read/present.ts";
import { someOf } from "../read/someOf.ts";
import type { Action, OperationSettings, Resource, ResourceApi, Transition } from "../types.ts";
import type { Lists } from "./mergeList.ts";
import { mergeList } from "./mergeList.ts";
import { sameJson } from "./sameJson.ts";

/** The parts of a resource that are merged here, item by item. */
export type Behaviour = Pick<
  Resource,
  | "calculations"
  | "aggregates"
  | "validations"
  | "states"
  | "definedActions"
  | "policies"
  | "fieldPolicies"
  | "conditionalUniques"
  | "features"
  | "api"
>;

export const behaviourKeys: readonly (keyof Behaviour)[] = [
  "calculations",
  "aggregates",
  "validations",
  "states",
  "definedActions",
  "policies",
  "fieldPolicies",
  "conditionalUniques",
  "features",
  "api",
];

export interface Merging {
  /** Property by property; what both sides changed differently is a conflict. */
  readonly object: <T extends object>(path: readonly string[], base: T | undefined, mine: T, theirs: T) => T;
  /** Whether what the other side changed stays. */
  readonly removed: (path: readonly string[], what: string, by: "mine" | "theirs") => boolean;
  /** A conflict in words of its own. */
  readonly note: (path: readonly string[], sentence: string) => void;
}

/** What a resource works out, does and allows with the changes of both sides. */
export function mergeBehaviour(
  path: readonly string[],
  {
    base,
    mine,
    theirs,
  }: { readonly base: Behaviour | undefined; readonly mine: Behaviour; readonly theirs: Behaviour },
  merging: Merging,
): Behaviour {
  const listOf = <K extends keyof Behaviour>(key: K): Lists<ItemOf<K>> => ({
    base: (base?.[key] ?? []) as readonly ItemOf<K>[],
    mine: (mine[key] ?? []) as readonly ItemOf<K>[],
    theirs: (theirs[key] ?? []) as readonly ItemOf<K>[],
  });
  const merged = <K extends ListKey>(key: K, nameOf: (item: ItemOf<K>) => string) => {
    const at = (item: ItemOf<K>) => [...path, key === "definedActions" ? "actions" : key, nameOf(item)];
    return someOf(
      mergeList<ItemOf<K>>(listOf(key), {
        identity: nameOf,
        same: sameJson,
        merge: (was, ours, other) => merging.object(at(other), was, ours, other),
        onRemovedAndChanged: (item, by) => merging.removed(at(item), `${path[0]}: ${shortened(nameOf(item))}`, by),
      }),
    );
  };
  const whole = (item: unknown) => JSON.stringify(item);
  return present({
    calculations: merged("calculations", ({ name }) => name),
    aggregates: merged("aggregates", ({ name }) => name),
    validations: merged("validations", ({ expression }) => expression),
    states: mergeStates(path, { base, mine, theirs }, merging),
    definedActions: merged("definedActions", ({ name }: Action) => name),
    policies: merged("policies", ({ describe: _describe, ...rest }) => whole(rest)),
    fieldPolicies: merged("fieldPolicies", ({ fields }) => fields.join()),
    conditionalUniques: merged("conditionalUniques", whole),
    features: mergeWhole({ was: base?.features, ours: mine.features, other: theirs.features }, (was, ours, other) =>
      merging.object([...path, "features"], was, ours, other),
    ),
    api: mergeApi(path, { base, mine, theirs }, merging),
  });
}

type ListKey = Exclude<keyof Behaviour, "states" | "features" | "api">;
type ItemOf<K extends keyof Behaviour> =
  NonNullable<Behaviour[K]> extends readonly (infer T extends object)[] ? T : never;

interface Sides {
  readonly base: Behaviour | undefined;
  readonly mine: Behaviour;
  readonly theirs: Behaviour;
}

function mergeStates(
  path: readonly string[],
  { base, mine, theirs }: Sides,
  { object, removed }: Merging,
): Behaviour["states"] {
  return mergeWhole({ was: base?.states, ours: mine.states, other: theirs.states }, (was, ours, other) => {
    const own = ({ attribute }: { readonly attribute: string }) => ({ attribute });
    const at = [...path, "states"];
    const lists: Lists<Transition> = {
      base: was?.transitions ?? [],
      mine: ours.transitions,
      theirs: other.transitions,
    };
    const transitions = mergeList(lists, {
      identity: ({ action }) => action,
      same: sameJson,
      merge: (then, here, there) => object([...at, "transitions", there.action], then, here, there),
      onRemovedAndChanged: ({ action }, by) => removed([...at, "transitions", action], `${path[0]}: ${action}`, by),
    });
    return { ...object(at, was && own(was), own(ours), own(other)), transitions };
  });
}

/** Setting by setting, and operation by operation. */
function mergeApi(
  path: readonly string[],
  { base, mine, theirs }: Sides,
  { object, removed }: Merging,
): Behaviour["api"] {
  const merged = mergeWhole({ was: base?.api, ours: mine.api, other: theirs.api }, (was, ours, other) => {
    const own = ({ operations: _operations, ...rest }: ResourceApi): ResourceApi => rest;
    const at = [...path, "api"];
    const lists: Lists<OperationSettings> = {
      base: was?.operations ?? [],
      mine: ours.operations ?? [],
      theirs: other.operations ?? [],
    };
    const operations = mergeList(lists, {
      identity: ({ action }) => action,
      same: sameJson,
      merge: (then, here, there) => object([...at, "operations", there.action], then, here, there),
      onRemovedAndChanged: ({ action }, by) => removed([...at, "operations", action], `${path[0]}: ${action}`, by),
    }).filter(({ rest, graphql }) => rest !== undefined || graphql !== undefined);
    return { ...object(at, was && own(was), own(ours), own(other)), ...present({ operations: someOf(operations) }) };
  });
  // Each side may have taken away what the other left.
  return merged && Object.keys(merged).length > 0 ? merged : undefined;
}

/** A part that is there or not: merged where both sides have it, else as the side that changed it has it. */
export function mergeWhole<T extends object>(
  { was, ours, other }: { readonly was: T | undefined; readonly ours: T | undefined; readonly other: T | undefined },
  merge: (was: T | undefined, ours: T, other: T) => T,
): T | undefined {
  if (ours && other) return merge(was, ours, other);
  return sameJson(ours, was) ? other : ours;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
