import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Attribute, AttributeType, Model, Resource } from "../../model/types.ts";
import { isGroupable, measureType } from "../../plan/read/summary/measureType.ts";
import { measureOperators } from "../../plan/read/summary/SummaryPlanning.ts";
import { outputType } from "./valueTypes.ts";

/** The field of every connection that says what its records come to. */
export const summaryField = ({ name }: { readonly name: string }) =>
  `  "What all these records come to, whatever the page: in groups, or together."\n  summary(groupBy: [${name}SummaryGroupBy!], having: ${name}SummaryHaving, orderBy: [${name}SummaryOrderBy!], first: Int): ${name}Summary!`;

/**
 * Types that name fields along to-one relationships and into values with parts, one of each kind for each owner. What
 * has no field of its kind has no such type.
 */
const kinds = {
  SummaryGroupBy: { input: true, leaf: ({ type }) => (isWholeKey(type) ? "SummaryGrouping" : null) },
  SummaryKey: { input: false, leaf: (field) => (isWholeKey(field.type) ? field.shownAs : null) },
  SummaryCounts: { input: false, leaf: ({ type }) => (isGroupable(type.kind) ? "Int!" : null) },
  SummaryNumbers: { input: false, leaf: ({ type }) => numberType(type) },
  SummaryExtremes: { input: false, leaf: (field) => (measureType("min", field.type) ? field.shownAs : null) },
  SummaryNumbersHaving: { input: true, leaf: ({ type }) => comparisonOf(numberType(type)) },
} as const satisfies Readonly<Record<string, { input: boolean; leaf: (field: OwnField) => string | null }>>;

type Kind = keyof typeof kinds;

/** Money is grouped by in parts, since sums of it need groups of one currency. */
const isWholeKey = ({ kind }: AttributeType) => isGroupable(kind) && kind !== "money";

interface OwnField {
  readonly name: string;
  readonly type: AttributeType;
  /** Its type in answers. */
  readonly shownAs: string;
}

/** A resource, a value object, or a value that always has the same parts. */
interface Owner {
  readonly name: string;
  readonly fields: readonly OwnField[];
  /** What a field leads into: related records and parts of values. */
  readonly within: readonly { readonly name: string; readonly owner: string }[];
  /** Absent means all. */
  readonly only?: readonly Kind[];
}

/** What measures are compared in, and what their operands are given as. */
const compared: Readonly<Record<string, string>> = {
  Int: "Int",
  Decimal: "Decimal",
  Duration: "Duration",
  Money: "MoneyInput",
};

/** Sums and averages have all their digits, so that integers come as decimals too. */
function numberType(type: AttributeType): string | null {
  if (measureType("sum", type) === null) return null;
  if (type.kind === "money") return "Money";
  return type.kind === "duration" ? "Duration" : "Decimal";
}

const comparisonOf = (type: string | null) => (type === null ? null : `${type}Comparison`);

/** What one resource's summaries are made of. */
function summaryOf(name: string, present: ReadonlySet<string>): string[] {
  const numbers = present.has(`${name}SummaryNumbers`);
  const extremes = present.has(`${name}SummaryExtremes`);
  const each = (words: readonly string[], type: string) => words.map((word) => `  ${word}: ${type}`);
  const definition = (word: string, type: string, fields: readonly string[]) =>
    `${word} ${name}${type} {\n${fields.join("\n")}\n}`;
  const sums = numbers ? ["sum", "avg"] : [];
  const bounds = extremes ? ["min", "max"] : [];
  return [
    definition("type", "Summary", [
      `  groups: [${name}SummaryGroup!]!`,
      '  "There are more groups than these."',
      "  truncated: Boolean!",
    ]),
    definition("type", "SummaryGroup", [
      '  "What the records of the group have in common: what groupBy names."',
      `  key: ${name}SummaryKey!`,
      "  count: Int!",
      `  countDistinct: ${name}SummaryCounts!`,
      ...each(sums, `${name}SummaryNumbers!`),
      ...each(bounds, `${name}SummaryExtremes!`),
    ]),
    definition("input", "SummaryHaving", [
      "  count: IntComparison",
      ...each(sums, `${name}SummaryNumbersHaving`),
      ...each(bounds, `${name}Filter`),
    ]),
    definition("input", "SummaryOrderBy", [
      `  key: ${name}OrderBy`,
      "  count: SortDirection",
      ...each(["countDistinct", ...sums, ...bounds], `${name}OrderBy`),
    ]),
  ];
}

function comparisonSdl(type: string): string {
  const fields = measureOperators.map((operator) => `  ${operator}: ${compared[type] ?? type}`);
  return `input ${type}Comparison {\n${fields.join("\n")}\n}`;
}

const groupingSdl =
  '"How records are grouped by a field: by its value, or for dates and moments by the span of time that it is in (UTC, weeks from Monday)."\nenum SummaryGrouping {\n  VALUE\n  YEAR\n  QUARTER\n  MONTH\n  WEEK\n  DAY\n  HOUR\n}';

/** The types of all summaries of an app; of resources that cannot be read there are none. */
export function summarySdl(model: Model): string[] {
  const owners = new Map(ownersIn(model).map((owner) => [owner.name, owner]));
  const present = presentTypes(owners);
  const texts = [...owners.values()].flatMap((owner) =>
    kindNames.flatMap((kind) => {
      const members = membersOf(owner, kind, present);
      if (members.length === 0) return [];
      const word = kinds[kind].input ? "input" : "type";
      return [`${word} ${owner.name}${kind} {\n${members.map((member) => `  ${member}`).join("\n")}\n}`];
    }),
  );
  const resources = model.resources.flatMap(({ name }) => summaryOf(name, present));
  const all = [...texts, ...resources];
  const used = Object.keys(compared).filter(
    (type) => type === "Int" || all.some((text) => text.includes(`: ${type}Comparison`)),
  );
  return [groupingSdl, ...used.map(comparisonSdl), ...all];
}

const kindNames = Object.keys(kinds) as readonly Kind[];

function membersOf({ fields, within, only = kindNames }: Owner, kind: Kind, present: ReadonlySet<string>): string[] {
  if (!only.includes(kind)) return [];
  const leaves = new Map<string, string>();
  for (const field of fields) {
    const type = kinds[kind].leaf(field);
    if (type !== null) leaves.set(field.name, type);
  }
  for (const { name, owner } of within) {
    if (!leaves.has(name) && present.has(`${owner}${kind}`)) leaves.set(name, `${owner}${kind}`);
  }
  return [...leaves].map(([name, type]) => `${name}: ${type}`);
}

/** Types that have a field in the end, found by following owners until nothing is added. */
function presentTypes(owners: ReadonlyMap<string, Owner>): ReadonlySet<string> {
  const present = new Set<string>();
  for (let before = -1; before < present.size; ) {
    before = present.size;
    for (const owner of owners.values()) {
      for (const kind of kindNames) {
        if (membersOf(owner, kind, present).length > 0) present.add(`${owner.name}${kind}`);
      }
    }
  }
  return present;
}

function ownersIn(model: Model): readonly Owner[] {
  const resources = model.resources.map((resource) => resourceOwner(model, resource));
  const values = (model.valueObjects ?? []).map((valueObject) => ({
    name: valueObject.name,
    ...ownParts(valueObject, valueObject.attributes),
  }));
  const owners = [...resources, ...values];
  const uses = (owner: string) => owners.some(({ within }) => within.some((each) => each.owner === owner));
  return [...owners, ...[money, storedFile].filter(({ name }) => uses(name))];
}

function resourceOwner(model: Model, resource: Resource): Owner {
  const { name, key, relationships } = resource;
  const own = ownParts(resource, [...storedAttributes(resource), ...computedAttributes(model, resource)]);
  const references = relationships.flatMap((relationship): OwnField[] => {
    const target = model.resources.find((each) => each.name === relationship.target);
    if (relationship.kind !== "belongsTo" || !target) return [];
    return [{ name: foreignKeyField(relationship), type: keyType(target.key.type), shownAs: "ID" }];
  });
  const related = relationships.filter(isToOne).map((each) => ({ name: each.name, owner: each.target }));
  const id = { name: "id", type: keyType(key.type), shownAs: "ID" };
  return { name, fields: [id, ...own.fields, ...references], within: [...own.within, ...related] };
}

/** Keys tell records apart, whatever they are made of: there are no sums of them and no greatest one. */
const keyType = (_: AttributeType): AttributeType => ({ kind: "uuid" });

function ownParts(
  owner: { readonly name: string },
  attributes: readonly Pick<Attribute, "name" | "type">[],
): Omit<Owner, "name"> {
  const fields = attributes.map(({ name, type }) => ({ name, type, shownAs: outputType(owner, { name, type }) }));
  const within = attributes.flatMap(({ name, type }) => {
    const inner = ownerOf(type);
    return inner === null ? [] : [{ name, owner: inner }];
  });
  return { fields, within };
}

function ownerOf(type: AttributeType): string | null {
  switch (type.kind) {
    case "embed":
      return type.many ? null : type.valueObject;
    case "file":
      return storedFile.name;
    case "money":
      return money.name;
    default:
      return null;
  }
}

const money: Owner = {
  name: "Money",
  fields: [
    { name: "amount", type: { kind: "decimal" }, shownAs: "Decimal" },
    { name: "currency", type: { kind: "text" }, shownAs: "String" },
  ],
  within: [],
  only: ["SummaryGroupBy", "SummaryKey"],
};

const storedFile: Owner = {
  name: "StoredFile",
  fields: [
    { name: "name", type: { kind: "text" }, shownAs: "String" },
    { name: "size", type: { kind: "integer" }, shownAs: "Int" },
    { name: "mediaType", type: { kind: "text" }, shownAs: "String" },
  ],
  within: [],
};
