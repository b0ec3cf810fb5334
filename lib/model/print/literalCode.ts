import type { JsonValue } from "../types.ts";
import type { Code } from "./Code.ts";
import { list, object } from "./Code.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** A JSON value as TypeScript. */
export function jsonCode(value: JsonValue, style: Style): Code {
  if (typeof value === "string") return quoteText(value, style);
  if (typeof value === "number") return JSON.stringify(value).replace("e+", "e");
  if (typeof value === "boolean" || value === null) return String(value);
  if (isList(value)) return list(value.map((item) => jsonCode(item, style)));
  return object(Object.entries(value).map(([name, item]) => [name, jsonCode(item, style)] as const));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function textsCode(texts: readonly string[], style: Style): Code {
  return list(texts.map((text) => quoteText(text, style)));
}
