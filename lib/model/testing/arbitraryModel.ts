import type { GeneratorValue } from "fast-check";
import * as fc from "fast-check";
import { fileOf } from "../naming/fileOf.ts";
import { pluralOf } from "../naming/pluralOf.ts";
import { defaultColumn, defaultForeignKey, defaultJoin, defaultTable } from "../naming/storedNames.ts";
import type { BuilderKind } from "../read/builders.ts";
import { attributeBuilders } from "../read/builders.ts";
import { actionNames, defaultKey } from "../read/readResource.ts";
import type { Attribute, AttributeType, DefaultValue, Index, Model, Relationship, Resource } from "../types.ts";

/** Draws values of a property test: `fc.gen()`. */
export type Draw = GeneratorValue;

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
  const shells = names.map((name) => drawResource(draw, name));
  const linked = drawRelationships(draw, shells);
  const resources = linked.map((resource) => drawGroups(draw, resource));
  const app = { name: `A ${[...draw(() => texts)].slice(0, 40).join("")}`, ...optional(draw, "describe", () => texts) };
  return { app, resources: sortResources(resources) };
}

/** Resources in the order of their files. */
export function sortResources(resources: readonly Resource[]): readonly Resource[] {
  return resources.toSorted((a, b) => (fileOf(a.name) < fileOf(b.name) ? -1 : 1));
}

function drawResource(draw: Draw, name: string): Resource {
  const plural = chance(draw, 4) ? `${pluralOf(name)}All` : pluralOf(name);
  const table = chance(draw, 4) ? `Tbl "${name}" é` : defaultTable({ plural });
  const count = draw(fc.nat, { max: 6 });
  return {
    name,
    plural,
    ...optional(draw, "describe", () => texts),
    table,
    key: drawKey(draw),
    attributes: freshNames(draw, [], count).map((attribute) => drawAttribute(draw, attribute)),
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
export function drawAttribute(draw: Draw, name: string): Attribute {
  const column = chance(draw, 4) ? `${defaultColumn(name)} ü` : defaultColumn(name);
  const type = drawType(draw);
  return {
    name,
    column,
    type,
    required: chance(draw, 3),
    unique: type.kind !== "json" && chance(draw, 6),
    ...drawValues(draw, type),
    ...optional(draw, "describe", () => texts),
  };
}

export function drawType(draw: Draw): AttributeType {
  const kind = draw(oneOf<BuilderKind>, attributeBuilders);
  if (kind === "decimal")
    return chance(draw, 2) ? { kind } : { kind, precision: 14, ...(chance(draw, 2) ? { scale: 2 } : {}) };
  if (kind !== "choice") return { kind };
  const names = draw(fc.shuffledSubarray, ["open", "shipped", "in_transit", "Lost", "a1"], { minLength: 1 });
  const stored = chance(draw, 2);
  return { kind, options: names.map((option) => ({ name: option, stored: stored ? `s "${option}"` : option })) };
}

/** Default and bounds that fit a type. */
export function drawValues(draw: Draw, type: AttributeType): Partial<Attribute> {
  const literal = (value: DefaultValue & { kind: "literal" }) => (chance(draw, 3) ? { default: value } : {});
  const bounds = (min: string, max: string) => ({
    ...(chance(draw, 3) ? { min } : {}),
    ...(chance(draw, 3) ? { max } : {}),
  });
  switch (type.kind) {
    case "text":
      return {
        ...(chance(draw, 4) ? { default: { kind: "literal", value: "DEF" } } : {}),
        ...(chance(draw, 4) ? { minLength: 2 } : {}),
        ...(chance(draw, 4) ? { maxLength: 40 } : {}),
        ...(chance(draw, 5) ? { pattern: "[A-Z]{2,3}(-[0-9]+)*" } : {}),
      };
    case "integer":
      return {
        ...literal({ kind: "literal", value: draw(fc.integer, { min: 0, max: 9 }) }),
        ...bounds("-5", "2147483647"),
      };
    case "bigint":
      return {
        ...literal({ kind: "literal", value: "123" }),
        ...bounds("-9000000000000000000", "9000000000000000000"),
      };
    case "decimal":
      return { ...literal({ kind: "literal", value: type.scale === undefined ? "7" : "7.50" }), ...bounds("-1", "99") };
    case "boolean":
      return literal({ kind: "literal", value: chance(draw, 2) });
    case "date":
      return {
        ...(chance(draw, 3) ? { default: { kind: "today" } } : literal({ kind: "literal", value: "2026-02-28" })),
        ...bounds("1900-01-01", "2099-12-31"),
      };
    case "timestamp":
      return {
        ...(chance(draw, 3)
          ? { default: { kind: "now" } }
          : literal({ kind: "literal", value: "2026-02-28T01:02:03.5Z" })),
        ...bounds("1900-01-01T00:00:00Z", "2099-12-31T00:00:00.000001Z"),
      };
    case "uuid":
      return chance(draw, 2)
        ? { default: { kind: "uuid" } }
        : literal({ kind: "literal", value: "0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b" });
    case "json":
      return literal({ kind: "literal", value: drawJson(draw) });
    case "choice": {
      const [first] = type.options;
      return first ? literal({ kind: "literal", value: first.name }) : {};
    }
    default:
      return {};
  }
}

/** JSON as PostgreSQL takes it, not null at the top. */
function drawJson(draw: Draw): Extract<DefaultValue, { kind: "literal" }>["value"] {
  const value = JSON.parse(draw(fc.json, { maxDepth: 3 }), (key, item) => (key === "__proto__" ? undefined : item));
  return value === null || Object.is(value, -0) ? 0 : value;
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
        add(source, {
          kind: "belongsTo",
          name,
          target: target.name,
          column: chance(draw, 4) ? `${name} ref` : defaultForeignKey(name),
          required,
          unique: chance(draw, 5),
          onDelete: required ? (chance(draw, 2) ? "cascade" : "restrict") : "setNull",
          ...describe,
        });
        if (chance(draw, 2)) add(target, { kind: "hasMany", name: other, target: source.name, via: name });
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

function drawGroups(draw: Draw, resource: Resource): Resource {
  const columns = [
    ...resource.attributes.filter(({ type }) => type.kind !== "json").map(({ name }) => name),
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

function oneOf<T>(values: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...values);
}

/** True once in `times`. */
export function chance(draw: Draw, times: number): boolean {
  return draw(fc.nat, { max: times - 1 }) === 0;
}

function optional<K extends string, T>(
  draw: Draw,
  key: K,
  arbitrary: () => fc.Arbitrary<T>,
): { readonly [key in K]?: T } {
  const entry: { [key in K]?: T } = {};
  if (chance(draw, 4)) entry[key] = draw(arbitrary);
  return entry;
}
