import type { Point } from "./geometry.ts";

export type ArrowKey = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

interface Placed {
  readonly id: string;
  readonly centre: Point;
}

/** The nearest thing in the direction of an arrow key; one straight ahead is nearer than one aside. */
export function neighbour(from: Placed, others: readonly Placed[], key: ArrowKey): string | null {
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const other of others) {
    if (other.id === from.id) continue;
    const [ahead, aside] = along(key, other.centre.x - from.centre.x, other.centre.y - from.centre.y);
    if (ahead <= 0 || Math.abs(aside) > ahead * 3) continue;
    const distance = ahead + Math.abs(aside) * 2;
    if (distance < bestDistance) {
      best = other.id;
      bestDistance = distance;
    }
  }
  return best;
}

export function isArrowKey(key: string): key is ArrowKey {
  return key === "ArrowLeft" || key === "ArrowRight" || key === "ArrowUp" || key === "ArrowDown";
}

function along(key: ArrowKey, x: number, y: number): readonly [ahead: number, aside: number] {
  switch (key) {
    case "ArrowRight":
      return [x, y];
    case "ArrowLeft":
      return [-x, y];
    case "ArrowDown":
      return [y, x];
    case "ArrowUp":
      return [-y, x];
  }
}
