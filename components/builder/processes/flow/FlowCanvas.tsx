"use client";

import {
  Background,
  BackgroundVariant,
  type NodeChange,
  type NodeProps,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
  ViewportPortal,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import "../../canvas/canvas.css";
import { Flag, Plus } from "lucide-react";
import { memo, useCallback, useEffect, useMemo, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { TickedText } from "#components/ui/TickedText.tsx";
import { cardSize, type Point } from "../layout/FlowPlan.ts";
import { flowLayout } from "../layout/flowLayout.ts";
import { moveStep } from "../tree/editSteps.ts";
import type { StepPlace } from "../tree/StepPlace.ts";
import { type FlowSelection, useFlow } from "./FlowContext.tsx";
import { FlowControls } from "./FlowControls.tsx";
import { FlowLines } from "./FlowLines.tsx";
import { type Dragged, type FlowNode, flowNodes } from "./flowNodes.ts";
import { InsertButton } from "./InsertButton.tsx";
import { laneWords } from "./laneWords.ts";
import { StartCard } from "./StartCard.tsx";
import { StepCard } from "./StepCard.tsx";
import { useFlowKeys } from "./useFlowKeys.ts";

type Of<Kind extends FlowNode["type"]> = Extract<FlowNode, { readonly type?: Kind }>;

const StartNode = memo(({ data }: NodeProps<Of<"start">>) => (
  <StartCard start={data.start} index={data.index} className="h-full" />
));

const StepNode = memo(({ data }: NodeProps<Of<"step">>) => <StepCard step={data.step} className="h-full" />);

const LaneNode = memo(({ data: { step, lane } }: NodeProps<Of<"lane">>) => {
  const { sayAt } = useFlow();
  return (
    <div className="flex h-full items-center justify-center">
      <span
        className={cn(
          "line-clamp-2 max-w-full rounded-md border bg-surface px-2 py-0.5 text-center text-2xs text-muted",
          lane.kind === "onError" && "border-danger-line bg-danger-soft text-danger-text",
          lane.kind === "compensate" && "border-warning-line bg-warning-soft text-warning-text",
        )}
      >
        <TickedText>{laneWords(step, lane, sayAt(step.name))}</TickedText>
      </span>
    </div>
  );
});

const FrameNode = memo(() => (
  <div className="h-full rounded-xl border border-accent-line border-dashed bg-accent-soft/40" />
));

const InsertNode = memo(({ data: { place, empty, target } }: NodeProps<Of<"insert">>) => (
  <div className="flex h-full items-center justify-center">
    <InsertButton place={place} empty={empty} target={target} />
  </div>
));

const NewStartNode = memo(() => {
  const { process, edit } = useFlow();
  const beside = (process.starts ?? []).length > 0;
  return (
    <button
      type="button"
      aria-label="Add a start"
      data-flow="start new"
      onClick={() => edit?.askForStart()}
      className={cn(
        "flex h-full w-full items-center justify-center gap-1.5 border border-dashed bg-surface text-muted text-xs outline-none hover:border-accent hover:text-accent-text focus-visible:ring-2 focus-visible:ring-accent",
        beside ? "rounded-full" : "rounded-lg border-line-strong",
      )}
    >
      <Plus className="size-3.5" aria-hidden />
      {beside ? null : "What starts it?"}
    </button>
  );
});

const EndNode = memo(() => {
  const { select } = useFlow();
  return (
    <button
      type="button"
      data-flow="end"
      aria-label="End of the process"
      onClick={() => select({ kind: "process" })}
      className="flex h-full w-full items-center justify-center gap-1.5 rounded-full border bg-sunken text-muted text-xs outline-none focus-visible:ring-2 focus-visible:ring-accent"
    >
      <Flag className="size-3" aria-hidden />
      End
    </button>
  );
});

const nodeTypes = {
  start: StartNode,
  newStart: NewStartNode,
  step: StepNode,
  lane: LaneNode,
  frame: FrameNode,
  insert: InsertNode,
  end: EndNode,
};

/** How near a dragged step must be to a place to go there. */
const reach = 110;

/** A process drawn from top to bottom. */
export function FlowCanvas() {
  return (
    <ReactFlowProvider>
      <FlowPicture />
    </ReactFlowProvider>
  );
}

function FlowPicture() {
  const { process, selection, select, edit } = useFlow();
  const flow = useReactFlow<FlowNode>();
  const flowStore = useStoreApi();
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const editable = edit !== null;
  const plan = useMemo(() => flowLayout(process, { startless: !editable }), [process, editable]);
  const nodes = useMemo(
    () => flowNodes(plan, { starts: process.starts ?? [], dragged, editable }),
    [plan, process.starts, dragged, editable],
  );

  /** As much of the width as can be read, from the top. */
  const showAll = useCallback(
    (duration = 0) => {
      const { width, height } = flowStore.getState();
      if (width === 0) return;
      const zoom = Math.min(1, Math.max(0.8, Math.min(width / plan.width, height / plan.height)));
      const axis = plan.end.x + plan.end.width / 2;
      const x = plan.width * zoom <= width ? (width - plan.width * zoom) / 2 : width / 2 - axis * zoom;
      void flow.setViewport({ x, y: Math.max(0, 8 * zoom), zoom }, { duration });
    },
    [flow, flowStore, plan],
  );

  const reveal = useCallback(
    (id: string) => {
      const node = flow.getNode(id);
      const { transform, width, height } = flowStore.getState();
      if (!node || width === 0) return;
      const [x, y, zoom] = transform;
      const left = node.position.x * zoom + x;
      const top = node.position.y * zoom + y;
      const size = { width: (node.width ?? 0) * zoom, height: (node.height ?? 0) * zoom };
      if (left >= 0 && top >= 0 && left + size.width <= width && top + size.height <= height) return;
      void flow.setCenter(node.position.x + cardSize.width / 2, node.position.y + cardSize.height / 2, {
        zoom,
        duration: prefersStill() ? 0 : 200,
      });
    },
    [flow, flowStore],
  );
  const shown = nodeOf(selection);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is selected anew is brought into sight once
  useEffect(() => {
    if (shown !== null) reveal(shown);
  }, [shown]);

  const onKeyDown = useFlowKeys({ nodes, reveal });

  const onNodesChange = (changes: NodeChange<FlowNode>[]) => {
    for (const change of changes) {
      if (change.type !== "position" || !change.position || !change.dragging) continue;
      const name = change.id.replace(/^step /, "");
      setDragged({ name, at: change.position, target: nearest(name, change.position) });
    }
  };
  const nearest = (name: string, { x, y }: Point): StepPlace | null => {
    let best: StepPlace | null = null;
    let least = reach;
    for (const { place, at } of plan.inserts) {
      const distance = Math.hypot(at.x - x - cardSize.width / 2, at.y - y);
      if (distance < least && moveStep(process.steps, name, place)) {
        best = place;
        least = distance;
      }
    }
    return best;
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the cards within arrive here
    <div className="h-full" onKeyDown={onKeyDown}>
      <ReactFlow<FlowNode>
        aria-label={`Flow of ${process.name}`}
        nodes={nodes}
        nodeTypes={nodeTypes}
        onNodesChange={onNodesChange}
        onNodeDragStop={() => {
          if (dragged?.target) edit?.move(dragged.name, dragged.target);
          setDragged(null);
        }}
        onPaneClick={() => select({ kind: "process" })}
        onInit={() => showAll()}
        onlyRenderVisibleElements
        nodesFocusable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        panOnScroll
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        nodeDragThreshold={4}
        minZoom={0.15}
        maxZoom={1.5}
        attributionPosition="bottom-center"
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.25} color="var(--line-strong)" />
        <ViewportPortal>
          <FlowLines plan={plan} />
        </ViewportPortal>
        <Panel position="bottom-left">
          <FlowControls onFit={() => showAll(prefersStill() ? 0 : 200)} />
        </Panel>
      </ReactFlow>
    </div>
  );
}

function nodeOf(selection: FlowSelection): string | null {
  switch (selection.kind) {
    case "process":
      return null;
    case "start":
      return `start ${selection.index}`;
    case "step":
      return `step ${selection.name}`;
  }
}

function prefersStill(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
