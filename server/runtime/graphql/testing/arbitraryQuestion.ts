import * as fc from "fast-check";
import { companyId, dealId } from "./salesApp.ts";

/** A question about the deals that REST and GraphQL can both ask. */
export interface Question {
  readonly all: readonly Leaf[];
  readonly any: readonly (readonly Leaf[])[];
  readonly none: readonly Leaf[];
  readonly order: readonly { readonly path: string; readonly descending: boolean }[];
  readonly size: number;
  readonly backward: boolean;
}

export interface Leaf {
  readonly path: string;
  readonly operator: string;
  /** As REST writes them. */
  readonly operands: readonly string[];
}

const equality = ["eq", "ne", "in", "notIn", "isNull"];
const ordered = [...equality, "lt", "lte", "gt", "gte"];
const textual = [...ordered, ...["contains", "startsWith", "endsWith", "ieq", "icontains", "istartsWith", "iendsWith"]];

const days = ["2026-01-01", "2026-02-01", "2025-12-31", "2026-02-30"];
const moments = ["2026-01-03T08:00:00Z", "2026-01-05T09:00:00.123456+01:00", "2026-01-05T08:00:00.123457Z", "now"];
const texts = ["Alpha", "alphabet", "a", "A", "%", "_", "it's 100%", "größe", "🐘", "", "B,C", "\\"];
const keys = ["hot", "vip", "none"];

/** Paths with their operators and some values, a few of which are none. */
const fields: readonly (readonly [path: string, operators: readonly string[], values: readonly string[]])[] = [
  ["title", textual, texts],
  ["stage", equality, ["lead", "won", "lost", "gone"]],
  ["amount", ordered, ["250", "250.00", "0.01", "100.5", "99999.99", "-1", "much"]],
  ["quantity", ordered, ["1", "4", "-6", "2147483647", "1.5"]],
  ["points", ordered, ["9007199254740993", "9223372036854775807", "0", "9223372036854775808"]],
  ["ratio", ordered, ["0.1", "1.5", "12345678901234567890.123456789", "0"]],
  ["hot", ["eq", "ne", "isNull"], ["true", "false"]],
  ["closedOn", ordered, days],
  ["createdAt", ordered, moments],
  ["id", ordered, [dealId(1), dealId(4), "x"]],
  ["companyId", ordered, [companyId(1), companyId(3)]],
  ["ownerId", ordered, ["1", "2", "99999999999"]],
  ["extra", ["isNull"], []],
  ["company.name", textual, ["Acme", "Bolt", "o"]],
  ["company.size", equality, ["large", "small"]],
  ["company.parent.city", textual, ["Berlin", "BER"]],
  ["owner.boss.name", textual, ["Ann", "A"]],
  // IDs of GraphQL have the operators of a UUID, whatever the key is.
  ["tags.id", ordered, keys],
  ["tags.colour", textual, ["red", "E"]],
  ["company.deals.stage", equality, ["won", "lost"]],
  ["tags.deals.company.name", textual, ["Acme", "C"]],
];

const leaf: fc.Arbitrary<Leaf> = fc.constantFrom(...fields).chain(([path, operators, values]) =>
  fc.constantFrom(...operators).chain((operator) => {
    const operands =
      operator === "isNull"
        ? fc.constantFrom(["true"], ["false"])
        : fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: operator.endsWith("n") ? 3 : 1 });
    return operands.map(
      (list): Leaf => ({ path, operator, operands: /^(in|notIn)$/.test(operator) ? list : list.slice(0, 1) }),
    );
  }),
);

const orderPaths = ["title", "amount", "quantity", "points", "hot", "createdAt", "stage", "id", "ownerId"];

export const arbitraryQuestion: fc.Arbitrary<Question> = fc.record({
  all: fc.array(leaf, { maxLength: 2 }),
  any: fc.array(fc.array(leaf, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
  none: fc.array(leaf, { maxLength: 1 }),
  order: fc.array(
    fc.record({ path: fc.constantFrom(...orderPaths, "company.name", "owner.boss.name"), descending: fc.boolean() }),
    { maxLength: 3 },
  ),
  size: fc.integer({ min: 1, max: 4 }),
  backward: fc.boolean(),
});

/** The question as the query of a URL; `cursor` goes on from an earlier answer. */
export function restQuery({ all, any, none, order, size }: Question, cursor: Cursor | null): string {
  const pairs = [
    ...all.map((each) => restFilter("", each)),
    ...any.flatMap((group, index) => group.map((each) => restFilter(`[or][${index}]`, each))),
    ...none.map((each) => restFilter("[not]", each)),
    ...(order.length > 0
      ? [`sort=${order.map(({ path, descending }) => (descending ? "-" : "") + path).join(",")}`]
      : []),
    `page[size]=${size}`,
    "count=exact",
    "include=company",
    ...(cursor ? [`page[${cursor.side}]=${cursor.text}`] : []),
  ];
  return pairs.join("&");
}

export interface Cursor {
  readonly side: "after" | "before";
  readonly text: string;
}

function restFilter(group: string, { path, operator, operands }: Leaf): string {
  const isList = operator === "in" || operator === "notIn";
  const texts = isList ? operands.map((text) => text.replace(/[\\,]/g, "\\$&")) : operands;
  return `filter${group}[${path}][${operator}]=${encodeURIComponent(texts.join(","))}`;
}

/** The question as variables of GraphQL. */
export function graphqlVariables({ all, any, none, order, size }: Question, cursor: Cursor | null): object {
  return {
    filter: {
      and: all.map(graphqlFilter),
      ...(any.length > 0 && { or: any.map((group) => ({ and: group.map(graphqlFilter) })) }),
      ...(none.length > 0 && { not: { and: none.map(graphqlFilter) } }),
    },
    order: order.map(({ path, descending }) => nest(path, descending ? "DESC" : "ASC")),
    [cursor?.side === "before" ? "last" : "first"]: size,
    ...(cursor && { [cursor.side]: cursor.text }),
  };
}

function graphqlFilter({ path, operator, operands }: Leaf): object {
  const values = operands.map((text) => graphqlValue(path, operator, text));
  return nest(path, { [operator]: operator === "in" || operator === "notIn" ? values : values[0] });
}

function graphqlValue(path: string, operator: string, text: string): unknown {
  if (operator === "isNull" || path === "hot") return text === "true";
  return path === "quantity" ? Number(text) : text;
}

function nest(path: string, value: unknown): object {
  return path.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;
}
