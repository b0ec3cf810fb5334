"use client";

import { type EdgeProps, useInternalNode, useStore } from "@xyflow/react";
import { memo } from "react";
import { cn } from "#components/ui/cn.ts";
import type { RelationshipEdgeType, ResourceNodeType } from "./canvasGraph.ts";
import { direction, type EdgeEnd, edgeEnds, edgePath, nodeHeight, nodeWidth } from "./geometry.ts";
import type { Multiplicity } from "./relationshipLines.ts";
import { hidesLineNames, isFar } from "./zoomLevel.ts";

/** A line with an end for each side: a crow's foot for many, a bar for one, a ring for none. */
export const RelationshipEdge = memo(function RelationshipEdge({
  source,
  target,
  data,
}: EdgeProps<RelationshipEdgeType>) {
  const from = useInternalNode<ResourceNodeType>(source);
  const to = useInternalNode<ResourceNodeType>(target);
  const far = useStore(isFar);
  const nameless = useStore(hidesLineNames);
  if (!from || !to || !data) return null;
  const rectangle = (node: typeof from) => ({
    ...node.internals.positionAbsolute,
    width: nodeWidth,
    height: nodeHeight(node.data.resource),
  });
  const ends = edgeEnds(rectangle(from), rectangle(to), data.rows);
  const { path, label } = edgePath(ends.from, ends.to, data.lane);
  // A line that goes round outside has its name beyond the turn.
  const outside = ends.from.side === ends.to.side;
  const strong = data.emphasis !== "none";
  return (
    <g className={strong ? "text-accent" : "text-control"} stroke="currentColor" fill="none">
      <path d={path} stroke="transparent" strokeWidth={16} className="cursor-pointer" />
      <path
        d={path}
        className="react-flow__edge-path"
        style={{ stroke: "currentColor", strokeWidth: data.emphasis === "selected" ? 2 : 1.25 }}
      />
      {far ? null : (
        <>
          <End end={ends.from} multiplicity={data.line.from.multiplicity} />
          <End end={ends.to} multiplicity={data.line.to.multiplicity} />
          {nameless && !strong ? null : (
            <text
              x={label.x + (outside ? direction(ends.from.side) * 5 : 0)}
              y={label.y}
              dy="0.35em"
              textAnchor={outside ? (ends.from.side === "right" ? "start" : "end") : "middle"}
              stroke="var(--canvas)"
              strokeWidth={4}
              strokeLinejoin="round"
              paintOrder="stroke"
              className={cn("select-none text-2xs", strong ? "fill-accent-text font-medium" : "fill-faint")}
            >
              {data.line.from.relationship}
            </text>
          )}
        </>
      )}
    </g>
  );
});

function End({ end, multiplicity }: { end: EdgeEnd; multiplicity: Multiplicity }) {
  const out = direction(end.side);
  const x = (distance: number) => end.x + out * distance;
  const bar = (distance: number) => `M${x(distance)} ${end.y - 5}V${end.y + 5}`;
  switch (multiplicity) {
    case "many":
      return (
        <>
          <path d={`M${x(11)} ${end.y}L${end.x} ${end.y - 6}M${x(11)} ${end.y}L${end.x} ${end.y + 6}`} />
          <circle cx={x(14.5)} cy={end.y} r={3.5} fill="var(--canvas)" />
        </>
      );
    case "one":
      return <path d={`${bar(6)}${bar(10)}`} />;
    case "zeroOrOne":
      return (
        <>
          <path d={bar(6)} />
          <circle cx={x(12.5)} cy={end.y} r={3.5} fill="var(--canvas)" />
        </>
      );
  }
}
