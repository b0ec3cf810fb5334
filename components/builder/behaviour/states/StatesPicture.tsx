"use client";

import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api.js";
import { useEffect, useId, useState } from "react";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { States } from "#lib/model/types.ts";
import { transitionWay } from "#lib/model/words/actionSentence.ts";
import { layoutGraph } from "../../canvas/layoutGraph.ts";
import { anyState, statesGraph } from "./statesGraph.ts";

interface StatesPictureProps {
  states: States;
  options: readonly string[];
  /** The state in which records begin. */
  start: string | null;
  direction: "DOWN" | "RIGHT";
}

/** States as boxes, actions as the arrows between them. The table says the same. */
export function StatesPicture({ states, options, start, direction }: StatesPictureProps) {
  const marker = useId();
  const [placed, setPlaced] = useState<ElkNode | null>(null);
  const graph = JSON.stringify(statesGraph(states, options, direction));
  useEffect(() => {
    let stays = true;
    layoutGraph(JSON.parse(graph)).then(
      (node) => {
        if (stays) setPlaced(node);
      },
      () => undefined,
    );
    return () => {
      stays = false;
    };
  }, [graph]);
  if (!placed) return <Skeleton className="h-24" />;
  const { width = 0, height = 0, children = [], edges = [] } = placed;
  const said = states.transitions.map((one) => `${one.action} ${transitionWay(one)}`).join("; ");
  return (
    <svg
      role="img"
      aria-label={`States of ${states.attribute}: ${said || "no transitions yet"}`}
      viewBox={`-2 -2 ${width + 4} ${height + 4}`}
      // A narrow place shows all of it smaller, a wide one is scrolled.
      style={{ width: width + 4, ...(direction === "DOWN" ? { maxWidth: "100%" } : {}) }}
      className="mx-auto block h-auto max-w-none"
    >
      <defs>
        <marker id={marker} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0.5 7.5 4 0 7.5z" className="fill-control" />
        </marker>
      </defs>
      {edges.map((edge) => (
        <Arrow key={edge.id} edge={edge} marker={marker} />
      ))}
      {children.map((node) => (
        <StateBox key={node.id} node={node} isStart={node.id === start} />
      ))}
    </svg>
  );
}

function Arrow({ edge, marker }: { edge: ElkExtendedEdge; marker: string }) {
  return (
    <g>
      {edge.sections?.map(({ id, startPoint, bendPoints = [], endPoint }) => (
        <polyline
          key={id}
          points={[startPoint, ...bendPoints, endPoint].map(({ x, y }) => `${x},${y}`).join(" ")}
          className="fill-none stroke-control"
          strokeWidth="1.2"
          strokeLinejoin="round"
          markerEnd={`url(#${marker})`}
        />
      ))}
      {edge.labels?.map(({ text = "", x = 0, y = 0, width = 0, height = 0 }) => (
        <g key={text}>
          <rect x={x} y={y} width={width} height={height} rx="3" className="fill-surface" />
          <text x={x + width / 2} y={y + height - 3.5} textAnchor="middle" className="fill-muted text-[11px]">
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

function StateBox({ node: { id, x = 0, y = 0, width = 0, height = 0 }, isStart }: { node: ElkNode; isStart: boolean }) {
  const isAny = id === anyState;
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={height / 2}
        strokeWidth={isStart ? 2 : 1}
        strokeDasharray={isAny ? "3 3" : undefined}
        className={isStart ? "fill-accent-soft stroke-accent" : "fill-raised stroke-line-strong"}
      />
      <text
        x={x + width / 2}
        y={y + height / 2 + 4}
        textAnchor="middle"
        className={isAny ? "fill-faint text-[12px] italic" : "fill-ink text-[12px]"}
      >
        {isAny ? "any" : id}
      </text>
    </g>
  );
}
