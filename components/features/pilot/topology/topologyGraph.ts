import type { inferRouterOutputs } from "@trpc/server";
import type { ElkNode } from "elkjs/lib/elk-api.js";
import type { AppRouter } from "#server/trpc/root.ts";

export type Topology = inferRouterOutputs<AppRouter>["telemetry"]["topology"];
export type TopologyNode = Topology["nodes"][number];
export type TopologyEdge = Topology["edges"][number];

export const nodeSize = { width: 168, height: 44 } as const;

/** From left to right, each kind in a column of its own. */
const columns: readonly TopologyNode["kind"][] = ["caller", "protocol", "resource", "process", "database", "outside"];

export const kindTexts: Readonly<Record<TopologyNode["kind"], string>> = {
  caller: "caller",
  protocol: "API",
  resource: "resource",
  process: "process",
  database: "PostgreSQL",
  outside: "outside",
};

/** What talks to what, as the layout engine takes it. */
export function topologyGraph({ nodes, edges }: Topology): ElkNode {
  const known = new Set(nodes.map(({ id }) => id));
  return {
    id: "topology",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.spacing.nodeNode": "18",
      "elk.layered.spacing.nodeNodeBetweenLayers": "110",
      "elk.partitioning.activate": "true",
    },
    children: nodes.map(({ id, kind }) => ({
      id,
      ...nodeSize,
      layoutOptions: { "elk.partitioning.partition": String(columns.indexOf(kind)) },
    })),
    edges: edges
      .filter(({ from, to }) => known.has(from) && known.has(to))
      .map(({ from, to }) => ({ id: edgeId({ from, to }), sources: [from], targets: [to] })),
  };
}

export function edgeId({ from, to }: Pick<TopologyEdge, "from" | "to">): string {
  return JSON.stringify([from, to]);
}

/** Lines of more calls are thicker: 1 to 5 px. */
export function lineWidth(calls: number, most: number): number {
  return most <= 0 ? 1 : 1 + 4 * (Math.log1p(calls) / Math.log1p(most));
}
