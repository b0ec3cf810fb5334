import { resolved } from "./documentedOperations.ts";

type Json = Readonly<Record<string, unknown>>;

/** One member of an object as a line of a table. */
export interface SchemaLine {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: string;
}

/** The members of the object that a schema describes, or of the items of a list; none for anything else. */
export function schemaLines(document: Json, schema: unknown): readonly SchemaLine[] {
  const found = resolved(document, schema);
  if (found.type === "array") return schemaLines(document, found.items);
  const merged = [found, ...asList(found.allOf).map((part) => resolved(document, part))];
  const [choice] = [...asList(found.oneOf), ...asList(found.anyOf)];
  const parts = merged.some(({ properties }) => properties) ? merged : choice ? [resolved(document, choice)] : merged;
  const required = new Set(parts.flatMap((part) => asList(part.required)));
  return parts.flatMap((part) =>
    Object.entries(asObject(part.properties)).map(([name, member]) => {
      const inner = { ...resolved(document, member), ...asObject(member) };
      return {
        name,
        type: typeText(document, member),
        required: required.has(name),
        deprecated: inner.deprecated === true,
        description: typeof inner.description === "string" ? inner.description : "",
      };
    }),
  );
}

/** `string`, `Deal`, `list of Deal`, `integer or null`. */
export function typeText(document: Json, schema: unknown, depth = 0): string {
  const said = asObject(schema);
  if (typeof said.$ref === "string") return said.$ref.split("/").at(-1) ?? "";
  if (depth > 4) return "…";
  const inner = (part: unknown) => typeText(document, part, depth + 1);
  if (Array.isArray(said.enum)) return said.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (said.const !== undefined) return JSON.stringify(said.const);
  const choices = [...asList(said.oneOf), ...asList(said.anyOf)];
  if (choices.length > 0) return [...new Set(choices.map(inner))].join(" or ");
  if (asList(said.allOf).length > 0) return asList(said.allOf).map(inner).join(" and ");
  const types = Array.isArray(said.type) ? said.type : [said.type ?? "any"];
  const format = typeof said.format === "string" ? ` (${said.format})` : "";
  return types
    .map((type) => (type === "array" ? `list of ${inner(said.items)}` : `${type}${type === "null" ? "" : format}`))
    .join(" or ");
}

const asObject = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
