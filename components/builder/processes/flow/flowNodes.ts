import type { Node } from "@xyflow/react";
import type { Start, Step } from "#lib/model/processTypes.ts";
import { type Box, type FlowPlan, type Point, startSize } from "../layout/FlowPlan.ts";
import type { Lane } from "../tree/lanes.ts";
import { placeKey, type StepPlace } from "../tree/StepPlace.ts";

export type FlowNode =
  | Node<{ readonly start: Start; readonly index: number }, "start">
  | Node<Record<string, never>, "newStart">
  | Node<{ readonly step: Step }, "step">
  | Node<{ readonly step: Step; readonly lane: Lane }, "lane">
  | Node<Record<string, never>, "frame">
  | Node<{ readonly place: StepPlace; readonly empty: boolean; readonly target: boolean }, "insert">
  | Node<Record<string, never>, "end">;

/** A step that is being dragged, where it is and where it would go. */
export interface Dragged {
  readonly name: string;
  readonly at: Point;
  readonly target: StepPlace | null;
}

interface NodeOptions {
  readonly starts: readonly Start[];
  readonly dragged: Dragged | null;
  readonly editable: boolean;
}

const insertSize = { width: 24, height: 24 };
const emptySize = { width: 104, height: 28 };

/** What React Flow draws of a plan, in the order in which the keyboard goes through it. */
export function flowNodes(plan: FlowPlan, options: NodeOptions): FlowNode[] {
  const { starts, dragged, editable } = options;
  const target = dragged?.target ? placeKey(dragged.target) : null;
  const [firstStart] = plan.starts;
  return [
    ...plan.frames.map(
      ({ name, box }): FlowNode => ({ ...placed(`frame ${name}`, box), type: "frame", data: {}, zIndex: -2 }),
    ),
    ...plan.starts.flatMap(({ index, box }): FlowNode[] => {
      const start = starts[index];
      return start ? [{ ...placed(`start ${index}`, box), type: "start", data: { start, index } }] : [];
    }),
    ...(editable ? [newStartNode(plan, firstStart !== undefined)] : []),
    ...byReading(plan).map((item) => itemNode(item, options, target)),
    { ...placed("end", plan.end), type: "end", data: {} },
  ];
}

function itemNode(item: Item, { dragged, editable }: NodeOptions, target: string | null): FlowNode {
  switch (item.kind) {
    case "step": {
      const { step, box } = item;
      const isDragged = dragged?.name === step.name;
      return {
        ...placed(`step ${step.name}`, isDragged ? { ...box, ...dragged.at } : box),
        type: "step",
        data: { step },
        draggable: editable,
        zIndex: isDragged ? 10 : 1,
      };
    }
    case "lane": {
      const { step, lane, box } = item;
      return { ...placed(`lane ${step.name} ${lane.key}`, box), type: "lane", data: { step, lane } };
    }
    case "insert": {
      const { place, at, empty } = item;
      const size = empty ? emptySize : insertSize;
      const key = placeKey(place);
      const box = { x: at.x - size.width / 2, y: at.y - size.height / 2, ...size };
      return {
        ...placed(`insert ${key}`, box),
        type: "insert",
        data: { place, empty, target: key === target },
        zIndex: 2,
      };
    }
  }
}

type Item =
  | (FlowPlan["steps"][number] & { readonly kind: "step" })
  | (FlowPlan["lanes"][number] & { readonly kind: "lane" })
  | (FlowPlan["inserts"][number] & { readonly kind: "insert" });

/** The plan already lists steps in reading order; what belongs between them goes by height. */
function byReading(plan: FlowPlan): readonly Item[] {
  const items: Item[] = [
    ...plan.steps.map((one) => ({ ...one, kind: "step" }) as const),
    ...plan.lanes.map((one) => ({ ...one, kind: "lane" }) as const),
    ...plan.inserts.map((one) => ({ ...one, kind: "insert" }) as const),
  ];
  const top = (item: Item) => (item.kind === "insert" ? item.at.y : item.box.y);
  const left = (item: Item) => (item.kind === "insert" ? item.at.x : item.box.x);
  return items.toSorted((a, b) => top(a) - top(b) || left(a) - left(b));
}

function newStartNode(plan: FlowPlan, beside: boolean): FlowNode {
  const last = plan.starts.at(-1)?.box;
  const box =
    beside && last
      ? { x: last.x + last.width + 12, y: last.y + last.height / 2 - 14, width: 28, height: 28 }
      : { x: plan.end.x + plan.end.width / 2 - startSize.width / 2, y: 32, ...startSize };
  return { ...placed("start new", box), type: "newStart", data: {} };
}

function placed(id: string, { x, y, width, height }: Box) {
  return {
    id,
    position: { x, y },
    width,
    height,
    measured: { width, height },
    draggable: false,
    selectable: false,
    // React Flow lets no pointer through to what it neither drags nor selects.
    className: id.startsWith("frame ") ? "pointer-events-none!" : "pointer-events-auto!",
  };
}
