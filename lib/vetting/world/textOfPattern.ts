import type { CodePoints, PatternNode } from "../../expression/pattern/PatternNode.ts";
import { parsePattern } from "../../expression/pattern/parsePattern.ts";
import { patternMatcher } from "../../expression/pattern/patternMatcher.ts";

interface Wanted {
  /** Texts of different numbers differ, where the pattern leaves room. */
  readonly number?: number;
  readonly minLength?: number;
  readonly maxLength?: number | undefined;
}

/** A text that a pattern matches, no longer than needed. */
export function textOfPattern(pattern: string, { number = 0, minLength = 0, maxLength }: Wanted = {}): string {
  const node = parsePattern(pattern);
  for (let extra = 0; extra <= Math.max(minLength, 1) + 4; extra++) {
    const counter = { number, extra };
    const text = write(node, counter);
    const length = [...text].length;
    const isMet = length >= minLength && (maxLength === undefined || length <= maxLength) && counter.number === 0;
    if (isMet) return text;
  }
  return write(node, { number, extra: minLength });
}

/** A text near what a pattern matches that it does not match; null where it matches nearly all. */
export function textAgainstPattern(pattern: string): string | null {
  const matches = patternMatcher(pattern);
  const fitting = textOfPattern(pattern);
  const near = [`${fitting}!`, `${fitting}a`, fitting.slice(1), `!${fitting}`, "!", "ä", "a b"];
  return near.find((text) => text !== "" && !matches(text)) ?? null;
}

/** What is left of the number that tells texts apart, and of repetitions beyond the least. */
interface Counter {
  number: number;
  extra: number;
}

function write(node: PatternNode, counter: Counter): string {
  switch (node.kind) {
    case "set":
      return pointOf(node.points, counter);
    case "sequence":
      return node.parts.map((part) => write(part, counter)).join("");
    case "either":
      return node.parts[0] ? write(node.parts[0], counter) : "";
    case "repeat": {
      const room = node.max === null ? counter.extra : Math.min(counter.extra, node.max - node.min);
      const more = Math.max(room, 0);
      counter.extra -= more;
      return Array.from({ length: node.min + more }, () => write(node.part, counter)).join("");
    }
  }
}

const liked: CodePoints = [
  [65, 90],
  [97, 122],
  [48, 57],
];

function pointOf(points: CodePoints, counter: Counter): string {
  const plain = liked.flatMap(([from, to]) =>
    points.flatMap(([first, last]) => range(Math.max(from, first), Math.min(to, last))),
  );
  const all =
    plain.length > 0 ? plain : points.slice(0, 1).flatMap(([first, last]) => range(first, Math.min(last, first + 25)));
  const point = all[counter.number % Math.max(all.length, 1)] ?? 0x61;
  counter.number = all.length > 1 ? Math.floor(counter.number / all.length) : counter.number;
  return String.fromCodePoint(point);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index);
}
