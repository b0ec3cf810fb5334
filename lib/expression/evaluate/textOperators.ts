import { patternMatcher } from "../pattern/patternMatcher.ts";
import type { Value } from "../Value.ts";
import { whiteSpace } from "../whiteSpace.ts";
import { integer, list, type Present, text } from "./kinds.ts";
import { lower, upper } from "./letterCase.ts";

export const textOperators = {
  concat: (operands: readonly Present[]): Value => operands.map(text).join(""),
  length: ([value]: readonly Present[]): Value => BigInt(lengthOf(text(value))),
  contains: ([value, part]: readonly Present[]): Value => text(value).includes(text(part)),
  startsWith: ([value, part]: readonly Present[]): Value => text(value).startsWith(text(part)),
  endsWith: ([value, part]: readonly Present[]): Value => text(value).endsWith(text(part)),
  matches: ([value, pattern]: readonly Present[]): Value => patternMatcher(text(pattern))(text(value)),
  lower: ([value]: readonly Present[]): Value => lower(text(value)),
  upper: ([value]: readonly Present[]): Value => upper(text(value)),
  trim: ([value]: readonly Present[]): Value => trim(text(value)),
  substring: ([value, start, end]: readonly Present[]): Value => {
    const points = [...text(value)];
    const [from, to] = [place(integer(start), points), end === undefined ? points.length : place(integer(end), points)];
    return points.slice(from, to).join("");
  },
  replace: ([value, old, replacement]: readonly Present[]): Value =>
    text(old) === "" ? text(value) : text(value).split(text(old)).join(text(replacement)),
  indexOf: ([value, part]: readonly Present[]): Value => {
    const index = text(value).indexOf(text(part));
    return index < 0 ? -1n : BigInt(lengthOf(text(value).slice(0, index)));
  },
  join: ([items, separator]: readonly Present[]): Value =>
    list(items)
      .filter((item) => item !== null)
      .map(text)
      .join(text(separator)),
};

function lengthOf(value: string): number {
  let length = 0;
  for (const _ of value) length++;
  return length;
}

function place(index: bigint, points: readonly string[]): number {
  if (index < 0n) return 0;
  return index > BigInt(points.length) ? points.length : Number(index);
}

function trim(value: string): string {
  let [start, end] = [0, value.length];
  while (start < end && whiteSpace.includes(value.charAt(start))) start++;
  while (end > start && whiteSpace.includes(value.charAt(end - 1))) end--;
  return value.slice(start, end);
}
