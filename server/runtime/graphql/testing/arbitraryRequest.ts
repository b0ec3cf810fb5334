import * as fc from "fast-check";
import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLNullableInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { companyId, dealId } from "./salesApp.ts";

type Draw = fc.GeneratorValue;

/** The body of a request, and whether it should be one that can be run. */
export interface DrawnRequest {
  readonly body: string;
  readonly isBroken: boolean;
}

const texts = ["Alpha", "a", "", "%", "'; drop table deals; --", "\\", "\u0000", "🐘", "\ud800", "x".repeat(300)];
const numbers = ["0", "1", "-1", "2", "2147483648", "9223372036854775808", "1.5", "1e3", "1e999", "-0", "0.000000001"];
const moments = ["2026-01-01", "2026-01-01T00:00:00Z", "0000-00-00", "294277-01-01T00:00:00Z", "-4714-01-01", "now"];
const json = ["null", "{}", "[]", '{a: [1, "x", {b: null}]}', "12345678901234567890", "word", '"\u0000"'];
const keys = [
  `Deal:${dealId(1)}`,
  "Tag:hot",
  "Person:x",
  dealId(1),
  companyId(2),
  "1",
  "hot",
  "99999999999999999999",
  "x",
];

/** Requests that fit the schema, and such that somebody cut, doubled or mixed up. */
export function arbitraryRequest(schema: GraphQLSchema): fc.Arbitrary<DrawnRequest> {
  return fc.gen().map((draw): DrawnRequest => {
    const isMutation = chance(draw, 4);
    const root = isMutation ? schema.getMutationType() : schema.getQueryType();
    if (!root) throw new Error("The schema has no such root.");
    const variables = new Map<string, DrawnVariable>();
    const set = selection({ draw, variables, schema }, root, 3);
    const declared = [...variables].map(([name, { type }]) => `$${name}: ${type}`).join(", ");
    const query = `${isMutation ? "mutation" : "query"} Q${declared && `(${declared})`} ${set}`;
    const given = [...variables].map(([name, { value }]) => `${JSON.stringify(name)}:${value}`).join(",");
    const isBroken = chance(draw, 2);
    const text = isBroken ? mangle(draw, query) : query;
    const body = `{"query":${JSON.stringify(text)},"variables":{${given}}}`;
    return { body: isBroken && chance(draw, 8) ? mangle(draw, body) : body, isBroken };
  });
}

interface DrawnVariable {
  readonly type: string;
  /** As JSON. */
  readonly value: string;
}

interface Drawing {
  readonly draw: Draw;
  readonly schema: GraphQLSchema;
  readonly variables: Map<string, DrawnVariable>;
}

function selection(drawing: Drawing, type: GraphQLObjectType, depth: number): string {
  const { draw } = drawing;
  const all = type.getFields();
  // Names are drawn, since what is drawn gets compared, and fields lead to all of the schema.
  const names = draw(fc.shuffledSubarray, Object.keys(all), { minLength: 1 }).slice(0, 3);
  const fields = names.flatMap((name) => all[name] ?? []);
  const drawn = fields.map((field, index) => {
    const named = getNamedType(field.type);
    const args = field.args.flatMap((argument) => {
      // Cursors are made up here, and few lists are so small that they can hold all of another.
      const times = { after: 20, before: 20, last: 6, first: 2 }[argument.name] ?? 3;
      const isLeftOut = !isNonNullType(argument.type) && !chance(draw, times);
      return isLeftOut ? [] : [`${argument.name}: ${literal(drawing, argument.type, 3)}`];
    });
    const alias = chance(draw, 5) ? `${draw(oneOf, ["a", "__proto__", "constructor", "id"])}${index}: ` : "";
    const directive = chance(draw, 12) ? ` @${draw(oneOf, ["skip", "include"])}(if: ${chance(draw, 2)})` : "";
    const inner = innerSelection(drawing, named, depth);
    const text = `${alias}${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${directive}${inner}`;
    return chance(draw, 15) ? `... on ${type.name} { ${text} }` : text;
  });
  return `{ ${[...drawn, ...(chance(draw, 6) ? ["__typename"] : [])].join(" ")} }`;
}

function innerSelection(drawing: Drawing, type: GraphQLNamedType, depth: number): string {
  if (isInterfaceType(type)) {
    const possible = drawing.schema.getPossibleTypes(type);
    const index = drawing.draw(fc.nat, { max: possible.length - 1 });
    const of = possible[index];
    if (!of) throw new Error("The interface has no types.");
    return ` { globalId ... on ${of.name} ${selection(drawing, of, Math.max(0, depth - 1))} }`;
  }
  if (!isObjectType(type)) return "";
  return ` ${depth > 0 ? selection(drawing, type, depth - 1) : "{ __typename }"}`;
}

function literal(drawing: Drawing, type: GraphQLInputType, depth: number): string {
  const { draw } = drawing;
  if (chance(draw, 40)) return variable(drawing, String(type));
  if (isNonNullType(type)) return nonNull(drawing, type.ofType, depth);
  return chance(draw, 40) ? "null" : nonNull(drawing, type, depth);
}

function variable({ draw, variables }: Drawing, type: string): string {
  const name = `v${variables.size}`;
  const fitting = values[type.replaceAll(/[[\]!]/g, "")] ?? ["{}"];
  variables.set(name, { type, value: draw(oneOf, [...fitting, ...fitting, "null", "true", "[1]", "1e400"]) });
  return `$${name}`;
}

const values: Readonly<Record<string, readonly string[]>> = {
  Int: ["1", "2", "2.0", "2147483648"],
  Boolean: ["true", "false"],
  String: ['"Alpha"', '"\\u0000"', '"\\ud800"'],
  ID: ['"1"', "1", "9007199254740993", `"${dealId(1)}"`],
  BigInt: ["9007199254740993", '"1"', "1e3"],
  Decimal: ["1.50", "12345678901234567890.5", '"0.1"', "1e-9"],
  JSON: ["{}", "[1,null]", '{"a":{"b":1e3}}'],
  DealFilter: ['{"title":{"eq":"a"}}', '{"or":[{"amount":{"gt":1.5}},{}]}'],
};

function nonNull(drawing: Drawing, type: GraphQLNullableInputType, depth: number): string {
  const { draw } = drawing;
  if (isListType(type)) {
    const { ofType } = type;
    const length = draw(fc.nat, { max: depth > 0 ? 2 : 0 });
    return `[${Array.from({ length }, () => literal(drawing, ofType, depth - 1)).join(", ")}]`;
  }
  if (isInputObjectType(type)) {
    const all = type.getFields();
    const must = Object.values(all).filter((field) => isNonNullType(field.type));
    const more =
      depth > 0 ? draw(fc.shuffledSubarray, Object.keys(all)).slice(0, type.name.endsWith("OrderBy") ? 1 : 2) : [];
    const chosen = new Set([...must, ...more.flatMap((name) => all[name] ?? [])]);
    return `{ ${[...chosen].map((field) => `${field.name}: ${literal(drawing, field.type, depth - 1)}`).join(", ")} }`;
  }
  if (isEnumType(type))
    return draw(
      oneOf,
      type.getValues().map(({ name }) => name),
    );
  const text = (values: readonly string[]) => JSON.stringify(draw(oneOf, values).toWellFormed());
  switch (type.name) {
    case "Int":
      return draw(oneOf, ["1", "2", "2", "3", "4", draw(oneOf, ["0", "-1", "1000", "2147483647"])]);
    case "Boolean":
      return String(chance(draw, 2));
    case "ID":
      return text(keys);
    case "BigInt":
    case "Decimal":
      return draw(oneOf, [...numbers.filter((number) => number !== "1e999"), '"12.50"', '"much"']);
    case "Date":
    case "DateTime":
      return text(moments);
    case "UUID":
      return text([dealId(1), "x"]);
    case "JSON":
      return draw(oneOf, json).replace("\u0000", "\\u0000");
    default:
      return text(texts);
  }
}

const scraps = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  '"',
  '"""',
  "...",
  "$",
  "@",
  ":",
  "!",
  "fragment F on Deal",
  "null",
  "#",
  "\\u0000",
];

/** One to three careless edits. */
function mangle(draw: Draw, text: string): string {
  let mangled = text;
  for (let edits = 1 + draw(fc.nat, { max: 2 }); edits > 0; edits--) {
    const at = draw(fc.nat, { max: mangled.length });
    const end = at + draw(fc.nat, { max: 12 });
    const piece = draw(oneOf, ["", "", mangled.slice(at, end).repeat(2), ...scraps, ...texts.slice(4)]);
    mangled = mangled.slice(0, at) + piece + mangled.slice(end);
  }
  return mangled;
}

function oneOf<Value>(values: readonly Value[]): fc.Arbitrary<Value> {
  return fc.constantFrom(...values);
}

/** True once in `times`. */
function chance(draw: Draw, times: number): boolean {
  return draw(fc.nat, { max: times - 1 }) === 0;
}
