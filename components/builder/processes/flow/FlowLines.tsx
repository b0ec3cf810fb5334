import { memo } from "react";
import type { FlowLine, FlowPlan } from "../layout/FlowPlan.ts";
import { roundedPath } from "./roundedPath.ts";

const strokes: Readonly<Record<FlowLine["tone"], string>> = {
  plain: "stroke-control",
  loop: "stroke-accent",
  error: "stroke-danger [stroke-dasharray:5_4]",
  undo: "stroke-warning [stroke-dasharray:2_4]",
};

/** All lines of a flow as one picture. */
export const FlowLines = memo(function FlowLines({ plan }: { plan: FlowPlan }) {
  return (
    <svg
      className="pointer-events-none absolute top-0 left-0 overflow-visible"
      width={plan.width}
      height={plan.height}
      aria-hidden
    >
      <defs>
        {(["plain", "loop", "error", "undo"] as const).map((tone) => (
          <marker
            key={tone}
            id={`flow-arrow-${tone}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M1 1 L7 4 L1 7" fill="none" className={strokes[tone].split(" ")[0]} strokeWidth="1.5" />
          </marker>
        ))}
      </defs>
      {plan.lines.map(({ points, tone, arrow }) => (
        <path
          key={`${tone} ${points.map(({ x, y }) => `${x},${y}`).join(" ")}`}
          d={roundedPath(points)}
          fill="none"
          strokeWidth="1.5"
          className={strokes[tone]}
          {...(arrow ? { markerEnd: `url(#flow-arrow-${tone})` } : {})}
        />
      ))}
    </svg>
  );
});
