import type {
  Attribute,
  AttributeType,
  BelongsTo,
  DefaultValue,
  ManyToMany,
  Model,
  Resource,
} from "#lib/model/types.ts";
import type { Random } from "./Random.ts";

/** Stored names that need care: keywords, quotes, capitals, other alphabets, the full length. */
const oddNames = ["select", 'say "hi"', "Caps", "größe", "表", "back\\slash", "it's", "x".repeat(63), "ü".repeat(31)];

let counter = 0;

function freshName(): string {
  counter += 1;
  return `n${counter}`;
}

function storedName(random: Random, taken: ReadonlySet<string>): string {
  const odd = random.pick(oddNames);
  return random.chance(15) && !taken.has(odd) ? odd : freshName();
}

/** A valid model of up to four resources that uses every type, default and kind of relationship now and then. */
export function randomModel(random: Random): Model {
  counter = 0;
  let model: Model = { app: { name: "Random" }, resources: [] };
  const size = 1 + random.below(4);
  for (let at = 0; at < size; at += 1) model = addResource(random, model);
  return model;
}

/** The model after a few changes as people make them. */
export function evolve(random: Random, model: Model): Model {
  let changed = model;
  const changes = 1 + random.below(5);
  for (let at = 0; at < changes; at += 1) changed = random.pick(allChanges)(random, changed);
  return { ...changed, resources: changed.resources.map((resource) => withoutHastyUniques(model, resource)) };
}

/** What may repeat in the version before cannot be unique at once: both share the rows. */
function withoutHastyUniques(before: Model, resource: Resource): Resource {
  const old = before.resources.find(({ table }) => table === resource.table);
  const repeats = new Set(old?.attributes.filter((one) => !isDistinct(one)).map(({ column }) => column));
  const hasty = new Set(resource.attributes.filter(({ column }) => repeats.has(column)).map(({ name }) => name));
  return {
    ...resource,
    attributes: resource.attributes.map((one) => (hasty.has(one.name) ? { ...one, unique: false } : one)),
    uniques: resource.uniques.filter((group) => !group.some((name) => hasty.has(name))),
  };
}

type Change = (random: Random, model: Model) => Model;

const allChanges: readonly Change[] = [
  (random, model) => (model.resources.length < 6 ? addResource(random, model) : model),
  removeResource,
  onResource((random, resource) => withAttribute(random, resource)),
  onResource((random, resource) => withAttribute(random, resource)),
  onResource(withoutAttribute),
  onAttribute((_, attribute) => ({ ...attribute, required: !attribute.required })),
  onAttribute((_, attribute) => (isDistinct(attribute) ? { ...attribute, unique: !attribute.unique } : attribute)),
  onAttribute(changeDefault),
  onAttribute(changeType),
  onResource(changeKind),
  onResource(renameAttribute),
  (random, model) => onResource((_, resource) => withBelongsTo(random, model, resource))(random, model),
  (random, model) => onResource((_, resource) => withManyToMany(random, model, resource))(random, model),
  onResource(withoutRelationship),
  onResource((random, resource) => ({
    ...resource,
    relationships: resource.relationships.map((link) => (link.kind === "belongsTo" ? changeLink(random, link) : link)),
  })),
  onResource((random, resource) => ({ ...resource, ...groups(random, resource) })),
];

function onResource(change: (random: Random, resource: Resource) => Resource): Change {
  return (random, model) => {
    const chosen = random.pick(model.resources);
    return replace(model, change(random, chosen));
  };
}

function onAttribute(change: (random: Random, attribute: Attribute) => Attribute): Change {
  return onResource((random, resource) => {
    if (resource.attributes.length === 0) return resource;
    const chosen = random.pick(resource.attributes);
    const changed = change(random, chosen);
    return { ...resource, attributes: resource.attributes.map((each) => (each === chosen ? changed : each)) };
  });
}

function replace(model: Model, resource: Resource): Model {
  return { ...model, resources: model.resources.map((each) => (each.name === resource.name ? resource : each)) };
}

function addResource(random: Random, model: Model): Model {
  const name = `R${freshName()}`;
  const tables = new Set(model.resources.map((resource) => resource.table));
  let resource: Resource = {
    name,
    plural: `${name.toLowerCase()}s`,
    table: storedName(random, tables),
    key: randomKey(random),
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: ["read", "create", "update", "destroy"],
    ...(random.chance(20) && { api: { path: `at-${name.toLowerCase()}` } }),
  };
  for (let at = random.below(5); at > 0; at -= 1) resource = withAttribute(random, resource);
  let next: Model = { ...model, resources: [...model.resources, resource] };
  for (let at = random.below(3); at > 0; at -= 1) next = replace(next, withBelongsTo(random, next, last(next)));
  if (random.chance(30)) next = replace(next, withManyToMany(random, next, last(next)));
  return replace(next, { ...last(next), ...groups(random, last(next)) });
}

function last(model: Model): Resource {
  const resource = model.resources.at(-1);
  if (!resource) throw new Error("The model has no resource.");
  return resource;
}

function randomKey(random: Random): Attribute {
  const [kind, value] = random.pick([
    ["uuid", "uuid"],
    ["integer", "generated"],
    ["bigint", "generated"],
    ["text", null],
    ["integer", null],
  ] as const);
  return {
    name: "id",
    column: random.chance(80) ? "id" : freshName(),
    type: { kind },
    required: true,
    unique: true,
    ...(value && { default: { kind: value } }),
  };
}

function withAttribute(random: Random, resource: Resource): Resource {
  const taken = new Set([
    resource.key.column,
    ...resource.attributes.map(({ column }) => column),
    ...resource.relationships.flatMap((link) => (link.kind === "belongsTo" ? [link.column] : [])),
  ]);
  const type = randomType(random);
  const plain: Attribute = {
    name: freshName(),
    column: storedName(random, taken),
    type,
    required: random.chance(40),
    unique: false,
    ...(random.chance(10) && { deprecated: { since: "2026-11-01" } }),
  };
  const attribute = random.chance(50) ? { ...plain, default: randomDefault(random, type) } : plain;
  const unique = isDistinct(attribute) && random.chance(30);
  return { ...resource, attributes: [...resource.attributes, { ...attribute, unique }] };
}

function randomType(random: Random): AttributeType {
  const kind = random.pick([
    "text",
    "integer",
    "bigint",
    "decimal",
    "boolean",
    "date",
    "timestamp",
    "uuid",
    "json",
    "choice",
  ] as const);
  if (kind === "decimal" && random.chance(60)) return { kind, precision: 10 + random.below(20), scale: 2 };
  if (kind === "choice")
    return { kind, options: ["a", "b", "c", "d", "e"].map((name) => ({ name, stored: `${name}'\\` })) };
  return { kind } as AttributeType;
}

function randomDefault(random: Random, type: AttributeType): DefaultValue {
  const literal = (value: DefaultValue & { kind: "literal" } extends { value: infer V } ? V : never): DefaultValue => ({
    kind: "literal",
    value,
  });
  const digit = random.below(10);
  switch (type.kind) {
    case "text":
      return literal(
        random.pick(["", "it's", 'a "b"', "back\\slash", "line\nbreak", "'); drop table x; --", "größe 🐘"]),
      );
    case "integer":
      return literal(random.pick([digit, -digit, 2147483647]));
    case "bigint":
      return literal(random.pick(["9223372036854775807", "-9223372036854775808", String(digit)]));
    case "decimal":
      return literal(random.pick(["0", "12.50", "-0.5", `${digit}.25`]));
    case "boolean":
      return literal(digit < 5);
    case "date":
      return digit < 5 ? { kind: "today" } : literal("2026-02-28");
    case "timestamp":
      return digit < 5 ? { kind: "now" } : literal("2026-02-28T01:02:03.000400+02:00");
    case "uuid":
      return digit < 5 ? { kind: "uuid" } : literal("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11");
    case "json":
      return literal(random.pick([{ b: [1, 2.5, null], a: "it's" }, [], "text", 1e21]));
    case "choice":
      return literal(random.pick(type.options).name);
    default:
      throw new Error(`randomType makes no ${type.kind}.`);
  }
}

/** Only these are unique in random models: rows get different values, and no default would repeat one. */
function isDistinct(attribute: Attribute): boolean {
  return attribute.default === undefined && !["boolean", "json", "choice"].includes(attribute.type.kind);
}

function withoutAttribute(random: Random, resource: Resource): Resource {
  if (resource.attributes.length === 0) return resource;
  const chosen = random.pick(resource.attributes);
  return { ...without(resource, chosen.name), attributes: resource.attributes.filter((each) => each !== chosen) };
}

function without(resource: Resource, name: string): Resource {
  return {
    ...resource,
    uniques: resource.uniques.filter((group) => !group.includes(name)),
    indexes: resource.indexes.filter((index) => !index.fields.some((field) => field.name === name)),
  };
}

function changeDefault(random: Random, attribute: Attribute): Attribute {
  const { default: _, ...plain } = attribute;
  if (attribute.unique) return plain;
  return random.chance(30) ? plain : { ...plain, default: randomDefault(random, attribute.type) };
}

/** To a type that needs a column of its own; a default of the old type goes. */
function changeKind(random: Random, resource: Resource): Resource {
  if (resource.attributes.length === 0) return resource;
  const chosen = random.pick(resource.attributes);
  const { default: _, ...plain } = chosen;
  const type: AttributeType = random.chance(50) ? randomType(random) : { kind: "text" };
  const changed = { ...plain, type };
  const isStill = isDistinct(changed);
  return {
    ...(isStill ? resource : without(resource, chosen.name)),
    attributes: resource.attributes.map((each) =>
      each === chosen ? { ...changed, unique: isStill && chosen.unique } : each,
    ),
  };
}

function renameAttribute(random: Random, resource: Resource): Resource {
  if (resource.attributes.length === 0) return resource;
  const chosen = random.pick(resource.attributes);
  const name = freshName();
  const renamed = (each: string) => (each === chosen.name ? name : each);
  return {
    ...resource,
    attributes: resource.attributes.map((each) => (each === chosen ? { ...each, name } : each)),
    uniques: resource.uniques.map((group) => group.map(renamed)),
    indexes: resource.indexes.map((index) => ({
      fields: index.fields.map((field) => ({ ...field, name: renamed(field.name) })),
    })),
  };
}

function changeType(random: Random, attribute: Attribute): Attribute {
  if (attribute.type.kind === "choice" && random.chance(50)) {
    const { default: _, ...plain } = attribute;
    return { ...plain, type: { kind: "text" } };
  }
  if (attribute.type.kind === "choice") {
    const { default: _, ...plain } = attribute;
    return {
      ...plain,
      type: { kind: "choice", options: attribute.type.options.slice(random.below(attribute.type.options.length)) },
    };
  }
  if (attribute.type.kind !== "decimal" || attribute.type.precision === undefined) return attribute;
  const precision = attribute.type.precision + random.pick([-3, 2, 5]);
  return { ...attribute, type: random.chance(20) ? { kind: "decimal" } : { kind: "decimal", precision, scale: 2 } };
}

function withBelongsTo(random: Random, model: Model, resource: Resource): Resource {
  const target = random.pick(model.resources);
  // Only to earlier ones, so that required links never form a cycle.
  const isEarlier = model.resources.indexOf(target) < model.resources.findIndex(({ name }) => name === resource.name);
  const required = isEarlier && random.chance(40);
  const name = freshName();
  const link: BelongsTo = {
    kind: "belongsTo",
    name,
    target: target.name,
    column: `${name}_id`,
    required,
    unique: !required && random.chance(15),
    onDelete: random.pick(required ? ["restrict", "cascade"] : ["restrict", "cascade", "setNull"]),
  };
  return { ...resource, relationships: [...resource.relationships, link] };
}

function changeLink(random: Random, link: BelongsTo): BelongsTo {
  const onDelete = random.pick(["restrict", "cascade", ...(link.required ? [] : (["setNull"] as const))] as const);
  return { ...link, onDelete };
}

function withManyToMany(random: Random, model: Model, resource: Resource): Resource {
  const name = freshName();
  const link: ManyToMany = {
    kind: "manyToMany",
    name,
    target: random.pick(model.resources).name,
    table: `join_${name}`,
    sourceColumn: "source_id",
    targetColumn: "target_id",
    owner: true,
  };
  return { ...resource, relationships: [...resource.relationships, link] };
}

function withoutRelationship(random: Random, resource: Resource): Resource {
  if (resource.relationships.length === 0) return resource;
  const chosen = random.pick(resource.relationships);
  return { ...without(resource, chosen.name), relationships: resource.relationships.filter((each) => each !== chosen) };
}

function removeResource(random: Random, model: Model): Model {
  if (model.resources.length < 2) return model;
  const chosen = random.pick(model.resources);
  const resources = model.resources
    .filter((resource) => resource !== chosen)
    .map((resource) => {
      const lost = resource.relationships.filter((link) => link.target === chosen.name);
      const kept = lost.reduce((each, link) => without(each, link.name), resource);
      return { ...kept, relationships: resource.relationships.filter((link) => link.target !== chosen.name) };
    });
  return { ...model, resources };
}

function groups(random: Random, resource: Resource): Pick<Resource, "uniques" | "indexes"> {
  const links = resource.relationships.filter((link) => link.kind === "belongsTo").map(({ name }) => name);
  const all = [...resource.attributes.filter(({ type }) => type.kind !== "json").map(({ name }) => name), ...links];
  const distinct = resource.attributes.filter(isDistinct).map(({ name }) => name);
  const unique =
    distinct.length > 0 && random.chance(40) ? [...new Set([random.pick(all), random.pick(distinct)])] : [];
  const fields = all.length > 0 && random.chance(40) ? [...new Set([random.pick(all), random.pick(all)])] : [];
  return {
    uniques: unique.length > 1 ? [unique] : [],
    indexes: fields.length > 0 ? [{ fields: fields.map((name) => ({ name, descending: random.chance(30) })) }] : [],
  };
}
