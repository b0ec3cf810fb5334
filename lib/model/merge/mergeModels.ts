import { isStandardAction } from "../actions/actionsOf.ts";
import { optionsIn, withOptionsIn } from "../attributes/optionsIn.ts";
import { defaultWords, typeWords } from "../diff/describeAttribute.ts";
import type {
  AppConfig,
  Attribute,
  AttributeType,
  ChoiceOption,
  DefaultValue,
  Index,
  Model,
  Relationship,
  Resource,
  Role,
  ValueObject,
} from "../types.ts";
import type { MergeConflict, MergeSide } from "./MergeConflict.ts";
import { type MergeWords, ownWords } from "./MergeWords.ts";
import type { Behaviour, Merging } from "./mergeBehaviour.ts";
import { behaviourKeys, mergeBehaviour, mergeWhole } from "./mergeBehaviour.ts";
import { type Lists, mergeList } from "./mergeList.ts";
import { ProgramMerge } from "./ProgramMerge.ts";
import { relationshipIdentity } from "./relationshipIdentity.ts";
import { sameJson } from "./sameJson.ts";
import { namedForm, storedForm } from "./storedForm.ts";
import { withMergedNames } from "./withMergedNames.ts";
import { withoutDangling } from "./withoutDangling.ts";
import { withUniqueNames } from "./withUniqueNames.ts";
import { withUniqueValueObjects } from "./withUniqueValueObjects.ts";

/** The same model on the three sides. */
export interface ThreeModels {
  readonly base: Model;
  readonly mine: Model;
  readonly theirs: Model;
}

export interface MergeOptions {
  readonly words?: MergeWords;
  /** What was decided of a conflict; mine is taken where nothing was, and what only one side removed stays. */
  readonly take?: (path: readonly string[]) => MergeSide | undefined;
}

/** A model with the changes of both sides; where both changed the same thing differently, mine, and a conflict. */
export function mergeModels(
  sides: ThreeModels,
  { words = ownWords, take = () => undefined }: MergeOptions = {},
): {
  readonly model: Model;
  readonly conflicts: readonly MergeConflict[];
  /** Whether both sides changed something, so that it can be taken from either as a whole. */
  readonly isContested: (path: readonly string[]) => boolean;
} {
  const merge = new ModelMerge({ words, take });
  const spoken = withMergedNames(sides);
  const [base, mine, theirs] = [storedForm(spoken.base), storedForm(spoken.mine), storedForm(spoken.theirs)];
  const model = {
    app: merge.app(base.app, mine.app, theirs.app),
    resources: merge.resources({ base: base.resources, mine: mine.resources, theirs: theirs.resources }),
    ...merge.valueObjects({
      base: base.valueObjects ?? [],
      mine: mine.valueObjects ?? [],
      theirs: theirs.valueObjects ?? [],
    }),
    ...merge.programs.programs({ base, mine, theirs }),
  };
  const whole = withoutDangling(model);
  const unique = withUniqueNames(whole.model, theirs, words);
  const apart = withUniqueValueObjects(unique.model, words);
  return {
    model: namedForm(apart.model),
    conflicts: [...merge.conflicts, ...whole.conflicts, ...unique.conflicts, ...apart.conflicts],
    isContested: (path) => merge.contested.has(JSON.stringify(path)),
  };
}

class ModelMerge {
  readonly conflicts: MergeConflict[] = [];
  readonly contested = new Set<string>();
  readonly #words: MergeWords;
  readonly #take: NonNullable<MergeOptions["take"]>;
  readonly #merging: Merging = {
    object: (at, was, ours, other) => this.object(at, was, ours, other),
    removed: (at, what, by) => this.#removed(at, what, by),
    note: (path, sentence) => this.conflicts.push({ path, sentence }),
  };
  readonly programs = new ProgramMerge(this.#merging);

  constructor({ words, take }: Required<MergeOptions>) {
    this.#words = words;
    this.#take = take;
  }

  resources(lists: Lists<Resource>): readonly Resource[] {
    return mergeList(lists, {
      identity: ({ table }) => table,
      same: sameJson,
      merge: (base, mine, theirs) => this.#resource(base, mine, theirs),
      onRemovedAndChanged: ({ name }, by) => this.#removed([name], name, by),
    });
  }

  app(base: AppConfig, mine: AppConfig, theirs: AppConfig): AppConfig {
    const own = ({ roles: _roles, api: _api, auth: _auth, connections: _connections, ...rest }: AppConfig) => rest;
    const roles = mergeList<Role>(
      { base: base.roles ?? [], mine: mine.roles ?? [], theirs: theirs.roles ?? [] },
      {
        identity: ({ name }) => name,
        same: sameJson,
        merge: (was, ours, other) => this.object(["app", "roles", other.name], was, ours, other),
        onRemovedAndChanged: ({ name }, by) => this.#removed(["app", "roles", name], `the role ${name}`, by),
      },
    );
    const merged = this.object(["app"], own(base), own(mine), own(theirs));
    const api = mergeWhole({ was: base.api, ours: mine.api, other: theirs.api }, (was, ours, other) =>
      this.object(["app", "api"], was, ours, other),
    );
    return {
      ...merged,
      ...(roles.length === 0 ? {} : { roles }),
      ...(api && Object.keys(api).length > 0 ? { api } : {}),
      ...this.programs.settings({ base, mine, theirs }),
    };
  }

  /** By name, so one that a side renamed goes and comes anew. */
  valueObjects(lists: Lists<ValueObject>): Pick<Model, "valueObjects"> {
    const valueObjects = mergeList(lists, {
      identity: ({ name }) => name,
      same: sameJson,
      merge: (base, mine, theirs) => this.#valueObject(base, mine, theirs),
      onRemovedAndChanged: ({ name }, by) => this.#removed([name], name, by),
    });
    return valueObjects.length === 0 ? {} : { valueObjects };
  }

  #valueObject(base: ValueObject | undefined, mine: ValueObject, theirs: ValueObject): ValueObject {
    const path = [theirs.name];
    const own = ({ attributes, ...rest }: ValueObject) => rest;
    const lists = { base: base?.attributes ?? [], mine: mine.attributes, theirs: theirs.attributes };
    return {
      ...this.object(path, base && own(base), own(mine), own(theirs)),
      attributes: this.#attributes(path, lists),
    };
  }

  #attributes(path: readonly string[], lists: Lists<Attribute>): readonly Attribute[] {
    return mergeList(lists, {
      identity: ({ column }) => column,
      same: sameJson,
      merge: (was, ours, other) => this.#attribute([...path, "attributes", other.name], was, ours, other),
      onRemovedAndChanged: ({ name }, by) => this.#removed([...path, "attributes", name], `${path[0]}.${name}`, by),
    });
  }

  /** Property by property: what only one side changed is taken from there. */
  object<T extends object>(path: readonly string[], base: T | undefined, mine: T, theirs: T): T {
    if (!sameJson(mine, base) && !sameJson(theirs, base) && !sameJson(mine, theirs)) {
      this.contested.add(JSON.stringify(path));
      const side = this.#take(path);
      if (side) return side === "mine" ? mine : theirs;
    }
    const merged: Record<string, unknown> = {};
    const sides = [new Map(Object.entries(base ?? {})), new Map(Object.entries(mine)), new Map(Object.entries(theirs))];
    const [was, ours, other] = sides;
    for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      const value = this.#value([...path, key], was?.get(key), { mine: ours?.get(key), theirs: other?.get(key) });
      if (value !== undefined) merged[key] = value;
    }
    return merged as T;
  }

  #resource(base: Resource | undefined, mine: Resource, theirs: Resource): Resource {
    const path = [theirs.name];
    const lists = <Key extends keyof Resource>(key: Key) => ({
      base: base?.[key] ?? [],
      mine: mine[key],
      theirs: theirs[key],
    });
    const own = ({ key, attributes, relationships, uniques, indexes, ...rest }: Resource) =>
      Object.fromEntries(Object.entries(rest).filter(([name]) => !behaviourKeys.some((other) => other === name)));
    const behaviour = mergeBehaviour(path, { base, mine, theirs }, this.#merging);
    const plain = this.object(path, base && own(base), own(mine), own(theirs)) as OwnParts;
    return {
      ...plain,
      ...withoutGoneActions(behaviour, plain.actions),
      key: this.#attribute([...path, "key"], base?.key, mine.key, theirs.key),
      attributes: this.#attributes(path, lists("attributes") as Lists<Attribute>),
      relationships: mergeList<Relationship>(lists("relationships") as Lists<Relationship>, {
        identity: relationshipIdentity,
        same: sameJson,
        merge: (was, ours, other) => this.object([...path, "relationships", other.name], was, ours, other),
        onRemovedAndChanged: ({ name }, by) =>
          this.#removed([...path, "relationships", name], `${path[0]}.${name}`, by),
      }),
      uniques: mergeList<readonly string[]>(lists("uniques") as Lists<readonly string[]>, wholes),
      indexes: mergeList<Index>(lists("indexes") as Lists<Index>, wholes),
    };
  }

  #attribute(path: readonly string[], base: Attribute | undefined, mine: Attribute, theirs: Attribute): Attribute {
    const merged = this.object(path, base && withoutOptions(base), withoutOptions(mine), withoutOptions(theirs));
    if (optionsIn(merged.type) === null) return merged;
    const options = mergeList<ChoiceOption>(
      { base: optionsOf(base?.type), mine: optionsOf(mine.type), theirs: optionsOf(theirs.type) },
      {
        identity: ({ stored }) => stored,
        same: sameJson,
        merge: (was, ours, other) => this.object([...path, other.name], was, ours, other),
        onRemovedAndChanged: ({ name }, by) => this.#removed([...path, name], `${path.at(-1)}: option ${name}`, by),
      },
    );
    return { ...merged, type: withOptionsIn(merged.type, options) };
  }

  #value(path: readonly string[], base: unknown, { mine, theirs }: { mine: unknown; theirs: unknown }): unknown {
    if (sameJson(mine, base)) return theirs;
    if (!sameJson(theirs, base) && !sameJson(mine, theirs)) {
      const [resource = "", , member] = path;
      const what = [resource, member].filter((part) => part !== undefined).join(".");
      const option = path.at(-1) ?? "";
      const sides = { mine: shown(path, mine), theirs: shown(path, theirs) };
      this.conflicts.push({ path, sentence: this.#words.set({ what, option, ...sides }), sides });
      if (this.#take(path) === "theirs") return theirs;
    }
    return mine;
  }

  #removed(path: readonly string[], what: string, by: MergeSide): boolean {
    const [removed, kept] = ["removed", "stays, as it was changed"];
    const sides = by === "mine" ? { mine: removed, theirs: kept } : { mine: kept, theirs: removed };
    this.conflicts.push({ path, sentence: this.#words.removed(what, by), sides });
    return this.#take(path) !== by;
  }
}

type OwnParts = Pick<Resource, "name" | "plural" | "table" | "actions">;

/** What is said of a standard action that one side took away goes with it. */
function withoutGoneActions({ definedActions, ...rest }: Behaviour, actions: Resource["actions"]): Behaviour {
  const kept = definedActions?.filter(({ name }) => !isStandardAction(name) || actions.includes(name)) ?? [];
  return kept.length === 0 ? rest : { ...rest, definedActions: kept };
}

/** Groups have no parts to merge: each is what it is. */
const wholes = {
  identity: (item: unknown) => JSON.stringify(item),
  same: () => true,
  merge: <Item>(_: Item | undefined, mine: Item) => mine,
  onRemovedAndChanged: () => true,
};

const optionsOf = (type: AttributeType | undefined) => (type === undefined ? [] : (optionsIn(type) ?? []));

/** Options are merged one by one, so as a type all choices are the same. */
const withoutOptions = (attribute: Attribute): Attribute =>
  optionsIn(attribute.type) === null ? attribute : { ...attribute, type: withOptionsIn(attribute.type, []) };

/** A value of an option as people read it. */
function shown(path: readonly string[], value: unknown): string {
  if (value === undefined) return "nothing";
  if (path.at(-1) === "type") return typeWords(value as AttributeType);
  return path.at(-1) === "default" ? defaultWords(value as DefaultValue) : JSON.stringify(value);
}
