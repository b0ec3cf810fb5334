import { buildAutomaton } from "./automaton.ts";
import { contains } from "./codePoints.ts";
import { parsePattern } from "./parsePattern.ts";

export type PatternMatcher = (value: string) => boolean;

const cacheSize = 2000;
const cache = new Map<string, PatternMatcher>();

/**
 * Tells whether a whole value matches a pattern of the common subset. Takes time in proportion to the value's length,
 * whatever the pattern: no value can keep it busy.
 * @throws PatternProblem when the pattern is none of the subset; a verified model has no such patterns.
 */
export function patternMatcher(pattern: string): PatternMatcher {
  const known = cache.get(pattern);
  if (known) return known;
  const matcher = compile(pattern);
  if (cache.size >= cacheSize) cache.clear();
  cache.set(pattern, matcher);
  return matcher;
}

function compile(pattern: string): PatternMatcher {
  const { sets, first, follow, last, acceptsEmpty } = buildAutomaton(parsePattern(pattern));
  return (value) => {
    let current: readonly number[] | null = null;
    for (const character of value) {
      const point = character.codePointAt(0) ?? 0;
      const reached = new Set<number>();
      for (const position of current === null ? first : current.flatMap((from) => follow[from] ?? [])) {
        if (!reached.has(position) && contains(sets[position] ?? [], point)) reached.add(position);
      }
      if (reached.size === 0) return false;
      current = [...reached];
    }
    return current === null ? acceptsEmpty : current.some((position) => last.has(position));
  };
}
