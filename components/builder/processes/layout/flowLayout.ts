import type { Process, Step } from "#lib/model/processTypes.ts";
import { innerLanes, type Lane, sideLanes } from "../tree/lanes.ts";
import type { StepPlace } from "../tree/StepPlace.ts";
import {
  type Box,
  cardSize,
  endSize,
  type FlowLine,
  type FlowPlan,
  laneSize,
  type Point,
  startSize,
} from "./FlowPlan.ts";

/** Something that stands on a line that goes down: how far it reaches to the left and right of it, and how it is put. */
interface Block {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly put: (at: Point, out: Drawing) => void;
}

interface Drawing {
  readonly steps: FlowPlan["steps"][number][];
  readonly frames: FlowPlan["frames"][number][];
  readonly lanes: FlowPlan["lanes"][number][];
  readonly inserts: FlowPlan["inserts"][number][];
  readonly lines: FlowLine[];
}

const gap = 44;
const emptyGap = 64;
const between = 28;
const turn = 18;
const padding = 24;
const margin = 32;

/**
 * Puts a process on a plane: starts at the top, steps down, what goes side by side side by side. Where it has no starts,
 * `startless` leaves no room for one.
 */
export function flowLayout({ starts = [], steps }: Process, { startless = false } = {}): FlowPlan {
  const list = listBlock(steps, null, "steps");
  const { width, height } = startSize;
  const shown = Math.max(starts.length, 1);
  const startsWidth = shown * width + (shown - 1) * between;
  const left = Math.max(list.left, startsWidth / 2);
  const right = Math.max(list.right, startsWidth / 2);
  const axis = margin + left;
  const out: Drawing = { steps: [], frames: [], lanes: [], inserts: [], lines: [] };
  const boxes = starts.map((_, index) => ({
    index,
    box: { x: axis - startsWidth / 2 + index * (width + between), y: margin, width, height },
  }));
  const below = startless && starts.length === 0 ? margin - turn : margin + height;
  const joined = below + turn;
  for (const { box } of boxes) {
    const x = box.x + width / 2;
    out.lines.push(
      plain([
        { x, y: below },
        { x, y: joined },
        { x: axis, y: joined },
      ]),
    );
  }
  if (starts.length === 0)
    out.lines.push(
      plain([
        { x: axis, y: below },
        { x: axis, y: joined },
      ]),
    );
  list.put({ x: axis, y: joined }, out);
  const bottom = joined + list.height;
  return {
    ...out,
    starts: boxes,
    end: { x: axis - endSize.width / 2, y: bottom, ...endSize },
    width: margin * 2 + left + right,
    height: bottom + endSize.height + margin,
  };
}

function listBlock(steps: readonly Step[], of: string | null, lane: string): Block {
  const blocks = steps.map((step, index) => stepBlock(step, { of, lane, index }));
  if (blocks.length === 0) {
    return {
      left: 56,
      right: 56,
      height: emptyGap,
      put({ x, y }, out) {
        out.lines.push(
          plain([
            { x, y },
            { x, y: y + emptyGap },
          ]),
        );
        out.inserts.push({ place: { of, lane, index: 0 }, at: { x, y: y + emptyGap / 2 }, empty: true });
      },
    };
  }
  return {
    left: Math.max(...blocks.map((block) => block.left)),
    right: Math.max(...blocks.map((block) => block.right)),
    height: blocks.reduce((sum, block) => sum + block.height, gap * (blocks.length + 1)),
    put({ x, y }, out) {
      let top = y;
      blocks.forEach((block, index) => {
        connect({ x, y: top }, { of, lane, index }, out);
        block.put({ x, y: top + gap }, out);
        top += gap + block.height;
      });
      connect({ x, y: top, isLast: of !== null }, { of, lane, index: blocks.length }, out);
    },
  };
}

function connect({ x, y, isLast }: Point & { readonly isLast?: boolean }, place: StepPlace, out: Drawing): void {
  out.lines.push({
    points: [
      { x, y },
      { x, y: y + gap },
    ],
    tone: "plain",
    // What ends a way within a step leads on to where the ways meet.
    arrow: isLast !== true,
  });
  out.inserts.push({ place, at: { x, y: y + gap / 2 }, empty: false });
}

function stepBlock(step: Step, place: StepPlace): Block {
  const core = coreBlock(step, place);
  const sides = sideLanes(step).map((lane) => ({ lane, block: laneBlock(step, lane) }));
  if (sides.length === 0) return core;
  const sidesTop = cardSize.height - 12;
  const tail = sides.some(({ lane }) => lane.kind === "onError") ? turn : 0;
  const height = Math.max(core.height, ...sides.map(({ block }) => sidesTop + block.height)) + tail;
  const sidesWidth = sides.reduce((sum, { block }) => sum + between + block.left + block.right, 0);
  return {
    left: core.left,
    right: core.right + sidesWidth,
    height,
    put({ x, y }, out) {
      core.put({ x, y }, out);
      if (height > core.height)
        out.lines.push(
          plain([
            { x, y: y + core.height },
            { x, y: y + height },
          ]),
        );
      let edge = x + core.right;
      for (const [index, { lane, block }] of sides.entries()) {
        const axis = edge + between + block.left;
        const tone = lane.kind === "onError" ? "error" : "undo";
        const from = { x: x + cardSize.width / 2, y: y + 22 + index * 22 };
        out.lines.push({ points: [from, { x: axis, y: from.y }, { x: axis, y: y + sidesTop }], tone, arrow: true });
        block.put({ x: axis, y: y + sidesTop }, out);
        const end = y + sidesTop + block.height;
        if (lane.kind === "onError") {
          out.lines.push({
            points: [
              { x: axis, y: end },
              { x: axis, y: y + height - turn / 2 },
              { x, y: y + height - turn / 2 },
            ],
            tone,
            arrow: false,
          });
        }
        edge = axis + block.right;
      }
    },
  };
}

function coreBlock(step: Step, place: StepPlace): Block {
  switch (step.kind) {
    case "branch":
    case "parallel":
      return sideBySide(step, place);
    case "forEach":
    case "repeat":
      return loopBlock(step, place);
    default:
      return cardBlock(step, place);
  }
}

function cardBlock(step: Step, place: StepPlace): Block {
  const { width, height } = cardSize;
  return {
    left: width / 2,
    right: width / 2,
    height,
    put: ({ x, y }, out) => out.steps.push({ step, place, box: { x: x - width / 2, y, width, height } }),
  };
}

/** The label of a list and what is in it. */
function laneBlock(step: Step, lane: Lane): Block {
  const list = listBlock(lane.steps, step.name, lane.key);
  const { width, height } = laneSize;
  return {
    left: Math.max(list.left, width / 2),
    right: Math.max(list.right, width / 2),
    height: height + list.height,
    put({ x, y }, out) {
      out.lanes.push({ step, lane, box: { x: x - width / 2, y, width, height } });
      list.put({ x, y: y + height }, out);
    },
  };
}

function sideBySide(step: Step, place: StepPlace): Block {
  const card = cardBlock(step, place);
  const lanes = innerLanes(step).map((lane) => laneBlock(step, lane));
  const tallest = Math.max(0, ...lanes.map(({ height }) => height));
  let edge = 0;
  const axes = lanes.map((lane, index) => {
    const axis = edge + (index === 0 ? 0 : between) + lane.left;
    edge = axis + lane.right;
    return axis;
  });
  const middle = ((axes[0] ?? 0) + (axes.at(-1) ?? 0)) / 2;
  const height = card.height + turn * 2 + tallest + turn;
  return {
    left: Math.max(card.left, middle),
    right: Math.max(card.right, edge - middle),
    height,
    put({ x, y }, out) {
      card.put({ x, y }, out);
      const split = y + card.height + turn;
      const top = split + turn;
      const joined = y + height - turn;
      lanes.forEach((lane, index) => {
        const axis = x - middle + (axes[index] ?? 0);
        const start = { x, y: y + card.height };
        out.lines.push(plain([start, { x, y: split }, { x: axis, y: split }, { x: axis, y: top }]));
        lane.put({ x: axis, y: top }, out);
        const end = { x: axis, y: top + lane.height };
        out.lines.push(plain([end, { x: axis, y: joined }, { x, y: joined }, { x, y: y + height }]));
      });
    },
  };
}

function loopBlock(step: Step, place: StepPlace): Block {
  const card = cardBlock(step, place);
  const [lane] = innerLanes(step);
  const list = listBlock(lane?.steps ?? [], step.name, lane?.key ?? "steps");
  const left = Math.max(card.left, list.left) + padding + 16;
  const right = Math.max(card.right, list.right) + padding;
  const height = card.height + list.height + padding;
  return {
    left,
    right,
    height,
    put({ x, y }, out) {
      const box: Box = { x: x - left, y: y + card.height / 2, width: left + right, height: height - card.height / 2 };
      out.frames.push({ name: step.name, box });
      card.put({ x, y }, out);
      list.put({ x, y: y + card.height }, out);
      const end = y + card.height + list.height;
      const back = x - left + padding / 2 + 4;
      const into = { x: x - card.left, y: y + card.height - 16 };
      out.lines.push({
        points: [{ x, y: end }, { x: back, y: end }, { x: back, y: into.y }, into],
        tone: "loop",
        arrow: true,
      });
      out.lines.push(
        plain([
          { x, y: end },
          { x, y: y + height },
        ]),
      );
    },
  };
}

function plain(points: readonly Point[]): FlowLine {
  return { points, tone: "plain", arrow: false };
}
