"use client";

import "@xyflow/react/dist/style.css";
import { Background, Controls, type Edge, Handle, type Node, type NodeProps, Position, ReactFlow } from "@xyflow/react";
import { Boxes, Database, Globe, KeyRound, type LucideIcon, Plug, Zap } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect, useMemo, useState } from "react";
import { layoutGraph } from "#components/builder/canvas/layoutGraph.ts";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { countText, percentOf, percentText } from "../figureTexts.ts";
import {
  edgeId,
  kindTexts,
  lineWidth,
  nodeSize,
  type Topology,
  type TopologyNode,
  topologyGraph,
} from "./topologyGraph.ts";

type ShownNode = Node<{ readonly shown: TopologyNode }>;

const icons: Readonly<Record<TopologyNode["kind"], LucideIcon>> = {
  caller: KeyRound,
  protocol: Plug,
  resource: Boxes,
  process: Zap,
  database: Database,
  outside: Globe,
};

const nodeTypes = { part: Part };

/** A canvas of what talks to what. */
export function TopologyPicture({ topology }: { topology: Topology }) {
  const { resolvedTheme } = useTheme();
  const places = usePlaces(topology);
  const edges = useMemo(() => edgesOf(topology), [topology]);
  if (!places) return <Skeleton className="h-96" />;
  const nodes = topology.nodes.map(
    (shown): ShownNode => ({
      id: shown.id,
      type: "part",
      data: { shown },
      position: places.get(shown.id) ?? { x: 0, y: 0 },
      ariaLabel: `${shown.name}, ${kindTexts[shown.kind]}`,
    }),
  );
  return (
    <section aria-label="What talks to what" className="h-[28rem] overflow-hidden rounded-lg border bg-surface">
      <ReactFlow
        key={topology.nodes.map(({ id }) => id).join("\n")}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={resolvedTheme === "dark" ? "dark" : "light"}
        fitView
        fitViewOptions={{ padding: 0.1, maxZoom: 1 }}
        minZoom={0.2}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={20} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

function Part({ data: { shown } }: NodeProps<ShownNode>) {
  const Icon = icons[shown.kind];
  return (
    <div style={nodeSize} className="flex items-center gap-2 rounded-lg border bg-raised px-2.5 shadow-xs">
      <Handle type="target" position={Position.Left} isConnectable={false} className="invisible" />
      <Icon className="size-4 shrink-0 text-muted" aria-hidden />
      <span className="min-w-0">
        <span className="block truncate font-medium text-ink text-xs" title={shown.name}>
          {shown.name}
        </span>
        <span className="block text-2xs text-faint">{kindTexts[shown.kind]}</span>
      </span>
      <Handle type="source" position={Position.Right} isConnectable={false} className="invisible" />
    </div>
  );
}

function edgesOf({ edges }: Topology): Edge[] {
  const most = Math.max(0, ...edges.map(({ calls }) => calls));
  return edges.map((edge) => {
    const failing = percentOf(edge.errors, edge.calls);
    const text = failing > 0 ? `${countText(edge.calls)}, ${percentText(failing)} fail` : countText(edge.calls);
    return {
      id: edgeId(edge),
      source: edge.from,
      target: edge.to,
      label: text,
      labelStyle: { fontSize: 10, fill: failing > 0 ? "var(--danger-text)" : "var(--muted)" },
      labelBgStyle: { fill: "var(--surface)" },
      style: { strokeWidth: lineWidth(edge.calls, most), stroke: failing > 0 ? "var(--danger)" : "var(--control)" },
    };
  });
}

/** Where the layout engine puts the nodes; null until it has. */
function usePlaces(topology: Topology): ReadonlyMap<string, { readonly x: number; readonly y: number }> | null {
  const [places, setPlaces] = useState<ReadonlyMap<string, { readonly x: number; readonly y: number }> | null>(null);
  const graph = JSON.stringify(topologyGraph(topology));
  useEffect(() => {
    let stays = true;
    layoutGraph(JSON.parse(graph)).then(
      ({ children = [] }) => {
        if (stays) setPlaces(new Map(children.map(({ id, x = 0, y = 0 }) => [id, { x, y }])));
      },
      () => undefined,
    );
    return () => {
      stays = false;
    };
  }, [graph]);
  return places;
}
