import type { Automaton } from "./automaton.ts";
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

/** Where a match can stand after some characters, and where it stands after one more, as far as that was asked. */
interface State {
  readonly positions: readonly number[];
  readonly accepts: boolean;
  readonly next: Map<number, State>;
}

/** Steps that a pattern remembers before it forgets them all. */
const maxSteps = 20_000;

function compile(pattern: string): PatternMatcher {
  const automaton = buildAutomaton(parsePattern(pattern));
  const start: State = { positions: [], accepts: automaton.acceptsEmpty, next: new Map() };
  const states = new Map<string, State>();
  let steps = 0;
  const step = (from: State, point: number): State => {
    const known = from.next.get(point);
    if (known) return known;
    if (++steps > maxSteps) {
      for (const state of [start, ...states.values()]) state.next.clear();
      states.clear();
      steps = 0;
    }
    const candidates = from === start ? automaton.first : following(automaton, from.positions);
    const positions = [...new Set(candidates)].filter((position) => contains(automaton.sets[position] ?? [], point));
    const key = positions.sort((a, b) => a - b).join();
    const accepts = positions.some((position) => automaton.last.has(position));
    const state = states.get(key) ?? { positions, accepts, next: new Map() };
    states.set(key, state);
    from.next.set(point, state);
    return state;
  };
  return (value) => {
    let state = start;
    for (const character of value) {
      state = step(state, character.codePointAt(0) ?? 0);
      if (state.positions.length === 0) return false;
    }
    return state.accepts;
  };
}

function following({ follow }: Automaton, positions: readonly number[]): readonly number[] {
  return positions.flatMap((position) => follow[position] ?? []);
}
