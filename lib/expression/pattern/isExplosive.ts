import type { Automaton } from "./automaton.ts";
import { intersects } from "./codePoints.ts";

/** More positions in loops are taken for explosive without looking further. */
const maxLooping = 250;

/**
 * Whether a text can be matched in exponentially many ways, as by `(a+)+`: an engine that tries them all never ends.
 * So it is exactly when some position can come back to itself in two ways on one text.
 */
export function isExplosive(automaton: Automaton): boolean {
  const { sets, follow, twice } = automaton;
  const loop = components(sets.length, (position) => follow[position] ?? []);
  const inLoop = (from: number, to: number) => loop[from] === loop[to];
  if (twice.some(([from, to]) => inLoop(from, to))) return true;
  const looping = sets.map((_, position) => position).filter((from) => follow[from]?.some((to) => inLoop(from, to)));
  if (looping.length > maxLooping) return true;
  const index = new Map(looping.map((position, at) => [position, at]));
  const size = looping.length;
  const next = (pair: number): readonly number[] => {
    const [a, b] = [looping[Math.floor(pair / size)] ?? 0, looping[pair % size] ?? 0];
    const ways: number[] = [];
    for (const nextA of follow[a] ?? []) {
      if (!inLoop(a, nextA)) continue;
      for (const nextB of follow[b] ?? []) {
        if (!inLoop(b, nextB) || !intersects(sets[nextA] ?? [], sets[nextB] ?? [])) continue;
        ways.push((index.get(nextA) ?? 0) * size + (index.get(nextB) ?? 0));
      }
    }
    return ways;
  };
  const pairs = components(size * size, next);
  const diagonal = new Set(looping.map((_, at) => pairs[at * size + at]));
  return pairs.some((component, pair) => Math.floor(pair / size) !== pair % size && diagonal.has(component));
}

/** The strongly connected component of each node, found without recursion. */
function components(size: number, next: (node: number) => readonly number[]): readonly number[] {
  const component = new Array<number>(size).fill(-1);
  const order = new Array<number>(size).fill(-1);
  const low = new Array<number>(size).fill(0);
  const open: number[] = [];
  let count = 0;
  let found = 0;
  for (let root = 0; root < size; root++) {
    if (order[root] !== -1) continue;
    const visits = [visit(root)];
    for (let top = visits.at(-1); top; top = visits.at(-1)) {
      const { node, ways } = top;
      const to = ways[top.at++];
      if (to === undefined) {
        visits.pop();
        const parent = visits.at(-1);
        if (parent) low[parent.node] = Math.min(low[parent.node] ?? 0, low[node] ?? 0);
        if (low[node] === order[node]) close(node);
      } else if (order[to] === -1) visits.push(visit(to));
      else if (component[to] === -1) low[node] = Math.min(low[node] ?? 0, order[to] ?? 0);
    }
  }
  return component;

  function visit(node: number) {
    order[node] = low[node] = count++;
    open.push(node);
    return { node, ways: next(node), at: 0 };
  }

  function close(node: number) {
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      component[member] = found;
      if (member === node) break;
    }
    found++;
  }
}
