import type { JsonSchema } from "../JsonSchema.ts";

/** What the text of a path or a query means by its schema; text that cannot mean it stays text, for zod to refuse. */
export function valueOfText(schema: JsonSchema, text: string): unknown {
  const types = typesOf(schema);
  if ((types.has("integer") || types.has("number")) && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return Number(text);
  if (types.has("boolean") && (text === "true" || text === "false")) return text === "true";
  return withDates(schema, text);
}

/** The same value with dates for the moments in it, which JSON writes as text. */
export function withDates(schema: JsonSchema, value: unknown): unknown {
  if (typeof value === "string") return isMoment(schema) ? (momentOf(value) ?? value) : value;
  if (Array.isArray(value)) {
    const { items } = schema;
    return typeof items === "object" ? value.map((entry) => withDates(items, entry)) : value;
  }
  if (typeof value !== "object" || value === null || !schema.properties) return value;
  const { properties } = schema;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, own ? withDates(own, member) : member];
    }),
  );
}

function isMoment(schema: JsonSchema): boolean {
  if (schema.format === "date-time") return true;
  return (schema.anyOf ?? []).some(isMoment);
}

/** RFC 3339, with its offset. */
function momentOf(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const date = new Date(text.replace(" ", "T").toUpperCase());
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function typesOf({ type = [], anyOf = [] }: JsonSchema): Set<string> {
  const own = typeof type === "string" ? [type] : type;
  return new Set([...own, ...anyOf.flatMap((form) => [...typesOf(form)])]);
}
