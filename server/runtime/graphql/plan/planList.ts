import { type FieldNode, getArgumentValues, isObjectType } from "graphql";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { ListShape } from "#lib/plan/types.ts";
import type { Planning } from "./Planning.ts";
import { planFilter } from "./planFilter.ts";
import { planOrder } from "./planOrder.ts";
import { planOutput } from "./planOutput.ts";
import { planPage } from "./planPage.ts";

export interface ListContext {
  readonly planning: Planning;
  /** The type whose field it is: `Query` or a resource. */
  readonly parent: string;
  /** How many come when the request does not say. */
  readonly size: number;
}

/** A connection, at the root or under a record: what it holds by its arguments, what it shows by its selections. */
export function planList(entity: Entity, nodes: readonly FieldNode[], context: ListContext): ListShape {
  const { planning, size } = context;
  const args = argumentsOf(nodes, context);
  const order = planOrder(args.orderBy, entity, planning);
  return {
    where: planFilter(args.filter, entity, { planning, path: [], place: "filter" }),
    order,
    page: planPage(args, { planning, entity, order, size }),
    output: planOutput(entity, nodes, planning),
  };
}

/** Nodes of one response name have equal arguments; validation saw to that. */
function argumentsOf([node]: readonly FieldNode[], { planning, parent }: ListContext): Record<string, unknown> {
  const type = planning.schema.getType(parent);
  const field = node && isObjectType(type) ? type.getFields()[node.name.value] : undefined;
  if (!node || !field) throw new Error(`${parent} has no field ${node?.name.value}, though the document was valid.`);
  return getArgumentValues(field, node, planning.fields.variables);
}
