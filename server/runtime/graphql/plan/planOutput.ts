import type { FieldNode } from "graphql";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { EdgeMember, ListMember, ListOutput, PageMember, Selection } from "#lib/plan/types.ts";
import { collectFields } from "./collectFields.ts";
import type { Planning } from "./Planning.ts";
import { planSummary } from "./summary/planSummary.ts";

interface OutputContext {
  readonly planning: Planning;
  /** What each item shows: given, since a selection holds lists again. */
  readonly select: (entity: Entity, nodes: readonly FieldNode[]) => Selection;
}

/** A connection as the plan prints it: exactly the members that were asked for, under the names asked for. */
export function planOutput(
  entity: Entity,
  parents: readonly FieldNode[],
  { planning, select }: OutputContext,
): ListOutput {
  return { kind: "object", members: membersOf(parents, planning, (as, name, nodes) => listMember(as, name, nodes)) };

  function listMember(as: string, name: string, nodes: readonly FieldNode[]): ListMember {
    switch (name) {
      case "nodes":
        return { kind: "items", as, selection: select(entity, nodes) };
      case "edges":
        return { kind: "edges", as, members: membersOf(nodes, planning, edgeMember) };
      case "pageInfo":
        return { kind: "page", as, members: membersOf(nodes, planning, pageMember) };
      case "totalCount":
        return { kind: "count", as };
      case "summary":
        return { kind: "summary", as, summary: planSummary(entity, nodes, planning) };
      default:
        return { kind: "constant", as, value: `${entity.name}Connection` };
    }
  }

  function edgeMember(as: string, name: string, nodes: readonly FieldNode[]): EdgeMember {
    switch (name) {
      case "node":
        return { kind: "node", as, selection: select(entity, nodes) };
      case "cursor":
        return { kind: "cursor", as };
      default:
        return { kind: "constant", as, value: `${entity.name}Edge` };
    }
  }
}

function membersOf<Member>(
  parents: readonly FieldNode[],
  planning: Planning,
  member: (as: string, name: string, nodes: readonly FieldNode[]) => Member,
): Member[] {
  const fields = collectFields(
    parents.map(({ selectionSet }) => selectionSet),
    planning.fields,
  );
  return [...fields].map(([as, nodes]) => {
    planning.countField();
    return member(as, nodes[0]?.name.value ?? "", nodes);
  });
}

function pageMember(as: string, name: string): PageMember {
  switch (name) {
    case "hasNextPage":
      return { kind: "hasNext", as };
    case "hasPreviousPage":
      return { kind: "hasPrevious", as };
    case "startCursor":
      return { kind: "start", as };
    case "endCursor":
      return { kind: "end", as };
    default:
      return { kind: "constant", as, value: "PageInfo" };
  }
}
