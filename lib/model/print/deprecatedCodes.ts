import type { Deprecation } from "../types.ts";
import type { Code } from "./Code.ts";
import { object } from "./Code.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** `deprecated: { since: "2026-11-01" }`; none where it is not. */
export function deprecatedCodes(
  deprecated: Deprecation | undefined,
  style: Style,
): readonly (readonly [name: string, value: Code])[] {
  if (!deprecated) return [];
  const { since, until, note } = deprecated;
  const code = object([
    ["since", quoteText(since, style)],
    ...(until === undefined ? [] : [["until", quoteText(until, style)] as const]),
    ...(note === undefined ? [] : [["note", quoteText(note, style)] as const]),
  ]);
  return [["deprecated", code]];
}
