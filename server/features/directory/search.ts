import { mostResults } from "./describe.ts";
import type { Filter } from "./filter/Filter.ts";
import { matches, sortKey } from "./filter/matches.ts";
import { parseFilter, parsePath } from "./filter/parseFilter.ts";
import { ScimError } from "./ScimError.ts";
import type { ResourceType } from "./schemas/resourceTypes.ts";
import { isObject, type Json } from "./schemas/ScimSchema.ts";

/** What a client asks of a list, as its query or the body of a search says. */
export interface Search {
  readonly filter: Filter | null;
  readonly sortBy: string | null;
  readonly descending: boolean;
  /** Of the first result, from 1. */
  readonly startIndex: number;
  readonly count: number;
  /** Only these are answered, besides what always is; null: all. */
  readonly attributes: readonly string[] | null;
  readonly excludedAttributes: readonly string[];
}

export function readSearch(asked: Readonly<Record<string, unknown>>): Search {
  const text = (name: string) => {
    const value = asked[name];
    return value === undefined || value === null || value === "" ? null : String(value);
  };
  const list = (name: string) => {
    const value = asked[name];
    const parts = Array.isArray(value) ? value.map(String) : (text(name)?.split(",") ?? []);
    return parts.map((part) => part.trim()).filter((part) => part !== "");
  };
  const filter = text("filter");
  const attributes = list("attributes");
  return {
    filter: filter === null ? null : parseFilter(filter),
    sortBy: text("sortBy"),
    descending: text("sortOrder")?.toLowerCase() === "descending",
    startIndex: Math.max(1, wholeNumber(text("startIndex"), 1)),
    count: Math.min(mostResults, Math.max(0, wholeNumber(text("count"), 100))),
    attributes: attributes.length > 0 ? attributes : null,
    excludedAttributes: list("excludedAttributes"),
  };
}

/** A filter that asks for one value of one attribute, which an index answers; null for any other. */
export function soleEquality(filter: Filter | null): { readonly name: string; readonly value: string } | null {
  if (filter?.kind !== "compare" || filter.operator !== "eq" || typeof filter.value !== "string") return null;
  return filter.path.sub === null && filter.path.urn === null
    ? { name: filter.path.name.toLowerCase(), value: filter.value }
    : null;
}

/** Those that fit, in the order that was asked for. */
export function chosen(type: ResourceType, { filter, sortBy, descending }: Search, resources: readonly Json[]): Json[] {
  const fitting = filter ? resources.filter((resource) => matches(type, filter, resource)) : [...resources];
  if (sortBy === null) return fitting;
  const { path } = parsePath(sortBy);
  const keyed = fitting.map((resource) => ({ resource, key: sortKey(type, resource, path) }));
  // What has no value comes last, or first where the order is turned round.
  keyed.sort((one, other) => {
    if ((one.key === "") !== (other.key === "")) return one.key === "" ? 1 : -1;
    return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
  });
  if (descending) keyed.reverse();
  return keyed.map(({ resource }) => resource);
}

export function listResponse(total: number, startIndex: number, resources: readonly Json[]): Json {
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

/** The resource with the attributes that were asked for; `id`, `schemas` and `meta` stay. */
export function projected(
  { attributes, excludedAttributes }: Pick<Search, "attributes" | "excludedAttributes">,
  resource: Json,
): Json {
  const always = new Set(["id", "schemas", "meta"]);
  if (attributes) {
    const wanted = attributes.map(plainName);
    const parts = Object.entries(resource).flatMap(([name, value]): [string, unknown][] => {
      const key = name.toLowerCase();
      if (always.has(key) || wanted.includes(key)) return [[name, value]];
      const subs = wanted.flatMap((one) =>
        one.startsWith(`${key}.`) || one.startsWith(`${key}:`) ? [one.slice(key.length + 1)] : [],
      );
      return subs.length > 0 ? [[name, only(value, subs)]] : [];
    });
    return Object.fromEntries(parts);
  }
  const unwanted = new Set(excludedAttributes.map(plainName));
  return Object.fromEntries(
    Object.entries(resource).filter(([name]) => always.has(name) || !unwanted.has(name.toLowerCase())),
  );
}

/** Without the URN of the core schemas, in lower case. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/, "");
}

function only(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => only(one, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name.toLowerCase())));
}

function wholeNumber(text: string | null, otherwise: number): number {
  if (text === null) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new ScimError(400, "startIndex and count must be whole numbers.", "invalidValue");
  return value;
}
