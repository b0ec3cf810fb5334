import type { AttributeType, ChoiceOption } from "../types.ts";

/** The options that values of a choice, or of a list of one, are chosen from; null for other types. */
export function optionsIn(type: AttributeType): readonly ChoiceOption[] | null {
  const value = type.kind === "list" ? type.of : type;
  return value.kind === "choice" ? value.options : null;
}

/** A choice, or a list of one, with other options. */
export function withOptionsIn(type: AttributeType, options: readonly ChoiceOption[]): AttributeType {
  if (type.kind === "list") return { kind: "list", of: { kind: "choice", options } };
  return type.kind === "choice" ? { kind: "choice", options } : type;
}
