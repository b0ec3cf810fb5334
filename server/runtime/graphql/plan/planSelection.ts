import { type FieldNode, isObjectType } from "graphql";
import { globalIdField, globalIdPrefix } from "#lib/codegen/graphql/graphqlNames.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { type Entity, entityNamed, isKeyField, readableOf } from "#lib/plan/catalog/Catalog.ts";
import type { ListShape, Selection, SelectionMember } from "#lib/plan/types.ts";
import { collectFields } from "./collectFields.ts";
import type { Planning } from "./Planning.ts";
import { planFilter } from "./planFilter.ts";
import { planOrder } from "./planOrder.ts";
import { planOutput } from "./planOutput.ts";
import { planPage } from "./planPage.ts";
import { planParts } from "./planParts.ts";

/** What an object of a resource's type shows, from the fields that lead to it. */
export function planSelection(entity: Entity, parents: readonly FieldNode[], planning: Planning): Selection {
  const fields = collectFields(
    parents.map(({ selectionSet }) => selectionSet),
    planning.fields,
    entity.name,
  );
  return [...fields].map(([as, nodes]) => planMember(entity, as, nodes, planning));
}

function planMember(entity: Entity, as: string, nodes: readonly FieldNode[], planning: Planning): SelectionMember {
  planning.countField();
  const name = nodes[0]?.name.value ?? "";
  if (name === "__typename") return { kind: "constant", as, value: entity.name };
  if (name === globalIdField) {
    return { kind: "field", as, field: "id", asText: true, prefix: globalIdPrefix(entity) };
  }
  const field = readableOf(entity, name);
  if (field) {
    // Keys are IDs in GraphQL, and IDs are text whatever the database holds.
    const isKey = isKeyField(field);
    const parts = planParts(field.type, nodes, planning);
    return { kind: "field", as, field: name, ...(isKey ? { asText: true } : {}), ...(parts ? { parts } : {}) };
  }
  const relationship = entity.relationships.get(name);
  if (!relationship) throw new Error(`${entity.name} has no ${name}, though the document was valid.`);
  const target = entityNamed(planning.catalog, relationship.target);
  return isToOne(relationship)
    ? { kind: "one", as, relationship: name, selection: planSelection(target, nodes, planning) }
    : {
        kind: "many",
        as,
        relationship: name,
        list: planList(target, nodes, { planning, parent: entity.name }),
      };
}

export interface ListContext {
  readonly planning: Planning;
  /** The type whose field it is: `Query` or a resource. */
  readonly parent: string;
}

/** A connection, at the root or under a record: what it holds by its arguments, what it shows by its selections. */
export function planList(entity: Entity, nodes: readonly FieldNode[], context: ListContext): ListShape {
  const { planning } = context;
  const args = argumentsOf(nodes, context);
  const order = planOrder(args.orderBy, entity, planning);
  return {
    where: planFilter(args.filter, entity, { planning, path: [], place: "filter" }),
    order,
    page: planPage(args, { planning, entity, order }),
    output: planOutput(entity, nodes, { planning, select: (item, fields) => planSelection(item, fields, planning) }),
  };
}

/** Nodes of one response name have equal arguments; validation saw to that. */
function argumentsOf([node]: readonly FieldNode[], { planning, parent }: ListContext): Record<string, unknown> {
  const type = planning.schema.getType(parent);
  const field = node && isObjectType(type) ? type.getFields()[node.name.value] : undefined;
  if (!node || !field) throw new Error(`${parent} has no field ${node?.name.value}, though the document was valid.`);
  return planning.fields.variables.heldArgumentsOf(field, node);
}
