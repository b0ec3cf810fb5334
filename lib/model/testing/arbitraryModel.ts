import * as fc from "fast-check";
import { fileOf } from "../naming/fileOf.ts";
import { pluralOf } from "../naming/pluralOf.ts";
import { defaultColumn, defaultForeignKey, defaultJoin, defaultTable } from "../naming/storedNames.ts";
import { canBeUnique } from "../read/optionsOf.ts";
import { actionNames } from "../read/readActions.ts";
import { defaultKey } from "../read/readResource.ts";
import { withThroughLinks } from "../relationships/throughLinks.ts";
import type {
  Attribute,
  DefaultValue,
  Index,
  ManyToMany,
  Model,
  Relationship,
  Resource,
  ValueObject,
} from "../types.ts";
import { drawApi } from "./arbitraryApi.ts";
import { drawBehaviour } from "./arbitraryBehaviour.ts";
import type { Draw } from "./draw.ts";
import { chance, oneOf, optional } from "./draw.ts";
import type { TypeRoom } from "./drawType.ts";
import { drawType, drawValues } from "./drawType.ts";

const resourceNames = [
  "Order",
  "OrderDetail",
  "Person",
  "Equipment",
  "APIKey",
  "Category",
  "Line2",
  "Tag",
  "Wharf",
  "X",
];

const fieldNames = [
  ...["note", "freight", "shippingCost", "line2", "orderedOn", "stage", "kind", "weightKg", "isOpen", "VATrate", "z"],
  ...["parent", "owner", "customer", "items", "tags", "related", "group", "manager", "reports", "siblings", "boss"],
  ...["createdAt", "memo", "code", "rank", "score", "payload", "url", "share", "amount", "total", "label", "title"],
].map((name) => name.slice(0, 1).toLowerCase() + name.slice(1));

const texts = fc.oneof(
  fc.constantFrom(
    "plain",
    "it's",
    'say "x"',
    "both ' and \"",
    "a\\b",
    "two\nlines",
    "tab\t",
    "`$\u007bx}`",
    "*/ //",
    "ü 漢 🙂",
    "",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ minLength: 60, maxLength: 150 }),
);

/** A whole model that every rule accepts, with whatever the language can say in it somewhere. */
export function drawModel(draw: Draw): Model {
  const names = draw(fc.shuffledSubarray, resourceNames, { maxLength: 5 });
  const valueObjects = drawValueObjects(draw);
  const shells = names.map((name) => drawResource(draw, name, valueObjects));
  const linked = drawRelationships(draw, shells);
  const resources = drawThrough(draw, linked).map((resource) => drawGroups(draw, resource));
  const app = { name: `A ${[...draw(() => texts)].slice(0, 40).join("")}`, ...optional(draw, "describe", () => texts) };
  const plain = withThroughLinks({
    app,
    resources: sortResources(resources),
    ...(valueObjects.length === 0 ? {} : { valueObjects: sortResources(valueObjects) }),
  });
  return drawApi(draw, drawBehaviour(draw, plain));
}

/** Resources or value objects in the order of their files. */
export function sortResources<T extends { readonly name: string }>(resources: readonly T[]): readonly T[] {
  return resources.toSorted((a, b) => (fileOf(a.name) < fileOf(b.name) ? -1 : 1));
}

function drawResource(draw: Draw, name: string, valueObjects: readonly ValueObject[]): Resource {
  const plural = chance(draw, 4) ? `${pluralOf(name)}All` : pluralOf(name);
  const table = chance(draw, 4) ? `Tbl "${name}" é` : defaultTable({ plural });
  const count = draw(fc.nat, { max: 6 });
  return {
    name,
    plural,
    ...optional(draw, "describe", () => texts),
    table,
    key: drawKey(draw),
    attributes: freshNames(draw, [], count).map((attribute) => drawAttribute(draw, attribute, { valueObjects })),
    relationships: [],
    uniques: [],
    indexes: [],
    actions: chance(draw, 4) ? actionNames.filter(() => chance(draw, 2)) : actionNames,
  };
}

function drawKey(draw: Draw): Attribute {
  if (chance(draw, 2)) return defaultKey;
  const kind = draw(oneOf, ["integer", "bigint", "text", "uuid"] as const);
  const generated = (kind === "integer" || kind === "bigint") && chance(draw, 2);
  const fallback: DefaultValue | null = generated ? { kind: "generated" } : kind === "uuid" ? { kind: "uuid" } : null;
  return {
    name: "id",
    column: chance(draw, 2) ? "id" : "key Of",
    type: { kind },
    required: true,
    unique: true,
    ...(fallback && chance(draw, 2) ? { default: fallback } : {}),
    ...(kind === "text" ? { maxLength: 20 } : {}),
    ...optional(draw, "describe", () => texts),
  };
}

/** An attribute of any type, legal in itself. */
export function drawAttribute(draw: Draw, name: string, room: TypeRoom): Attribute {
  const { part = false } = room;
  const column = part ? name : chance(draw, 4) ? `${defaultColumn(name)} ü` : defaultColumn(name);
  const type = drawType(draw, room);
  return {
    name,
    column,
    type,
    required: chance(draw, 3),
    unique: !part && canBeUnique(type.kind) && chance(draw, 6),
    ...drawValues(draw, type, room),
    ...optional(draw, "describe", () => texts),
  };
}

/** Value objects of which later ones may hold earlier ones. */
function drawValueObjects(draw: Draw): readonly ValueObject[] {
  const names = draw(fc.shuffledSubarray, ["Address", "GeoPoint", "Terms"], { maxLength: 3 });
  const made: ValueObject[] = [];
  for (const name of names) {
    const parts = freshNames(draw, [], draw(fc.nat, { max: 4 }));
    const attributes = parts.map((part) => drawAttribute(draw, part, { valueObjects: made, part: true }));
    made.push({ name, ...optional(draw, "describe", () => texts), attributes });
  }
  return made;
}

function drawRelationships(draw: Draw, shells: readonly Resource[]): readonly Resource[] {
  const members = new Map<string, Relationship[]>(shells.map(({ name }) => [name, []]));
  const taken = (resource: Resource) => takenNames({ ...resource, relationships: members.get(resource.name) ?? [] });
  const add = (resource: Resource, relationship: Relationship) => members.get(resource.name)?.push(relationship);
  for (const [index, source] of shells.entries()) {
    for (let made = draw(fc.nat, { max: 3 }); made > 0; made--) {
      const target = shells[draw(fc.nat, { max: shells.length - 1 })] ?? source;
      const [name, other] = freshNames(draw, [...taken(source), ...taken(target)], 2);
      if (name === undefined || other === undefined) continue;
      const describe = optional(draw, "describe", () => texts);
      if (chance(draw, 2)) {
        const required = shells.indexOf(target) < index && chance(draw, 2);
        const unique = chance(draw, 5);
        add(source, {
          kind: "belongsTo",
          name,
          target: target.name,
          column: chance(draw, 4) ? `${name} ref` : defaultForeignKey(name),
          required,
          unique,
          onDelete: required ? (chance(draw, 2) ? "cascade" : "restrict") : "setNull",
          ...describe,
        });
        const kind = unique && chance(draw, 2) ? "hasOne" : "hasMany";
        if (chance(draw, 2)) add(target, { kind, name: other, target: source.name, via: name });
      } else {
        const usual = defaultJoin(source, name, target.name);
        const join = chance(draw, 4)
          ? { table: `${source.name}|${name}`, sourceColumn: "a", targetColumn: "b" }
          : usual;
        const inverse = chance(draw, 2);
        add(source, {
          kind: "manyToMany",
          name,
          target: target.name,
          ...join,
          ...(inverse ? { inverse: other } : {}),
          owner: true,
          ...describe,
        });
        if (inverse) {
          const back = { table: join.table, sourceColumn: join.targetColumn, targetColumn: join.sourceColumn };
          add(target, { kind: "manyToMany", name: other, target: source.name, ...back, inverse: name, owner: false });
        }
      }
    }
  }
  return shells.map((shell) => ({ ...shell, relationships: members.get(shell.name) ?? [] }));
}

/** Now and then a resource of which two belongsTo make links of the resources that they lead to. */
function drawThrough(draw: Draw, resources: readonly Resource[]): readonly Resource[] {
  const members = new Map<string, Relationship[]>(
    resources.map(({ name, relationships }) => [name, [...relationships]]),
  );
  for (const join of resources) {
    const [source, target] = join.relationships.filter((relationship) => relationship.kind === "belongsTo");
    if (!source || !target || chance(draw, 2)) continue;
    const ends = [
      resources.find(({ name }) => name === source.target),
      resources.find(({ name }) => name === target.target),
    ];
    const [here, there] = ends;
    if (!here || !there) continue;
    const taken = (resource: Resource) => takenNames({ ...resource, relationships: members.get(resource.name) ?? [] });
    const [name, other] = freshNames(draw, [...taken(here), ...taken(there)], 2);
    if (name === undefined || other === undefined) continue;
    const base = { kind: "manyToMany", table: "", sourceColumn: "", targetColumn: "", owner: false } as const;
    const link: ManyToMany = {
      ...base,
      name,
      target: there.name,
      through: join.name,
      sourceVia: source.name,
      targetVia: target.name,
    };
    members.get(here.name)?.push(link);
    if (chance(draw, 2)) {
      const back = { sourceVia: target.name, targetVia: source.name };
      members.get(there.name)?.push({ ...link, name: other, target: here.name, ...back });
    }
  }
  return resources.map((resource) => ({ ...resource, relationships: members.get(resource.name) ?? [] }));
}

function drawGroups(draw: Draw, resource: Resource): Resource {
  const columns = [
    ...resource.attributes.filter(({ type }) => canBeUnique(type.kind)).map(({ name }) => name),
    ...resource.relationships.filter(({ kind }) => kind === "belongsTo").map(({ name }) => name),
  ];
  if (columns.length < 2) return resource;
  const uniques = chance(draw, 3) ? [draw(fc.shuffledSubarray, columns, { minLength: 2 })] : [];
  const indexes: Index[] = [];
  for (let made = draw(fc.nat, { max: 2 }); made > 0; made--) {
    const names = draw(fc.shuffledSubarray, columns, { minLength: 1 });
    const index = { fields: names.map((name) => ({ name, descending: chance(draw, 2) })) };
    if (!indexes.some((other) => JSON.stringify(other) === JSON.stringify(index))) indexes.push(index);
  }
  return { ...resource, uniques, indexes };
}

/** Names that an attribute or relationship of a resource cannot take any more. */
export function takenNames(resource: Pick<Resource, "attributes" | "relationships">): readonly string[] {
  const fields = [...resource.attributes, ...resource.relationships].map(({ name }) => name);
  const foreign = resource.relationships.filter(({ kind }) => kind === "belongsTo").map(({ name }) => `${name}Id`);
  return ["id", ...fields, ...foreign];
}

export function freshNames(draw: Draw, taken: readonly string[], count: number): readonly string[] {
  const free = fieldNames.filter((name) => !taken.includes(name));
  return draw(fc.shuffledSubarray, free, {
    minLength: Math.min(count, free.length),
    maxLength: Math.min(count, free.length),
  });
}
