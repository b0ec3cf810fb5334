import type { JsonSchema } from "../JsonSchema.ts";

/** A schema as people read it: `{ slug: string; release: number | null }`; types with a name by it. */
export function typeText(schema: JsonSchema, indent = ""): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms) return [...new Set(forms.map((form) => typeText(form, indent)))].join(" | ");
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  if (types.length === 0) return "any";
  return types.map((type) => oneType(type, schema, indent)).join(" | ");
}

function oneType(type: string, schema: JsonSchema, indent: string): string {
  const { properties, required = [], additionalProperties, items, prefixItems, format } = schema;
  if (type === "string") return format ? `string (${format})` : "string";
  if (type === "array") {
    if (prefixItems) return `[${prefixItems.map((part) => typeText(part, indent)).join(", ")}]`;
    const item = typeof items === "object" ? typeText(items, indent) : "any";
    return /[ |]/.test(item) && !item.startsWith("{") ? `(${item})[]` : `${item}[]`;
  }
  if (type !== "object") return type;
  const inner = `${indent}  `;
  const lines = Object.entries(properties ?? {}).map(([name, property]) => {
    const note = property.description ? `  // ${property.description}` : "";
    return `${inner}${name}${required.includes(name) ? "" : "?"}: ${typeText(property, inner)}${note}`;
  });
  if (typeof additionalProperties === "object") {
    lines.push(`${inner}[name: string]: ${typeText(additionalProperties, inner)}`);
  }
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}
