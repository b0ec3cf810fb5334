import type { Model, Resource } from "#lib/model/types.ts";
import { nodeHeight, nodeWidth, type Point, type Rectangle } from "./geometry.ts";

/** Where pictures stand, by the stored name of the resource's table, which outlives renames. */
export type Positions = Readonly<Record<string, Point>>;

export function positionsKey(storageKey: string): string {
  return `gantry:canvas:${storageKey}`;
}

export function readPositions(storage: Pick<Storage, "getItem">, storageKey: string): Positions {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(positionsKey(storageKey)) ?? "{}");
    if (typeof parsed !== "object" || parsed === null) return {};
    return Object.fromEntries(Object.entries(parsed).filter((entry): entry is [string, Point] => isPoint(entry[1])));
  } catch {
    return {};
  }
}

export function keepPositions(storage: Pick<Storage, "setItem">, storageKey: string, positions: Positions): void {
  try {
    storage.setItem(positionsKey(storageKey), JSON.stringify(positions));
  } catch {
    // Without room the picture is laid out anew next time.
  }
}

export function rectangleOf(resource: Resource, position: Point): Rectangle {
  return { ...position, width: nodeWidth, height: nodeHeight(resource) };
}

/** A new resource gets its attributes only after it has its place. */
const roomToGrow = 260;

/**
 * Gives every resource without a position one that covers nothing: a first one at `near`, others in rows below all that
 * stands.
 */
export function placeMissing(model: Model, positions: Positions, near: Point | null): Positions {
  const missing = model.resources.filter(({ table }) => !Object.hasOwn(positions, table));
  if (missing.length === 0) return positions;
  const taken = model.resources.flatMap((resource) => {
    const position = positions[resource.table];
    return position ? [rectangleOf(resource, position)] : [];
  });
  const placed: Record<string, Point> = { ...positions };
  if (missing.length === 1 && missing[0] && near) {
    const [resource] = missing;
    const rectangle = rectangleOf(resource, near);
    placed[resource.table] = freePoint({ ...rectangle, height: Math.max(rectangle.height, roomToGrow) }, taken);
    return placed;
  }
  const gap = 56;
  const perRow = Math.max(4, Math.ceil(Math.sqrt(missing.length)));
  const left = taken.length === 0 ? 0 : Math.min(...taken.map(({ x }) => x));
  let top = taken.length === 0 ? 0 : Math.max(...taken.map(({ y, height }) => y + height)) + gap;
  for (let start = 0; start < missing.length; start += perRow) {
    const row = missing.slice(start, start + perRow);
    for (const [column, resource] of row.entries()) {
      placed[resource.table] = { x: left + column * (nodeWidth + gap), y: top };
    }
    top += Math.max(...row.map(nodeHeight)) + gap;
  }
  return placed;
}

/** The nearest point to the right or below where a rectangle covers none of the others. */
function freePoint(wanted: Rectangle, taken: readonly Rectangle[]): Point {
  const step = 32;
  for (let ring = 0; ring < 200; ring++) {
    for (const [x, y] of [
      [ring, 0],
      [0, ring],
      [ring, ring],
      [-ring, 0],
      [0, -ring],
    ] as const) {
      const at = { ...wanted, x: wanted.x + x * step, y: wanted.y + y * step };
      if (!taken.some((other) => overlap(at, other, step / 2))) return { x: at.x, y: at.y };
    }
  }
  return { x: wanted.x, y: wanted.y };
}

function overlap(a: Rectangle, b: Rectangle, margin: number): boolean {
  return (
    a.x < b.x + b.width + margin &&
    b.x < a.x + a.width + margin &&
    a.y < b.y + b.height + margin &&
    b.y < a.y + a.height + margin
  );
}

function isPoint(value: unknown): value is Point {
  return (
    typeof value === "object" &&
    value !== null &&
    "x" in value &&
    "y" in value &&
    Number.isFinite(value.x) &&
    Number.isFinite(value.y)
  );
}
