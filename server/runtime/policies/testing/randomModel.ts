import { attribute, belongsTo, resource } from "#lib/compile/testing/modelParts.ts";
import type {
  Aggregate,
  Attribute,
  Calculation,
  FieldPolicy,
  ManyToMany,
  Model,
  Policy,
  Relationship,
  Resource,
} from "#lib/model/types.ts";
import type { Random } from "./Random.ts";
import { randomCondition } from "./randomCondition.ts";

export const roles = ["admin", "sales", "guest"] as const;
export const texts = ["a", "b", "c"] as const;

const attributes: readonly Attribute[] = [
  attribute("flag", { type: { kind: "boolean" } }),
  attribute("n", { type: { kind: "integer" } }),
  attribute("t", { type: { kind: "text" } }),
  attribute("code", { type: { kind: "text" }, unique: true }),
];

const plurals = { Person: "people", Alpha: "alphas", Beta: "betas", Gamma: "gammas" } as const;
type Name = keyof typeof plurals;
const names = Object.keys(plurals) as readonly Name[];

/** People and three more resources, joined, calculated and guarded at random; every expression is well typed. */
export function randomModel(random: Random): Model {
  const bare: Resource[] = names.map((name) =>
    resource(name, { plural: plurals[name], attributes, relationships: [] }),
  );
  const model = (resources: readonly Resource[]): Model => ({
    app: { name: "Random", users: "Person", roles: roles.map((name) => ({ name })) },
    resources,
  });
  const related = withRelationships(bare, random);
  const computed = related.map((each) => ({ ...each, ...randomComputed(model(related), each, random) }));
  return model(computed.map((each) => ({ ...each, ...randomPolicies(model(computed), each, random) })));
}

function withRelationships(resources: readonly Resource[], random: Random): readonly Resource[] {
  const added = new Map(names.map((name) => [name as string, [] as Relationship[]]));
  const add = (name: string, relationship: Relationship) => added.get(name)?.push(relationship);
  for (const { name } of resources) {
    const references = name === "Person" ? ["boss"] : ["owner", "first", "second"].slice(0, 2 + random.below(2));
    for (const reference of references) {
      const target = reference === "owner" || reference === "boss" ? "Person" : random.pick(names);
      const unique = reference === "second" && random.chance(0.5);
      const onDelete = random.pick(["setNull", "cascade", "restrict"] as const);
      add(name, { ...belongsTo(reference, target), unique, onDelete });
      const inverse = `${reference}Of${name}`;
      add(target, { kind: unique ? "hasOne" : "hasMany", name: inverse, target: name, via: reference });
    }
  }
  const [left, right] = [random.pick(names), random.pick(names)];
  for (const link of manyToMany(left, right)) add(link.target === right && link.owner ? left : right, link);
  return resources.map((each) => ({ ...each, relationships: added.get(each.name) ?? [] }));
}

function manyToMany(left: string, right: string): readonly ManyToMany[] {
  const base = { kind: "manyToMany", table: "links" } as const;
  const [a, b] = ["left_id", "right_id"];
  return [
    { ...base, name: "rights", target: right, sourceColumn: a, targetColumn: b, owner: true, inverse: "lefts" },
    { ...base, name: "lefts", target: left, sourceColumn: b, targetColumn: a, owner: false, inverse: "rights" },
  ];
}

function randomComputed(model: Model, { name, relationships }: Resource, random: Random): Partial<Resource> {
  const calculations: Calculation[] = [];
  const aggregates: Aggregate[] = [];
  if (random.chance(0.6)) {
    const expression = randomCondition(random, { model, resource: name, depth: 2 });
    calculations.push({ name: "isSo", type: { kind: "boolean" }, expression });
  }
  if (random.chance(0.4)) {
    calculations.push({ name: "next", type: { kind: "integer" }, expression: "n + 1" });
  }
  const lists = relationships.filter(({ kind }) => kind === "hasMany" || kind === "manyToMany");
  const [list] = lists.length > 0 && random.chance(0.7) ? [random.pick(lists)] : [];
  if (list) {
    const where = random.chance(0.5)
      ? { where: randomCondition(random, { model, resource: list.target, depth: 1 }) }
      : {};
    aggregates.push({ name: "counted", function: "count", path: [list.name], ...where });
    aggregates.push({ name: "most", function: "max", path: [list.name], field: "n", ...where });
  }
  return { calculations, aggregates };
}

function randomPolicies(model: Model, each: Resource, random: Random): Partial<Resource> {
  const { name } = each;
  const condition = (depth: number) => randomCondition(random, { model, resource: name, depth });
  const policies: Policy[] = Array.from(
    random.times<Policy>(1 + random.below(4), (index) => ({
      effect: index > 0 && random.chance(0.3) ? "forbid" : "allow",
      actions: random.chance(0.4) ? ["*"] : random.some(["read", "create", "update", "destroy"], 0.6),
      expression: condition(2),
    })),
  );
  if (random.chance(0.8)) policies.push({ effect: "allow", actions: ["read"], expression: condition(1) });
  if (random.chance(0.5)) policies.push({ effect: "allow", actions: ["*"], expression: "'admin' in actor.roles" });
  const guarded = [...each.attributes, ...each.relationships, ...(each.calculations ?? []), ...(each.aggregates ?? [])];
  const fieldPolicies = random.times<FieldPolicy>(random.below(4), () => ({
    fields: [random.pick(guarded).name],
    ...(random.chance(0.8) && { read: condition(1) }),
    ...(random.chance(0.4) && { write: condition(1) }),
  }));
  return { policies: policies.filter(({ actions }) => actions.length > 0), fieldPolicies };
}
