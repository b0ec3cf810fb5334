import type { Point } from "../layout/FlowPlan.ts";

/** The path of a line of straight pieces, its corners rounded. */
export function roundedPath(points: readonly Point[], radius = 8): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const pieces = rest.map((point, index) => {
    const next = rest[index + 1];
    const before = index === 0 ? first : rest[index - 1];
    if (!next || !before) return `L${point.x} ${point.y}`;
    const into = toward(point, before, radius);
    const out = toward(point, next, radius);
    return `L${into.x} ${into.y} Q${point.x} ${point.y} ${out.x} ${out.y}`;
  });
  return [`M${first.x} ${first.y}`, ...pieces].join(" ");
}

/** The point on the way from one to another, at most so far and never over the middle. */
function toward(from: Point, to: Point, far: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return from;
  const share = Math.min(far, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
