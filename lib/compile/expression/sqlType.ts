import type { ValueType } from "../../expression/ValueType.ts";

/**
 * The type that values of an expression have in a statement. Choices stand by the names of their options, money by its
 * canonical text; lists of objects are JSON.
 */
export function sqlType(type: ValueType): ElementName | ListName {
  return type.kind === "list" ? listType(type.of) : elementType(type);
}

export function listType(of: ValueType): ListName {
  if (isJson(of)) return "jsonb";
  const element = elementType(of);
  if (element === "jsonb") throw new Error("JSON is in no array.");
  return `${element}[]`;
}

/** Whether lists of the type are JSON, not arrays. */
export function isJson({ kind }: ValueType): boolean {
  return kind === "json" || kind === "object" || kind === "list";
}

type PlainName = "boolean" | "bigint" | "numeric" | "text" | "uuid" | "date" | "time" | "timestamptz" | "interval";
type ElementName = PlainName | "jsonb";
type ListName = `${PlainName}[]` | "jsonb";

function elementType({ kind }: ValueType): ElementName {
  switch (kind) {
    case "boolean":
    case "text":
    case "uuid":
    case "date":
    case "time":
      return kind;
    case "integer":
      return "bigint";
    case "decimal":
      return "numeric";
    case "timestamp":
      return "timestamptz";
    case "duration":
      return "interval";
    case "null":
    case "choice":
    case "money":
      return "text";
    case "json":
    case "object":
    case "list":
      return "jsonb";
    case "record":
    case "records":
      throw new Error("A record is no value by itself.");
  }
}
