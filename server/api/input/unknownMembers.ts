import type { JsonSchema } from "../JsonSchema.ts";

/** Dotted paths of members that nothing in the schema knows. */
export function unknownMembers(schema: JsonSchema, value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) {
    const { items } = schema;
    const item = typeof items === "object" ? items : undefined;
    const choices = branches(schema).flatMap(({ items: own }) => (typeof own === "object" ? [own] : []));
    const of = item ?? (choices.length > 0 ? { anyOf: choices } : undefined);
    return of ? value.flatMap((entry, at) => unknownMembers(of, entry, [...path, String(at)])) : [];
  }
  // Whatever one of several forms knows may be there; which of them is meant, zod says.
  const forms = [schema, ...branches(schema)].filter(({ properties, additionalProperties }) => {
    return properties !== undefined || additionalProperties !== undefined;
  });
  if (forms.length === 0) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const known = forms.flatMap(({ properties = {}, additionalProperties }) => {
      if (Object.hasOwn(properties, name)) return [properties[name] ?? {}];
      if (additionalProperties === true) return [{}];
      return typeof additionalProperties === "object" ? [additionalProperties] : [];
    });
    const [only] = known;
    if (!only) return [[...path, name].join(".")];
    return unknownMembers(known.length === 1 ? only : { anyOf: known }, member, [...path, name]);
  });
}

function branches({ anyOf = [], oneOf = [], allOf = [] }: JsonSchema): JsonSchema[] {
  return [...anyOf, ...oneOf, ...allOf].flatMap((form) => [form, ...branches(form)]);
}
