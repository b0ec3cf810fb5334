import type { ComputedField } from "../expressions/computedFields.ts";
import { computedFields } from "../expressions/computedFields.ts";
import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** No calculation or aggregate is worked out from itself, however far around. */
export const computedCycles: Rule = (draft, places) => {
  const fields = computedFields(draft);
  const done = new Set<string>();
  return [...fields].flatMap(([key, field]) => {
    if (done.has(key)) return [];
    const cycle = shortestCycle(key, fields);
    if (!cycle) return [];
    for (const step of cycle) done.add(step);
    const around = [...cycle, key].map((step) => `\`${step}\``).join(" needs ");
    const message = `${around}, so that none of them has a value. Take one of them out of the round.`;
    return [problemAt(places, { code: "computed_cycle", path: placeOf(field), message })];
  });
};

function placeOf({ path, expressions }: ComputedField): readonly string[] {
  return expressions[0]?.path ?? [...path, "path"];
}

function shortestCycle(start: string, fields: ReadonlyMap<string, ComputedField>): readonly string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const at of queue) {
    for (const next of fields.get(at)?.uses ?? []) {
      if (next === start) return wayTo(at, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  }
  return null;
}

function wayTo(last: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way = [last];
  for (let at = cameFrom.get(last); at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}
