import { isToOne } from "#lib/model/relationships/isToOne.ts";
import type { Model, Relationship, Resource } from "#lib/model/types.ts";
import type { Random } from "./Random.ts";

export interface ConditionPlace {
  readonly model: Model;
  /** The resource whose record the condition is about. */
  readonly resource: string;
  readonly depth: number;
}

/** The text of a boolean expression about a record of the resource and the actor. */
export function randomCondition(random: Random, place: ConditionPlace): string {
  const { depth } = place;
  const inner = () => randomCondition(random, { ...place, depth: depth - 1 });
  if (depth > 0 && random.chance(0.55)) {
    return random.pick([
      () => `(${inner()} && ${inner()})`,
      () => `(${inner()} || ${inner()})`,
      () => `(${inner()} || ${inner()})`,
      () => `!(${inner()})`,
      () => quantified(random, place),
    ])();
  }
  return random.chance(0.3) ? ofActor(random) : ofRecord(random, place);
}

function ofActor(random: Random): string {
  return random.pick([
    "'admin' in actor.roles",
    "'sales' in actor.roles",
    "actor.role != 'guest'",
    "actor.kind == 'user'",
    "actor.n > 1",
    "actor.flag",
    "true",
  ]);
}

function ofRecord(random: Random, place: ConditionPlace): string {
  const { path, end } = randomPath(random, place);
  const at = (member: string) => [...path, member].join(".");
  const { relationships, calculations = [] } = end;
  const choices = [
    () => at("flag"),
    () => `${at("n")} >= ${random.below(4)}`,
    () => `${at("n")} == actor.n`,
    () => `${at("t")} == '${random.pick(["a", "b"])}'`,
    () => `${at("t")} != null`,
    () => `${at("t")} == actor.t`,
  ];
  if (end.name === "Person") choices.push(() => `${at("id")} == actor.id`);
  if (relationships.some(({ name }) => name === "owner")) {
    choices.push(
      () => `${at("owner")} == actor.id`,
      () => `${at("owner")} == actor.id`,
      () => `${at("ownerId")} == actor.id`,
    );
  }
  if (calculations.some(({ name }) => name === "next")) choices.push(() => `${at("next")} > 2`);
  return random.pick(choices)();
}

function quantified(random: Random, place: ConditionPlace): string {
  const { path, end } = randomPath(random, place);
  const lists = end.relationships.filter((relationship) => !isToOne(relationship));
  if (lists.length === 0) return ofRecord(random, place);
  const list = random.pick(lists);
  const condition = ofRecord(random, { ...place, resource: list.target });
  const records = [...path, list.name].join(".");
  return random.pick([
    () => `exists(${records}, ${condition})`,
    () => `exists(${records})`,
    () => `all(${records}, ${condition})`,
    () => `count(${records}) > ${random.below(3)}`,
  ])();
}

interface RandomPath {
  readonly path: readonly string[];
  readonly end: Resource;
}

/** Up to two relationships to one. */
function randomPath(random: Random, { model, resource }: ConditionPlace): RandomPath {
  const path: string[] = [];
  let end = named(model, resource);
  while (path.length < 2 && random.chance(0.35)) {
    const ones: readonly Relationship[] = end.relationships.filter(isToOne);
    if (ones.length === 0) break;
    const next = random.pick(ones);
    path.push(next.name);
    end = named(model, next.target);
  }
  return { path, end };
}

function named({ resources }: Model, name: string): Resource {
  const found = resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`There is no resource ${name}.`);
  return found;
}
