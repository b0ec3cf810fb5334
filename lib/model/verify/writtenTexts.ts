import type { Attribute, JsonValue } from "../types.ts";

/** A value that is written into the model, as text: a default, an example, or an item of one that is a list. */
export interface WrittenText {
  readonly option: "default" | "example";
  /** The option, and of an item its place. */
  readonly path: readonly string[];
  readonly text: string;
}

/** The literal default and the example of an attribute as texts, item by item where they are lists. */
export function writtenTexts({ default: value, example, type }: Attribute): readonly WrittenText[] {
  const written = [
    ...(value?.kind === "literal" ? [["default", value.value] as const] : []),
    ...(example === undefined ? [] : [["example", example] as const]),
  ];
  return written.flatMap(([option, said]) => {
    const items: readonly JsonValue[] | null = type.kind === "list" && Array.isArray(said) ? said : null;
    if (items === null) return isText(said) ? [{ option, path: [option], text: String(said) }] : [];
    return items.flatMap((item, index) =>
      isText(item) ? [{ option, path: [option, String(index)], text: String(item) }] : [],
    );
  });
}

/** How a finding speaks of it. */
export function writtenWord(option: WrittenText["option"]): string {
  return option === "default" ? "The default" : "The example";
}

function isText(value: JsonValue): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
