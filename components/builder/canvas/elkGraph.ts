import type { ElkNode } from "elkjs/lib/elk-api.js";
import type { Model } from "#lib/model/types.ts";
import { nodeHeight, nodeWidth, type Point } from "./geometry.ts";
import type { Positions } from "./positions.ts";
import { relationshipLines } from "./relationshipLines.ts";

/** From here on the engine's careful ways take seconds and more; the quick ones are also more compact. */
const manyResources = 60;

/** A model as the layout engine takes it: what belongs stands to the left of what it belongs to. */
export function elkGraph(model: Model): ElkNode {
  return {
    id: "model",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      // Lines are drawn by the canvas; right angles would cost the engine most of its time.
      "elk.edgeRouting": "POLYLINE",
      "elk.spacing.nodeNode": "40",
      "elk.spacing.componentComponent": "56",
      "elk.layered.spacing.nodeNodeBetweenLayers": "104",
      ...(model.resources.length > manyResources
        ? { "elk.layered.nodePlacement.strategy": "SIMPLE", "elk.layered.layering.strategy": "LONGEST_PATH" }
        : { "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX" }),
      "elk.separateConnectedComponents": "true",
      "elk.aspectRatio": "1.6",
    },
    children: model.resources.map((resource) => ({
      id: resource.table,
      width: nodeWidth,
      height: nodeHeight(resource),
    })),
    edges: edgesOf(model),
  };
}

/** Where the engine put things. */
export function elkPositions(graph: ElkNode): Positions {
  return Object.fromEntries(
    (graph.children ?? []).map(({ id, x = 0, y = 0 }): [string, Point] => [id, { x: Math.round(x), y: Math.round(y) }]),
  );
}

function edgesOf(model: Model) {
  const tables = new Map(model.resources.map(({ name, table }) => [name, table]));
  return relationshipLines(model).flatMap(({ id, from, to }) => {
    const source = tables.get(from.resource);
    const target = tables.get(to.resource);
    if (source === undefined || target === undefined || source === target) return [];
    return [{ id, sources: [source], targets: [target] }];
  });
}
