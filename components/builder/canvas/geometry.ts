import type { Resource } from "#lib/model/types.ts";

/** Sizes of a resource's picture in canvas units; the stylesheet of `ResourceNode` keeps to them. */
export const nodeWidth = 240;
export const headerHeight = 36;
export const rowHeight = 24;
const bottomPadding = 6;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

export type Side = "left" | "right";

export interface EdgeEnd extends Point {
  readonly side: Side;
}

/** Key, attributes, relationships; under a line what is worked out and the states. */
export function nodeHeight(resource: Resource): number {
  const { attributes, relationships } = resource;
  const computed = computedRows(resource);
  const rows = 1 + attributes.length + relationships.length + computed;
  return headerHeight + rows * rowHeight + (computed > 0 ? dividerHeight : 0) + bottomPadding;
}

export const dividerHeight = 7;

/** Rows of what is worked out, and one for the states. */
function computedRows({ calculations = [], aggregates = [], states }: Resource): number {
  return calculations.length + aggregates.length + (states ? 1 : 0);
}

/** The middle of a relationship's row, from the top of the picture; of the header where there is no such row. */
export function rowMiddle(resource: Resource, relationship: string | null): number {
  const index = resource.relationships.findIndex(({ name }) => name === relationship);
  if (index < 0) return headerHeight / 2;
  return headerHeight + (1 + resource.attributes.length + index + 0.5) * rowHeight;
}

/**
 * Where an edge leaves one picture and reaches the other: on the sides that face each other, or both on the same side where
 * one stands above the other.
 */
export function edgeEnds(
  from: Rectangle,
  to: Rectangle,
  rows: { readonly from: number; readonly to: number },
): { readonly from: EdgeEnd; readonly to: EdgeEnd } {
  const gap = 48;
  const sides: readonly [Side, Side] =
    from.x + from.width + gap <= to.x
      ? ["right", "left"]
      : to.x + to.width + gap <= from.x
        ? ["left", "right"]
        : from.x + from.width / 2 < to.x + to.width / 2
          ? ["left", "left"]
          : ["right", "right"];
  return { from: endAt(from, rows.from, sides[0]), to: endAt(to, rows.to, sides[1]) };
}

function endAt(rectangle: Rectangle, row: number, side: Side): EdgeEnd {
  return { x: side === "right" ? rectangle.x + rectangle.width : rectangle.x, y: rectangle.y + row, side };
}

/** How far the foot and the ring of an end reach out before the line may turn. */
const endLength = 20;

/**
 * Lines of right angles with rounded corners between two ends, and where to write on it. Lines of different lanes turn at
 * different places, so that they do not cover each other.
 */
export function edgePath(from: EdgeEnd, to: EdgeEnd, lane = 0): { readonly path: string; readonly label: Point } {
  const start = from.x + direction(from.side) * endLength;
  const end = to.x + direction(to.side) * endLength;
  const turn = turnOf(from, to, { start, end, lane });
  const label = { x: turn, y: (from.y + to.y) / 2 };
  const drop = to.y - from.y;
  if (Math.abs(drop) < 1) return { path: `M${from.x} ${from.y}H${to.x}`, label };
  const radius = Math.min(8, Math.abs(drop) / 2, Math.abs(turn - from.x) / 2, Math.abs(turn - to.x) / 2);
  const down = Math.sign(drop);
  const out = Math.sign(turn - from.x);
  const back = Math.sign(to.x - turn);
  const path = [
    `M${from.x} ${from.y}`,
    `H${turn - out * radius}`,
    `Q${turn} ${from.y} ${turn} ${from.y + down * radius}`,
    `V${to.y - down * radius}`,
    `Q${turn} ${to.y} ${turn + back * radius} ${to.y}`,
    `H${to.x}`,
  ].join("");
  return { path, label };
}

const laneWidth = 8;

function turnOf(
  from: EdgeEnd,
  to: EdgeEnd,
  { start, end, lane }: { readonly start: number; readonly end: number; readonly lane: number },
): number {
  if (from.side !== to.side) {
    // Near where it comes from: farther on, another picture may stand in the way and hide the turn and the name.
    const along = Math.min(Math.abs(end - start) / 2, 32);
    const room = Math.max(0, along - laneWidth);
    const aside = Math.min(room, Math.max(-room, ((lane % 5) - 2) * laneWidth));
    return start + Math.sign(end - start) * (along + aside);
  }
  const outside = laneWidth * (1 + (lane % 5));
  return from.side === "right" ? Math.max(start, end) + outside : Math.min(start, end) - outside;
}

export function direction(side: Side): 1 | -1 {
  return side === "right" ? 1 : -1;
}
