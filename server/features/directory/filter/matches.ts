import type { ResourceType } from "../schemas/resourceTypes.ts";
import { findAttribute, isObject, type Json, type ScimAttribute } from "../schemas/ScimSchema.ts";
import type { AttributePath, Comparison, Filter } from "./Filter.ts";

/** Whether a resource fits the filter. What it does not have fits `ne`, and nothing else. */
export function matches(type: ResourceType, filter: Filter, resource: Json): boolean {
  return fits(filter, (path) => valuesAt(type, resource, path));
}

/** Whether one value of a list, such as one of `emails`, fits the filter. */
export function valueMatches(attribute: ScimAttribute, filter: Filter, value: unknown): boolean {
  return fits(filter, ({ name }) => {
    const sub = findAttribute(attribute.subAttributes ?? [], name);
    const found = isObject(value)
      ? Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
      : undefined;
    return { attribute: sub, values: found === undefined ? [] : [found] };
  });
}

interface Found {
  readonly attribute: ScimAttribute | undefined;
  readonly values: readonly unknown[];
}

type Find = (path: AttributePath) => Found;

function fits(filter: Filter, find: Find): boolean {
  switch (filter.kind) {
    case "and":
      return fits(filter.left, find) && fits(filter.right, find);
    case "or":
      return fits(filter.left, find) || fits(filter.right, find);
    case "not":
      return !fits(filter.inner, find);
    case "present":
      return find(filter.path).values.some((value) => value !== "" && value !== null);
    case "some": {
      const { attribute, values } = find(filter.path);
      return attribute !== undefined && values.some((value) => valueMatches(attribute, filter.inner, value));
    }
    case "compare": {
      const { operator } = filter;
      const { attribute, values } = find(filter.path);
      const plain = values
        .map((value) => (isObject(value) ? value.value : value))
        .filter((value) => value !== undefined);
      if (operator === "ne") return plain.every((value) => !compare("eq", value, filter.value, attribute));
      if (filter.value === null) return operator === "eq" && plain.length === 0;
      return plain.some((value) => compare(operator, value, filter.value, attribute));
    }
  }
}

function compare(
  operator: Exclude<Comparison, "ne">,
  held: unknown,
  wanted: unknown,
  attribute: ScimAttribute | undefined,
): boolean {
  if (typeof held === "boolean") {
    const asked = typeof wanted === "string" ? wanted.toLowerCase() === "true" : wanted;
    return operator === "eq" && held === asked;
  }
  if (attribute?.type === "dateTime") {
    const difference = Date.parse(String(held)) - Date.parse(String(wanted));
    return !Number.isNaN(difference) && ordered(operator, difference);
  }
  const fold = (value: unknown) => (attribute?.caseExact ? String(value) : String(value).toLowerCase());
  const [one, other] = [fold(held), fold(wanted)];
  switch (operator) {
    case "eq":
      return one === other;
    case "co":
      return one.includes(other);
    case "sw":
      return one.startsWith(other);
    case "ew":
      return one.endsWith(other);
    default:
      return ordered(operator, one < other ? -1 : one > other ? 1 : 0);
  }
}

function ordered(operator: Exclude<Comparison, "ne">, difference: number): boolean {
  switch (operator) {
    case "gt":
      return difference > 0;
    case "ge":
      return difference >= 0;
    case "lt":
      return difference < 0;
    case "le":
      return difference <= 0;
    default:
      return difference === 0;
  }
}

/** All values of the attribute, those of lists one by one. */
function valuesAt(type: ResourceType, resource: Json, { urn, name, sub }: AttributePath): Found {
  const { attributes, holder } = partOf(type, resource, urn);
  const attribute = findAttribute(attributes, name);
  if (!attribute) return { attribute: undefined, values: [] };
  const values = [holder[attribute.name] ?? []].flat();
  if (sub === null) return { attribute, values };
  const inner = findAttribute(attribute.subAttributes ?? [], sub);
  if (!inner) return { attribute: undefined, values: [] };
  return { attribute: inner, values: values.flatMap((value) => (isObject(value) ? (value[inner.name] ?? []) : [])) };
}

function partOf(
  type: ResourceType,
  resource: Json,
  urn: string | null,
): { attributes: readonly ScimAttribute[]; holder: Json } {
  const { extension } = type;
  if (urn === null || extension === null || urn.toLowerCase() !== extension.id.toLowerCase()) {
    return { attributes: type.attributes, holder: resource };
  }
  const holder = resource[extension.id];
  return { attributes: extension.attributes, holder: isObject(holder) ? holder : {} };
}

/** What resources are put in order by: the attribute's first value. */
export function sortKey(type: ResourceType, resource: Json, path: AttributePath): string {
  const { attribute, values } = valuesAt(type, resource, path);
  const [first] = values.map((value) => (isObject(value) ? value.value : value));
  if (first === undefined) return "";
  return attribute?.caseExact ? String(first) : String(first).toLowerCase();
}
