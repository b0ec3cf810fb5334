import type { Attribute } from "../types.ts";

/** The literal that an attribute has as its default, as text; null when it has none. */
export function defaultText({ default: value }: Attribute): string | null {
  if (value?.kind !== "literal") return null;
  return typeof value.value === "string" || typeof value.value === "number" ? String(value.value) : null;
}
