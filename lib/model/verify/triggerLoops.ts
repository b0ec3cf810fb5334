import type { TriggerEdge } from "../processes/triggerGraph.ts";
import { triggerGraph } from "../processes/triggerGraph.ts";
import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** No process starts itself for ever; one that might, under a condition, is told. */
export const triggerLoops: Rule = (draft, places) => {
  const graph = triggerGraph(draft);
  const told = new Set<string>();
  return [
    ...loops(graph.filter(({ guarded }) => !guarded)).map((way) => ({ way, severity: "error" as const })),
    ...loops(graph).map((way) => ({ way, severity: "warning" as const })),
  ].flatMap(({ way, severity }) => {
    const members = way.map(({ from }) => from);
    const key = members.toSorted().join(" ");
    const [first] = way;
    if (!first || told.has(key)) return [];
    told.add(key);
    const round = [...way.map(({ from, by }) => `\`${from}\` ${by}`), `\`${first.from}\``].join(", which starts ");
    const message =
      severity === "error"
        ? `This goes round for ever: ${round}. Start it under a condition that does not hold again, or take the step out.`
        : `This can go round: ${round}. See that the conditions on the way do not hold for ever.`;
    return [problemAt(places, { code: "trigger_loop", severity, path: first.path, message })];
  });
};

/** The shortest way round through each process that has one, each round once. */
function loops(graph: readonly TriggerEdge[]): readonly (readonly TriggerEdge[])[] {
  const from = Map.groupBy(graph, (edge) => edge.from);
  return [...from.keys()].flatMap((start) => {
    const way = shortest(start, from);
    return way ? [way] : [];
  });
}

function shortest(start: string, from: ReadonlyMap<string, readonly TriggerEdge[]>): readonly TriggerEdge[] | null {
  let fronts: (readonly TriggerEdge[])[] = [[]];
  const seen = new Set<string>();
  while (fronts.length > 0) {
    const next: (readonly TriggerEdge[])[] = [];
    for (const way of fronts) {
      for (const edge of from.get(way.at(-1)?.to ?? start) ?? []) {
        if (edge.to === start) return [...way, edge];
        if (seen.has(edge.to)) continue;
        seen.add(edge.to);
        next.push([...way, edge]);
      }
    }
    fronts = next;
  }
  return null;
}
