import { isDeepStrictEqual } from "node:util";
import type { JsonSchema } from "../../codegen/openapi/JsonSchema.ts";
import {
  type Content,
  methods,
  type Operation,
  type Parameter,
  type Reference,
} from "../../codegen/openapi/Operation.ts";
import type { OpenApiDocument } from "../../codegen/openapi/openApiDocument.ts";

/**
 * Where a later document refuses requests that an earlier one allows, by comparing their schemas: an empty list means
 * that each request that fits the earlier one fits the later one too.
 */
export function documentNarrowings(before: OpenApiDocument, after: OpenApiDocument): readonly string[] {
  return new Comparison(before, after).run();
}

class Comparison {
  readonly #before: OpenApiDocument;
  readonly #after: OpenApiDocument;
  readonly #found: string[] = [];
  /** Pairs of schemas that are being compared, or were: they may hold themselves. */
  readonly #seen = new Set<string>();

  constructor(before: OpenApiDocument, after: OpenApiDocument) {
    this.#before = before;
    this.#after = after;
  }

  run(): readonly string[] {
    for (const [path, item] of Object.entries(this.#before.paths)) {
      for (const method of methods) {
        const [old, now] = [item[method], this.#after.paths[path]?.[method]];
        const place = `${method} ${path}`;
        if (!old) continue;
        if (now) {
          const shared = this.#after.paths[path]?.parameters ?? [];
          this.#parameters(
            place,
            [...(item.parameters ?? []), ...(old.parameters ?? [])],
            [...shared, ...(now.parameters ?? [])],
          );
          this.#body(place, old, now);
        } else this.#found.push(`${place} is gone`);
      }
    }
    return this.#found;
  }

  #parameters(
    place: string,
    before: readonly (Parameter | Reference)[],
    after: readonly (Parameter | Reference)[],
  ): void {
    const key = (parameter: Parameter) => `${parameter.in} ${parameter.name}`;
    const now = new Map(after.map((one) => parameterOf(this.#after, one)).map((one) => [key(one), one]));
    const old = new Map(before.map((one) => parameterOf(this.#before, one)).map((one) => [key(one), one]));
    for (const [name, parameter] of old) {
      const other = now.get(name);
      if (other) this.#schema(`${place} ${name}`, parameter.schema, other.schema);
      else this.#found.push(`${place} ${name} is gone`);
    }
    for (const [name, parameter] of now) {
      if (parameter.required && !old.get(name)?.required) this.#found.push(`${place} ${name} is needed`);
    }
  }

  #body(place: string, { requestBody: before }: Operation, { requestBody: after }: Operation): void {
    if (after?.required && !before?.required) this.#found.push(`${place} needs a body`);
    if (!before) return;
    const content: Content = after?.content ?? {};
    for (const [type, { schema }] of Object.entries(before.content)) {
      const other = content[type];
      if (other) this.#schema(`${place} ${type}`, schema, other.schema);
      else this.#found.push(`${place} takes no ${type}`);
    }
  }

  #schema(place: string, before: JsonSchema, after: JsonSchema): void {
    const pair = `${before.$ref ?? JSON.stringify(before)} ${after.$ref ?? JSON.stringify(after)}`;
    if (this.#seen.has(pair)) return;
    this.#seen.add(pair);
    const [old, now] = [schemaOf(this.#before, before), schemaOf(this.#after, after)];
    this.#values(place, old, now);
    this.#members(place, old, now);
    if (now.items) this.#schema(`${place}[]`, old.items ?? {}, now.items);
    this.#branches(place, old, now);
  }

  #values(place: string, old: JsonSchema, now: JsonSchema): void {
    const refuse = (what: string) => this.#found.push(`${place}: ${what}`);
    const types = (schema: JsonSchema) => (schema.type === undefined ? null : [schema.type].flat());
    const [was, is] = [types(old), types(now)];
    const fits = (type: string) => is?.includes(type) || (type === "integer" && is?.includes("number"));
    if (is && !was?.every(fits)) refuse(`type ${was} to ${is}`);
    if (now.enum && !old.enum?.every((value) => now.enum?.includes(value))) refuse("enum");
    if (now.const !== undefined && now.const !== old.const) refuse("const");
    if (now.format !== undefined && now.format !== old.format) refuse("format");
    if (now.pattern !== undefined && !patternFits(old, now)) refuse(`pattern ${old.pattern} to ${now.pattern}`);
    for (const least of ["minimum", "minLength", "minItems", "minProperties"] as const) {
      const bound = now[least];
      if (bound !== undefined && bound > (old[least] ?? Number.NEGATIVE_INFINITY) && bound > 0) refuse(least);
    }
    for (const most of ["maximum", "maxLength", "maxItems"] as const) {
      const bound = now[most];
      if (bound !== undefined && bound < (old[most] ?? Number.POSITIVE_INFINITY)) refuse(most);
    }
  }

  #members(place: string, old: JsonSchema, now: JsonSchema): void {
    for (const name of now.required ?? []) {
      if (!old.required?.includes(name)) this.#found.push(`${place}: ${name} is needed`);
    }
    for (const [name, schema] of Object.entries(old.properties ?? {})) {
      const other = now.properties?.[name];
      if (other) this.#schema(`${place}.${name}`, schema, other);
      else if (now.additionalProperties === false && !isPattern(now, name))
        this.#found.push(`${place}.${name} is gone`);
    }
    const open = (schema: JsonSchema) => schema.additionalProperties !== false;
    if (open(old) && !open(now)) this.#found.push(`${place} takes no other members`);
    if (typeof old.additionalProperties === "object" && typeof now.additionalProperties === "object") {
      this.#schema(`${place}.*`, old.additionalProperties, now.additionalProperties);
    }
  }

  #branches(place: string, old: JsonSchema, now: JsonSchema): void {
    for (const key of ["anyOf", "oneOf"] as const) {
      const [was, is] = [old[key], now[key]];
      if (!is) continue;
      // Of what has members besides, its branches are compared; else the whole is one of them, such as what is null now.
      const all = (was ?? [old]).every((one) => this.#isOneOf(one, is));
      if (!all) this.#found.push(`${place}: ${key}`);
    }
    const had = (one: JsonSchema) => old.allOf?.some((other) => isDeepStrictEqual(one, other)) ?? false;
    // What asks for members, or for not having several, is met where the earlier schema has them always or never.
    const lacks = (one: JsonSchema) =>
      old.additionalProperties === false &&
      (one.required?.some((name) => !Object.hasOwn(old.properties ?? {}, name)) ?? false);
    const has = (one: JsonSchema) => one.required?.every((name) => old.required?.includes(name)) ?? false;
    const isMet = ({ not, oneOf }: JsonSchema) =>
      (not !== undefined && lacks(not)) ||
      (oneOf !== undefined && oneOf.filter(has).length === 1 && oneOf.every((one) => has(one) || lacks(one)));
    if (now.allOf && !now.allOf.every((one) => had(one) || isMet(one))) this.#found.push(`${place}: allOf`);
    if (now.not && !isDeepStrictEqual(now.not, old.not)) this.#found.push(`${place}: not`);
  }

  #isOneOf(old: JsonSchema, branches: readonly JsonSchema[]): boolean {
    return branches.some((branch) => {
      const trial = new Comparison(this.#before, this.#after);
      for (const pair of this.#seen) trial.#seen.add(pair);
      trial.#schema("", old, branch);
      return trial.#found.length === 0;
    });
  }
}

function parameterOf({ components }: OpenApiDocument, parameter: Parameter | Reference): Parameter {
  if (!("$ref" in parameter)) return parameter;
  const found = components.parameters[nameIn(parameter.$ref)];
  if (!found) throw new Error(`${parameter.$ref} leads nowhere`);
  return found;
}

function schemaOf({ components }: OpenApiDocument, schema: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const found = components.schemas[nameIn(schema.$ref)];
  if (!found) throw new Error(`${schema.$ref} leads nowhere`);
  return found;
}

const nameIn = (reference: string) =>
  reference
    .slice(reference.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");

const isPattern = ({ patternProperties = {} }: JsonSchema, name: string) =>
  Object.keys(patternProperties).some((pattern) => new RegExp(pattern).test(name));

/** Patterns of decimals are tried with decimals of every size; of others only equal ones are known to fit. */
function patternFits(old: JsonSchema, now: JsonSchema): boolean {
  if (old.pattern === now.pattern) return true;
  if (old.pattern === undefined || now.pattern === undefined) return false;
  if (now.format !== "decimal") return isLongerChoice(old.pattern, now.pattern);
  const [was, is] = [new RegExp(old.pattern), new RegExp(now.pattern)];
  return decimals.filter((text) => was.test(text)).every((text) => is.test(text));
}

/** `^(tags)\\(…` and `^(tags|notes)\\(…`: the names of relationships, and what may follow any of them. */
function isLongerChoice(old: string, now: string): boolean {
  const [was, is] = [old, now].map((pattern) => /^\^\(([\w|]+)\)(.*)$/.exec(pattern));
  const names = is?.[1]?.split("|") ?? [];
  return was?.[2] === is?.[2] && (was?.[1]?.split("|").every((name) => names.includes(name)) ?? false);
}

const decimals = Array.from({ length: 40 }, (_, whole) =>
  Array.from(
    { length: 40 },
    (__, scale) => "0".padStart(whole + 1, "1") + (scale === 0 ? "" : `.${"1".repeat(scale)}`),
  ),
).flat();
