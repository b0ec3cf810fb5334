import { sameJson } from "../merge/sameJson.ts";
import { spokenName } from "../naming/spokenName.ts";
import { mapLists } from "../processes/mapSteps.ts";
import { allSteps, innerLists } from "../processes/stepsWithin.ts";
import type { AppFunction, Connection, Process, Start, Step } from "../processTypes.ts";
import type { AppConfig, Model } from "../types.ts";
import { sentenceList } from "../words/sentenceList.ts";
import type { BehaviourChange } from "./BehaviourChange.ts";
import { pairUp } from "./identity.ts";
import type { ModelChange } from "./ModelChange.ts";

type Section = "processes" | "functions" | "connections" | "auth";

interface Said {
  readonly kind: BehaviourChange["kind"];
  readonly section: Section;
  readonly path: readonly string[];
  readonly name?: string;
  readonly sentence: string;
}

/**
 * What became of processes, functions, connections and sign-in. `before` speaks of resources and fields by their new names
 * already, so that following a rename is no change.
 */
export function diffPrograms(before: Model, after: Model): readonly ModelChange[] {
  return [
    ...diffAuth(before.app, after.app),
    ...named<Connection>({ before: before.app.connections, after: after.app.connections }, connections),
    ...named<AppFunction>({ before: before.functions, after: after.functions }, functions),
    ...named<Process>({ before: before.processes, after: after.processes }, processes),
  ].map((said) => ({ ...said, resource: null }));
}

interface Wording<T> {
  readonly section: Section;
  /** Such as `process`. */
  readonly noun: string;
  readonly pathOf: (name: string) => readonly string[];
  readonly changes: (before: T, after: T) => readonly { readonly path: readonly string[]; readonly sentence: string }[];
}

/** What has gone or come under another name alone is called otherwise now. */
function named<T extends { readonly name: string }>(
  lists: { readonly before: readonly T[] | undefined; readonly after: readonly T[] | undefined },
  { section, noun, pathOf, changes }: Wording<T>,
): readonly Said[] {
  const name = (one: T) => one.name;
  const { removed, added, kept } = pairUp(
    { before: lists.before ?? [], after: lists.after ?? [] },
    { before: name, after: name },
  );
  const unnamed = (one: T) => JSON.stringify({ ...one, name: "" });
  const renamed = removed.flatMap((old) => {
    const fresh = added.find((one) => unnamed(one) === unnamed(old));
    return fresh ? [{ old, fresh }] : [];
  });
  const base = (one: string) => ({ section, path: pathOf(one), name: one });
  return [
    ...renamed.map(({ old, fresh }) => ({
      ...base(fresh.name),
      kind: "behaviourRenamed" as const,
      sentence: `The ${noun} ${old.name} is now called ${fresh.name}`,
    })),
    ...removed
      .filter((one) => !renamed.some(({ old }) => old === one))
      .map((one) => ({
        ...base(one.name),
        kind: "behaviourRemoved" as const,
        sentence: `There is no ${noun} ${one.name} any more`,
      })),
    ...added
      .filter((one) => !renamed.some(({ fresh }) => fresh === one))
      .map((one) => ({
        ...base(one.name),
        kind: "behaviourAdded" as const,
        sentence: `There is a new ${noun}, ${one.name}`,
      })),
    ...kept.flatMap((pair) =>
      changes(pair.before, pair.after).map(({ path, sentence }) => ({
        ...base(pair.after.name),
        kind: "behaviourChanged" as const,
        path,
        sentence,
      })),
    ),
  ];
}

const connections: Wording<Connection> = {
  section: "connections",
  noun: "connection",
  pathOf: (name) => ["app", "connections", name],
  changes: (before, after) => {
    const path = ["app", "connections", after.name];
    const parts = changedParts(before, after, {
      kind: "is of another kind",
      url: "leads to another address",
      urlSecret: "leads to another address",
      authorization: "has another authorization",
      model: "has another model",
      describe: "has another description",
    });
    return parts.map((part) => ({ path, sentence: `The connection ${after.name} ${part}` }));
  },
};

const functions: Wording<AppFunction> = {
  section: "functions",
  noun: "function",
  pathOf: (name) => ["functions", name],
  changes: (before, after) => {
    const path = ["functions", after.name];
    const parts = changedParts(before, after, {
      parameters: "takes other parameters",
      returns: "returns another type",
      source: "works otherwise",
      examples: "has other examples",
      describe: "has another description",
    });
    return parts.map((part) => ({ path, sentence: `The function ${after.name} ${part}` }));
  },
};

const processes: Wording<Process> = {
  section: "processes",
  noun: "process",
  pathOf: (name) => ["processes", name],
  changes: (before, after) => [
    ...headChanges(before, after),
    ...startChanges(before, after),
    ...stepChanges(before, after),
  ],
};

function headChanges(before: Process, after: Process) {
  const path = ["processes", after.name];
  const parts = changedParts(before, after, {
    describe: "has another description",
    input: "takes other inputs",
    output: "comes to something else",
    timeout: after.timeout === undefined ? "may take as long as it takes" : `may take ${after.timeout}`,
  });
  return parts.map((part) => ({ path, sentence: `${after.name} ${part}` }));
}

function startChanges({ starts: before = [] }: Process, { name, starts: after = [] }: Process) {
  const path = ["processes", name, "starts"];
  const isIn = (starts: readonly Start[], start: Start) => starts.some((other) => sameJson(other, start));
  const gone = before.filter((start) => !isIn(after, start));
  const fresh = after.filter((start) => !isIn(before, start));
  const same = (one: Start) => (other: Start) => startWords(one) === startWords(other);
  const reordered = gone.length === 0 && fresh.length === 0 && !sameJson(before, after);
  return [
    ...(reordered ? [{ path, sentence: `The starts of ${name} stand in another order` }] : []),
    ...gone
      .filter((start) => !fresh.some(same(start)))
      .map((start) => ({ path, sentence: `${name} no longer starts ${startWords(start)}` })),
    ...fresh.map((start) => ({
      path: [...path, String(after.indexOf(start))],
      sentence: gone.some(same(start))
        ? `How ${name} starts ${startWords(start)} is changed`
        : `${name} now starts ${startWords(start)}`,
    })),
  ];
}

function startWords(start: Start): string {
  switch (start.kind) {
    case "change":
      return `when ${spokenName(start.resource)} records change`;
    case "schedule":
      return `by the schedule ${start.cron}${start.zone === undefined ? "" : ` (${start.zone})`}`;
    case "hook":
      return `by the hook ${start.name}`;
    case "call":
      return "when it is called";
  }
}

function stepChanges(before: Process, after: Process) {
  const [old, fresh] = [stepsByName(before), stepsByName(after)];
  const [oldPlaces, places] = [placesOf(before), placesOf(after)];
  const pathOf = (step: string) => ["processes", after.name, "steps", step];
  const gone = [...old.keys()].filter((name) => !fresh.has(name));
  const added = [...fresh.keys()].filter((name) => !old.has(name));
  const kept = [...fresh.keys()].filter((name) => old.has(name));
  const moved = kept.filter((name) => oldPlaces.get(name)?.list !== places.get(name)?.list);
  const changed = kept.filter((name) => !sameJson(ownPart(old.get(name)), ownPart(fresh.get(name))));
  const order = kept.filter((name) => !moved.includes(name));
  const wasOrder = [...old.keys()].filter((name) => order.includes(name));
  const reordered = order.some((name, index) => wasOrder[index] !== name);
  const told = (names: readonly string[], one: string, many: string) =>
    names.length === 0
      ? []
      : [{ path: pathOf(names[0] ?? ""), sentence: `${names.length === 1 ? one : many}: ${sentenceList(names)}` }];
  return [
    ...told(gone, `${after.name} no longer has the step`, `${after.name} no longer has the steps`),
    ...told(added, `${after.name} has a new step`, `${after.name} has new steps`),
    ...told(moved, `A step of ${after.name} stands elsewhere`, `Steps of ${after.name} stand elsewhere`),
    ...told(changed, `A step of ${after.name} is changed`, `Steps of ${after.name} are changed`),
    ...(reordered
      ? [{ path: ["processes", after.name, "steps"], sentence: `The steps of ${after.name} stand in another order` }]
      : []),
  ];
}

function stepsByName(process: Process): ReadonlyMap<string, Step> {
  return new Map(allSteps(process).map((step) => [step.name, step]));
}

/** In which list each step stands. */
function placesOf({ steps }: Process): ReadonlyMap<string, { readonly list: string }> {
  const places = new Map<string, { readonly list: string }>();
  mapLists(steps, (list, of, at) => {
    for (const { name } of list) places.set(name, { list: of ? `${of.name}.${at.join(".")}` : "" });
    return list;
  });
  return places;
}

/** A step without the steps that stand in it. */
function ownPart(step: Step | undefined): unknown {
  if (!step) return null;
  const { onError, compensate, ...own } = step;
  // Whether they are there says something also where they are empty: a failure is then passed over.
  const rest = { ...own, onError: onError !== undefined, compensate: compensate !== undefined };
  switch (rest.kind) {
    case "branch":
      return { ...rest, otherwise: rest.otherwise !== undefined, branches: rest.branches.map(({ when }) => when) };
    case "parallel":
      return { ...rest, branches: rest.branches.map(({ name }) => name) };
    default:
      return innerLists(step).length === 0 ? rest : { ...rest, steps: [] };
  }
}

function diffAuth({ auth: before }: AppConfig, { auth: after }: AppConfig): readonly Said[] {
  if (sameJson(before, after)) return [];
  const base = { kind: "behaviourChanged", section: "auth", path: ["app", "auth"] } as const;
  if (!before) return [{ ...base, kind: "behaviourAdded", sentence: "People can sign in to the app" }];
  if (!after) return [{ ...base, kind: "behaviourRemoved", sentence: "Nobody can sign in to the app any more" }];
  const onOff = (on: unknown, what: string) =>
    on ? `People can sign in ${what}` : `People can no longer sign in ${what}`;
  return changedParts(before, after, {
    password:
      before.password && after.password
        ? "Passwords have another least length"
        : onOff(after.password, "with a password"),
    magicLink: onOff(after.magicLink, "by a link in a mail"),
    code: onOff(after.code, "by a code in a mail"),
    totp: after.totp ? "A second factor is asked of others than before" : "There is no second factor any more",
    providers: "Other providers can be signed in with",
    issuers: "Tokens of other issuers are taken",
    signUp: after.signUp ? "Anybody can sign up" : "Only those who were invited can sign up",
    defaultRoles: "Those who sign up have other roles",
    email: "The address of people is in another attribute",
    redirects: "Signing in may lead back to other addresses",
  }).map((sentence) => ({ ...base, sentence }));
}

/** The words of the parts that are not the same, each once. */
function changedParts<T extends object>(
  before: T,
  after: T,
  words: { readonly [K in Exclude<keyof T, "name" | "starts" | "steps">]-?: string },
): readonly string[] {
  const keys = Object.keys(words) as Exclude<keyof T, "name" | "starts" | "steps">[];
  return [...new Set(keys.flatMap((key) => (sameJson(before[key], after[key]) ? [] : [words[key]])))];
}
