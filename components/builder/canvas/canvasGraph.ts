import { type Edge, type Node, Position } from "@xyflow/react";
import type { Model, Resource } from "#lib/model/types.ts";
import type { Selection } from "../state/Selection.ts";
import { headerHeight, nodeHeight, nodeWidth, rowMiddle } from "./geometry.ts";
import type { Positions } from "./positions.ts";
import { type RelationshipLine, relationshipLines } from "./relationshipLines.ts";

interface ResourceData extends Record<string, unknown> {
  readonly resource: Resource;
  readonly problems: number;
  /** Its file cannot be read for the moment. */
  readonly unread: boolean;
  /** The attribute or relationship that is selected in it. */
  readonly part: string | null;
}

export type ResourceNodeType = Node<ResourceData, "resource">;

interface RelationshipData extends Record<string, unknown> {
  readonly line: RelationshipLine;
  /** Heights of its ends within their pictures. */
  readonly rows: { readonly from: number; readonly to: number };
  /** Tells the lines of one resource apart. */
  readonly lane: number;
  readonly emphasis: "none" | "neighbour" | "selected";
}

export type RelationshipEdgeType = Edge<RelationshipData, "relationship">;

export interface CanvasInput {
  readonly model: Model;
  readonly positions: Positions;
  readonly selection: Selection | null;
  readonly problems: ReadonlyMap<string, number>;
  readonly unread: ReadonlySet<string>;
}

/** Pictures for React Flow; those of `previous` are used again where nothing changed, so that they are not drawn again. */
export function resourceNodes(input: CanvasInput, previous: readonly ResourceNodeType[]): readonly ResourceNodeType[] {
  const known = new Map(previous.map((node) => [node.id, node]));
  return input.model.resources.map((resource) => {
    const position = input.positions[resource.table] ?? { x: 0, y: 0 };
    const selected = input.selection?.resource === resource.name;
    const part = selected && input.selection && "name" in input.selection ? input.selection.name : null;
    const problems = input.problems.get(resource.name) ?? 0;
    const unread = input.unread.has(resource.name);
    const before = known.get(resource.name);
    if (
      before &&
      before.data.resource === resource &&
      before.position.x === position.x &&
      before.position.y === position.y &&
      before.selected === selected &&
      before.data.part === part &&
      before.data.problems === problems &&
      before.data.unread === unread
    ) {
      return before;
    }
    const size = { width: nodeWidth, height: nodeHeight(resource) };
    return {
      id: resource.name,
      type: "resource",
      position: { x: position.x, y: position.y },
      selected,
      zIndex: selected ? 1 : 0,
      data: { resource, problems, unread, part },
      ...size,
      measured: size,
      // Known before it is drawn, so that lines to what is out of sight can be drawn too.
      handles: [
        { id: "out", type: "source", position: Position.Right, x: nodeWidth, y: headerHeight / 2, width: 1, height: 1 },
        { id: "in", type: "target", position: Position.Left, x: 0, y: 0, ...size },
      ],
    };
  });
}

export function relationshipEdges(model: Model, selection: Selection | null): readonly RelationshipEdgeType[] {
  const byName = new Map(model.resources.map((resource) => [resource.name, resource]));
  return relationshipLines(model).flatMap((line) => {
    const source = byName.get(line.from.resource);
    const target = byName.get(line.to.resource);
    if (!source || !target) return [];
    const emphasis = emphasisOf(line, selection);
    return [
      {
        id: line.id,
        type: "relationship" as const,
        source: line.from.resource,
        target: line.to.resource,
        sourceHandle: "out",
        targetHandle: "in",
        selected: emphasis === "selected",
        ariaLabel: line.sentence,
        data: {
          line,
          rows: {
            from: rowMiddle(source, line.from.relationship),
            to: rowMiddle(target, line.to.relationship),
          },
          lane: Math.max(
            0,
            source.relationships.findIndex(({ name }) => name === line.from.relationship),
          ),
          emphasis,
        },
      },
    ];
  });
}

function emphasisOf({ from, to }: RelationshipLine, selection: Selection | null): RelationshipData["emphasis"] {
  if (!selection) return "none";
  if (selection.kind === "relationship") {
    const isEnd = [from, to].some(
      ({ resource, relationship }) => resource === selection.resource && relationship === selection.name,
    );
    if (isEnd) return "selected";
  }
  const touches = from.resource === selection.resource || to.resource === selection.resource;
  return touches && selection.kind === "resource" ? "neighbour" : "none";
}
