"use client";

import {
  Background,
  BackgroundVariant,
  type Connection,
  MiniMap,
  type NodeChange,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
  type Viewport,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import "./canvas.css";
import { type KeyboardEvent, type RefObject, useCallback, useImperativeHandle, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { Spinner } from "#components/ui/Spinner.tsx";
import { useBuilder, useBuilderActions, useDraft, useProblems, useSelection } from "../BuilderContext.tsx";
import { errorCounts } from "../problems/problemsAt.ts";
import { CanvasControls } from "./CanvasControls.tsx";
import { type ConnectionDraft, ConnectPopover } from "./ConnectPopover.tsx";
import { type RelationshipEdgeType, type ResourceNodeType, relationshipEdges, resourceNodes } from "./canvasGraph.ts";
import { nodeHeight, nodeWidth, type Point } from "./geometry.ts";
import { isArrowKey, neighbour } from "./neighbour.ts";
import { RelationshipEdge } from "./RelationshipEdge.tsx";
import { ResourceNode } from "./ResourceNode.tsx";
import { usePositions } from "./usePositions.ts";

const nodeTypes = { resource: ResourceNode };
const edgeTypes = { relationship: RelationshipEdge };
const fitAll = { padding: 0.12, maxZoom: 1 };

/** A narrow screen begins with a part that can be read. */
const firstFit = { ...fitAll, minZoom: 0.42 };

/** What the rest of the builder may ask of the canvas. */
export interface CanvasHandle {
  reveal(resource: string): void;
  placeNextAt(point: Point): void;
}

interface CanvasProps {
  storageKey: string;
  ref: RefObject<CanvasHandle | null>;
  /** Kept between two times that the canvas is shown. */
  viewport: RefObject<Viewport | null>;
}

export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <CanvasFlow {...props} />
    </ReactFlowProvider>
  );
}

function CanvasFlow({ storageKey, ref, viewport }: CanvasProps) {
  const model = useDraft();
  const selection = useSelection();
  const problems = useProblems();
  const unread = useBuilder((state) => state.reading.places.unread);
  const actions = useBuilderActions();
  const flow = useReactFlow<ResourceNodeType, RelationshipEdgeType>();
  const flowStore = useStoreApi();
  const [connection, setConnection] = useState<ConnectionDraft | null>(null);

  const centre = useCallback((): Point | null => {
    const { width, height, domNode } = flowStore.getState();
    const box = domNode?.getBoundingClientRect();
    if (!box || width === 0) return null;
    const point = flow.screenToFlowPosition({ x: box.x + width / 2, y: box.y + height / 3 });
    return { x: point.x - nodeWidth / 2, y: point.y };
  }, [flow, flowStore]);
  const { positions, arranging, move, tidy, placeNextAt } = usePositions(storageKey, model, centre);

  const drawn = useRef<readonly ResourceNodeType[]>([]);
  const ready = positions !== null;
  drawn.current = ready
    ? resourceNodes({ model, positions, selection, problems: errorCounts(problems), unread }, drawn.current)
    : [];
  const edges = useMemo(() => relationshipEdges(model, selection), [model, selection]);

  const reveal = useCallback(
    (resource: string) => {
      const node = drawn.current.find(({ id }) => id === resource);
      if (!node) return;
      const { transform, width, height } = flowStore.getState();
      const [x, y, zoom] = transform;
      const left = node.position.x * zoom + x;
      const top = node.position.y * zoom + y;
      const size = { width: nodeWidth * zoom, height: nodeHeight(node.data.resource) * zoom };
      const visible = left >= 0 && top >= 0 && left + size.width <= width && top + Math.min(size.height, 80) <= height;
      if (visible && zoom >= 0.45) return;
      const half = Math.min(nodeHeight(node.data.resource) / 2, 160);
      flow.setCenter(node.position.x + nodeWidth / 2, node.position.y + half, {
        zoom: Math.max(zoom, 0.8),
        duration: prefersStill() ? 0 : 250,
      });
    },
    [flow, flowStore],
  );
  useImperativeHandle(ref, () => ({ reveal, placeNextAt }), [reveal, placeNextAt]);

  const onNodesChange = useCallback(
    (changes: NodeChange<ResourceNodeType>[]) => {
      const moved: Record<string, Point> = {};
      for (const change of changes) {
        if (change.type !== "position" || !change.position) continue;
        const node = drawn.current.find(({ id }) => id === change.id);
        if (node) moved[node.data.resource.table] = { x: change.position.x, y: change.position.y };
      }
      if (Object.keys(moved).length > 0) move(moved);
    },
    [move],
  );

  const onConnect = useCallback((made: Connection) => {
    setConnection((draft) => ({ at: draft?.at ?? { x: 0, y: 0 }, source: made.source, target: made.target }));
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!(event.target instanceof HTMLElement)) return;
    const resource = event.target.dataset.resource;
    if (resource === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const node = drawn.current.find(({ id }) => id === resource);
    if (!node) return;
    if (isArrowKey(event.key)) {
      event.preventDefault();
      if (event.shiftKey) {
        const step = { ArrowLeft: [-16, 0], ArrowRight: [16, 0], ArrowUp: [0, -16], ArrowDown: [0, 16] } as const;
        const [x, y] = step[event.key];
        move({ [node.data.resource.table]: { x: node.position.x + x, y: node.position.y + y } });
        return;
      }
      const next = neighbour(placedAt(node), drawn.current.map(placedAt), event.key);
      if (next === null) return;
      actions.select({ kind: "resource", resource: next });
      reveal(next);
      focusResource(next);
    } else if (event.key === "Enter") {
      event.preventDefault();
      actions.reveal({ kind: "resource", resource }, { focus: true });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      actions.remove(selection?.resource === resource ? selection : { kind: "resource", resource });
    }
  };

  if (!ready) {
    return (
      <div className="flex h-full items-center justify-center gap-2 text-muted text-sm" role="status">
        <Spinner />
        Arranging {model.resources.length} resources
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and clicks of the pictures within arrive here
    <div
      className="h-full"
      onKeyDown={onKeyDown}
      onDoubleClick={(event) => {
        if (!(event.target instanceof Element) || !event.target.classList.contains("react-flow__pane")) return;
        actions.askForResource(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
      }}
    >
      <ReactFlow<ResourceNodeType, RelationshipEdgeType>
        aria-label="Canvas of resources"
        // React Flow's types want arrays it could write to.
        nodes={drawn.current as ResourceNodeType[]}
        edges={edges as RelationshipEdgeType[]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onNodeClick={(_, node) => actions.select({ kind: "resource", resource: node.id })}
        onEdgeClick={(_, { data }) => {
          const end = data?.line.from;
          if (end && end.relationship !== null) {
            actions.select({ kind: "relationship", resource: end.resource, name: end.relationship });
          }
        }}
        onPaneClick={() => actions.select(null)}
        onConnect={onConnect}
        onConnectStart={(event) => setConnection({ at: pointOf(event), source: "", target: "" })}
        onConnectEnd={(event) => {
          const at = pointOf(event);
          setConnection((draft) => (draft && draft.target !== "" ? { ...draft, at } : null));
        }}
        onlyRenderVisibleElements
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        elevateNodesOnSelect={false}
        elevateEdgesOnSelect={false}
        nodeDragThreshold={3}
        minZoom={0.05}
        maxZoom={2}
        {...(viewport.current ? { defaultViewport: viewport.current } : { fitView: true, fitViewOptions: firstFit })}
        onMoveEnd={(_, moved) => {
          viewport.current = moved;
        }}
        attributionPosition="bottom-center"
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.25} color="var(--line-strong)" />
        <MiniMap
          pannable
          zoomable
          ariaLabel="Map of the whole model"
          className="hidden! rounded-lg border bg-surface! shadow-sm md:block!"
          style={{ width: 168, height: 112 }}
          bgColor="var(--surface)"
          maskColor="color-mix(in oklch, var(--canvas) 78%, transparent)"
          nodeColor={(node) => (node.selected ? "var(--accent)" : "var(--line-strong)")}
          nodeBorderRadius={12}
        />
        <Panel position="bottom-left">
          <CanvasControls
            arranging={arranging}
            onTidy={async () => {
              const before = await tidy();
              requestAnimationFrame(() => flow.fitView({ ...fitAll, duration: prefersStill() ? 0 : 250 }));
              toast("Arranged the canvas.", { action: { label: "Undo", onClick: () => move(before) } });
            }}
          />
        </Panel>
      </ReactFlow>
      <ConnectPopover
        connection={connection && connection.target !== "" ? connection : null}
        onClose={() => setConnection(null)}
      />
    </div>
  );
}

function placedAt(node: ResourceNodeType) {
  return {
    id: node.id,
    centre: { x: node.position.x + nodeWidth / 2, y: node.position.y + nodeHeight(node.data.resource) / 2 },
  };
}

/** It may have to be drawn first. */
function focusResource(resource: string, tries = 20): void {
  const element = document.querySelector<HTMLElement>(`[data-resource="${CSS.escape(resource)}"]`);
  if (element) element.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusResource(resource, tries - 1));
}

function pointOf(event: MouseEvent | TouchEvent): Point {
  const touch = "changedTouches" in event ? event.changedTouches[0] : event;
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}

function prefersStill(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
