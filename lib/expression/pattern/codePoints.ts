import type { CodePoints } from "./PatternNode.ts";

const lastCodePoint = 0x10ffff;

/** Every code point. */
export const anyPoint: CodePoints = [[0, lastCodePoint]];

/** Ranges in order, those that touch joined. */
export function union(ranges: CodePoints): CodePoints {
  const joined: [number, number][] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** All that is not in the ranges. */
export function complement(ranges: CodePoints): CodePoints {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of union(ranges)) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  return next > lastCodePoint ? rest : [...rest, [next, lastCodePoint]];
}

export function contains(ranges: CodePoints, point: number): boolean {
  return ranges.some(([from, to]) => point >= from && point <= to);
}

export function intersects(a: CodePoints, b: CodePoints): boolean {
  return a.some(([from, to]) => b.some(([otherFrom, otherTo]) => from <= otherTo && otherFrom <= to));
}
