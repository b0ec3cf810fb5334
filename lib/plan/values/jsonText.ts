import { isStorable } from "./canonicalValue.ts";
import { isExactNumber, numberText } from "./exactJson.ts";
import type { ValueResult } from "./readValue.ts";

const maxDepth = 64;

/** The text of a JSON value (see `parseExactJson`) that PostgreSQL can keep as `jsonb`. */
export function jsonText(input: unknown): ValueResult {
  const reason = input === undefined ? "Give a JSON value." : reasonAgainst(input, 0);
  return reason === null ? { text: JSON.stringify(input) } : { rule: "json", message: reason };
}

function reasonAgainst(value: unknown, depth: number): string | null {
  if (depth > maxDepth) return `Nest at most ${maxDepth} levels deep.`;
  if (value === null || typeof value === "boolean") return null;
  if (typeof value === "string") return isStorable(value) ? null : "Texts inside may not hold NUL or half characters.";
  if (typeof value === "number" || isExactNumber(value)) {
    return numberText(value) === null ? "Numbers inside may have at most 400 zeros." : null;
  }
  if (Array.isArray(value)) return first(value, depth);
  if (typeof value !== "object") return "Give a JSON value.";
  for (const key of Object.keys(value)) {
    if (!isStorable(key)) return "Names inside may not hold NUL or half characters.";
  }
  return first(Object.values(value), depth);
}

function first(values: readonly unknown[], depth: number): string | null {
  for (const value of values) {
    const reason = reasonAgainst(value, depth + 1);
    if (reason !== null) return reason;
  }
  return null;
}
