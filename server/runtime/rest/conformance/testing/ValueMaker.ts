import type { JsonSchema } from "#lib/codegen/openapi/JsonSchema.ts";
import type { PatternNode } from "#lib/expression/pattern/PatternNode.ts";
import { parsePattern } from "#lib/expression/pattern/parsePattern.ts";
import { spelledOut } from "#lib/expression/pattern/patternProblem.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { Random } from "#tests/support/Random.ts";
import type { Api } from "./Api.ts";
import type { Keys } from "./Keys.ts";

/** There is no value: the schema asks for the key of a record, and none is known. */
export class NoValue extends Error {}

const words = [
  "alpha",
  "Beta",
  "größe",
  "it's",
  '"quoted"',
  "a,b",
  "50%",
  "_",
  "🐘 trunk",
  "line\nbreak",
  "tab\there",
  "<b>",
  "\\",
];
const times = ["00:00:00", "09:30:00", "12:00:00.5", "23:59:59.999999", "17:15:30"];
const durations = ["PT0S", "PT1H", "PT36H30M", "PT30M", "PT45.5S", "PT2H15M30S"];
const currencies = ["EUR", "USD", "GBP"];
const anyJson: readonly JsonValue[] = [{ a: [1, null] }, [], "text", 5, true, { "": { nested: "🐘" } }, 12345678901];

/** Draws values that fit schemas. */
export class ValueMaker {
  readonly #random: Random;
  readonly #api: Api;
  readonly #keys: Keys;
  #count = 0;

  constructor({ random, api, keys }: { readonly random: Random; readonly api: Api; readonly keys: Keys }) {
    this.#random = random;
    this.#api = api;
    this.#keys = keys;
  }

  value(given: JsonSchema, depth = 0): JsonValue {
    const random = this.#random;
    const schema = this.#api.schema(given);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return random.pick(schema.enum);
    const types = schema.type === undefined ? [] : [schema.type].flat();
    if (types.includes("null") && random.chance(12)) return null;
    const refersTo = schema["x-refers-to"];
    if (refersTo !== undefined && types.length > 0) return this.#key(refersTo, types.includes("null"));
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices && types[0] !== "object") return this.#chosen({ ...schema }, choices, depth);
    switch (types[0]) {
      case "object":
        return this.#object(schema, depth);
      case "array": {
        const { minItems = 0, maxItems = 1000, items = {} } = schema;
        const length = Math.min(minItems + random.below(3), maxItems);
        return Array.from({ length }, () => this.value(items, depth + 1));
      }
      case "boolean":
        return random.chance(50);
      case "integer":
        return this.#integer(schema);
      case "number":
        return random.below(2000) / 8 - 100;
      case "string":
        return this.#text(schema);
      case "null":
        return null;
      default:
        return random.pick(anyJson);
    }
  }

  #chosen(schema: JsonSchema, choices: readonly JsonSchema[], depth: number): JsonValue {
    // What lies behind paths and in groups, a schema does not list.
    const known = choices.filter(({ pattern, type }) => !pattern?.includes("\\w") && type !== "null");
    const { anyOf: _, oneOf: __, ...rest } = schema;
    return this.value({ ...rest, ...this.#random.pick(known) }, depth);
  }

  #key(resource: string, mayBeNull: boolean): JsonValue {
    const key = this.#keys.any(resource, this.#random);
    if (key !== null) return key;
    if (mayBeNull) return null;
    throw new NoValue(`No key of ${resource} is known.`);
  }

  #object({ properties = {}, required = [], allOf = [], minProperties = 0 }: JsonSchema, depth: number): JsonValue {
    const random = this.#random;
    const { must, never } = this.#choices(allOf, depth);
    const wanted = new Set([...required, ...must]);
    const members: Record<string, JsonValue> = {};
    for (const [name, schema] of Object.entries(properties)) {
      if (never.has(name)) continue;
      const isNested = schema.$ref?.endsWith("_nested") ?? schema.items?.$ref?.endsWith("_nested") ?? false;
      if (!wanted.has(name) && !random.chance(isNested ? 6 : depth > 2 ? 20 : 55)) continue;
      try {
        members[name] = this.value(schema, depth + 1);
      } catch (error) {
        if (!(error instanceof NoValue) || wanted.has(name)) throw error;
      }
    }
    if (Object.keys(members).length < minProperties) {
      const [name, schema] = random.pick(Object.entries(properties));
      members[name] = this.value(schema, depth + 1);
    }
    return members;
  }

  /** Of members that exclude each other, which are given and which are not: keys rather than new records. */
  #choices(allOf: readonly JsonSchema[], depth: number): { must: ReadonlySet<string>; never: ReadonlySet<string> } {
    const must = new Set<string>();
    const never = new Set<string>();
    for (const { oneOf, not } of allOf) {
      const names = (oneOf ?? []).flatMap(({ required = [] }) => required);
      const [key, whole] = oneOf ? names : (not?.required ?? []);
      if (key === undefined || whole === undefined) continue;
      const nests = depth === 0 && this.#random.chance(10);
      if (oneOf) must.add(nests ? whole : key);
      never.add(nests ? key : whole);
    }
    return { must, never };
  }

  #integer({ minimum, maximum, format }: JsonSchema): number {
    const low = minimum ?? (maximum === undefined ? -50 : maximum - 1000);
    const high = maximum ?? low + 1000;
    const value = low + this.#random.below(Math.min(high - low, 1_000_000) + 1);
    return format === "int32" && this.#random.chance(5) && minimum === undefined && maximum === undefined
      ? 2147483647
      : value;
  }

  #text(schema: JsonSchema): string {
    const { format, pattern, examples = [] } = schema;
    const bounds = [schema["x-minimum"], schema["x-maximum"]].flatMap((bound) => (bound === undefined ? [] : [bound]));
    this.#count += 1;
    switch (format) {
      case "uuid":
        return this.#uuid();
      case "email":
        return `someone.${this.#number()}@example.com`;
      case "uri":
        return `https://example.com/${this.#number()}`;
      case "currency":
        return this.#random.pick(currencies);
      case "money":
        return String(examples[0]);
      case "decimal":
        return this.#decimal(schema);
      case "int64":
        return bounds[0] ?? String(this.#random.pick([this.#number(), `-${this.#number()}`, "9223372036854775807"]));
      case "date":
        return bounds[0] ?? new Date(Date.UTC(2020, 0, this.#random.below(4000))).toISOString().slice(0, 10);
      case "date-time":
        return bounds[0] ?? new Date(Date.UTC(2020, 0, 1, 0, 0, this.#random.below(2 ** 27))).toISOString();
    }
    if (pattern?.startsWith("^([01]")) return bounds[0] ?? this.#random.pick(times);
    if (pattern?.includes("PT(?=")) return bounds[0] ?? this.#random.pick(durations);
    return pattern === undefined ? this.#words(schema) : this.#matching(pattern, schema);
  }

  #uuid(): string {
    const digits = Array.from({ length: 8 }, () => this.#random.below(65536).toString(16).padStart(4, "0")).join("");
    return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
  }

  /** A number of its own, whatever else is drawn. */
  #number(): string {
    return `${1 + this.#random.below(9)}${this.#random.below(1e9)}${this.#count}`.slice(0, 15);
  }

  #decimal({ pattern = "", "x-minimum": min, "x-maximum": max }: JsonSchema): string {
    const [, digits = "4"] = /\\d\{1,(\d+)\}\(|\\d\{1,(\d+)\}\$/.exec(pattern) ?? [];
    const scale = /\\\.\\d\{1,(\d+)\}/.exec(pattern)?.[1];
    const places = scale === undefined ? (pattern.includes("\\.") ? 2 : 0) : Math.min(Number(scale), 2);
    if (/^\^-\?0/.test(pattern)) return "0";
    const low = min === undefined ? 0 : Math.ceil(Number(min));
    const high = Math.min(
      max === undefined ? low + 900 : Math.floor(Number(max)),
      10 ** Math.min(Number(digits), 6) - 1,
    );
    if (high < low) return min ?? max ?? "0";
    const whole = low + this.#random.below(Math.max(high - low, 0) + 1);
    const isEnd = whole === high;
    return places === 0 || isEnd
      ? String(whole)
      : `${whole}.${String(this.#random.below(10 ** places)).padStart(places, "0")}`;
  }

  #words({ minLength = 0, maxLength = 80 }: JsonSchema): string {
    const text = `${this.#random.pick(words)} ${this.#number()}`;
    const points = [...text.padEnd(minLength, "x")];
    // What makes it differ stands at the end.
    return points.length > maxLength ? points.slice(-maxLength).join("") : points.join("");
  }

  #matching(pattern: string, { minLength = 0, maxLength = 200 }: JsonSchema): string {
    const inner = /^\^\(\?:([\s\S]*)\)\$$/.exec(pattern)?.[1] ?? pattern.replace(/^\^|\$$/g, "");
    const tree = parsePattern(spelledOut(inner));
    for (let attempt = 0; attempt < 200; attempt++) {
      const text = this.#sample(tree, 1 + attempt / 10);
      const { length } = [...text];
      if (length >= minLength && length <= maxLength) return text;
    }
    throw new NoValue(`Nothing was found that matches ${pattern}.`);
  }

  #sample(node: PatternNode, reach: number): string {
    const random = this.#random;
    switch (node.kind) {
      case "set": {
        const visible = node.points.filter(([from]) => from < 0x250 && from >= 0x20);
        const [from, to] = random.pick(visible.length > 0 ? visible : node.points);
        return String.fromCodePoint(from + random.below(Math.min(to - from + 1, 95)));
      }
      case "sequence":
        return node.parts.map((part) => this.#sample(part, reach)).join("");
      case "either":
        return this.#sample(random.pick(node.parts), reach);
      case "repeat": {
        const most = Math.min(node.max ?? 1000, node.min + Math.ceil(reach * 3));
        const times = node.min + random.below(most - node.min + 1);
        return Array.from({ length: times }, () => this.#sample(node.part, reach)).join("");
      }
    }
  }
}
