import { buildAutomaton } from "./automaton.ts";
import { isExplosive } from "./isExplosive.ts";
import { PatternProblem, parsePattern } from "./parsePattern.ts";

const cacheSize = 2000;
const cache = new Map<string, string | null>();

/** Why a pattern is not taken, as a sentence that says what to do; null when it is. */
export function patternProblem(pattern: string): string | null {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const problem = check(pattern);
  if (cache.size >= cacheSize) cache.clear();
  cache.set(pattern, problem);
  return problem;
}

/** The pattern with `\d`, `\w` and `\s` written out, which not every engine reads alike. */
export function spelledOut(pattern: string): string {
  const sets: Readonly<Record<string, string>> = { d: "0-9", w: "A-Za-z0-9_", s: " \\t\\r\\n" };
  let inSet = false;
  return pattern.replace(/\\([\s\S])|[[\]]/g, (match, escaped: string | undefined) => {
    if (match === "[") inSet = true;
    else if (match === "]") inSet = false;
    const set = escaped === undefined ? undefined : sets[escaped];
    return set === undefined ? match : inSet ? set : `[${set}]`;
  });
}

function check(pattern: string): string | null {
  if (pattern === "") return "Write a pattern or leave the option out.";
  try {
    const automaton = buildAutomaton(parsePattern(pattern));
    return isExplosive(automaton)
      ? "Some texts match this in so many ways that it could take for ever. Let what is repeated begin or end with a character of its own, as in `[a-z]+(-[a-z]+)*`."
      : null;
  } catch (error) {
    if (error instanceof PatternProblem) return error.message;
    throw error;
  }
}
