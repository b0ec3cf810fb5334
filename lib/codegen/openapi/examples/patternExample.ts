import type { CodePoints, PatternNode } from "../../../expression/pattern/PatternNode.ts";
import { PatternProblem, parsePattern } from "../../../expression/pattern/parsePattern.ts";
import { patternMatcher } from "../../../expression/pattern/patternMatcher.ts";

export interface Lengths {
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
}

/** More repetitions are not tried. */
const mostExtra = 60;
const preferred = [..."aA0b1xX-_ "].map((character) => character.codePointAt(0) ?? 0);

/** A short text that the pattern matches as a whole, of a length that is allowed; null where none was found. */
export function patternExample(pattern: string, { minLength = 0, maxLength = Infinity }: Lengths): string | null {
  const node = treeOf(pattern);
  if (!node) return null;
  const matches = patternMatcher(pattern);
  for (let extra = 0; extra <= mostExtra; extra++) {
    const text = textOf(node, extra);
    const length = [...text].length;
    if (length > maxLength) return null;
    if (length >= minLength && matches(text)) return text;
  }
  return null;
}

function treeOf(pattern: string): PatternNode | null {
  try {
    return parsePattern(pattern);
  } catch (error) {
    if (error instanceof PatternProblem) return null;
    throw error;
  }
}

/** What the pattern matches when everything is repeated `extra` times more than it must be. */
function textOf(node: PatternNode, extra: number): string {
  switch (node.kind) {
    case "set":
      return String.fromCodePoint(pointOf(node.points));
    case "sequence":
      return node.parts.map((part) => textOf(part, extra)).join("");
    case "either": {
      const [first] = node.parts;
      return first ? textOf(first, extra) : "";
    }
    case "repeat":
      return textOf(node.part, extra).repeat(Math.min(node.min + extra, node.max ?? Infinity));
  }
}

function pointOf(points: CodePoints): number {
  const nice = preferred.find((point) => points.some(([from, to]) => point >= from && point <= to));
  const visible = points.find(([, to]) => to >= 0x21);
  return nice ?? (visible ? Math.max(visible[0], 0x21) : (points[0]?.[0] ?? 0x61));
}
