import { type FieldNode, isObjectType } from "graphql";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { defaultPageSize, maxPageSize } from "#lib/plan/read/limits.ts";
import { SummaryPlanning } from "#lib/plan/read/summary/SummaryPlanning.ts";
import type { SummaryShape } from "#lib/plan/types.ts";
import type { Planning } from "../Planning.ts";
import { planGroups } from "./planGroups.ts";
import { planHaving } from "./planHaving.ts";
import { planSummaryOrder } from "./planSummaryOrder.ts";
import { planSummaryOutput } from "./planSummaryOutput.ts";

/** `summary(groupBy:, having:, orderBy:, first:)` of a connection: what its records come to. */
export function planSummary(entity: Entity, nodes: readonly FieldNode[], planning: Planning): SummaryShape {
  const { groupBy, having, orderBy, first } = argumentsOf(entity, nodes, planning);
  const summary = new SummaryPlanning(planning.catalog, entity, (error) => planning.refuse(error));
  const context = { planning, summary, entity };
  planGroups(groupBy, context);
  const output = planSummaryOutput(nodes, context);
  planHaving(having, context);
  planSummaryOrder(orderBy, context);
  return summary.shape(sizeOf(first, planning), output);
}

/** What the parts of a summary are planned with. */
export interface SummaryContext {
  readonly planning: Planning;
  readonly summary: SummaryPlanning;
  readonly entity: Entity;
}

function sizeOf(first: unknown, planning: Planning): number {
  if (first === undefined || first === null) return defaultPageSize;
  if (typeof first === "number" && first >= 1 && first <= maxPageSize) return first;
  planning.refuse({ field: "first", rule: "range", message: `Ask for between 1 and ${maxPageSize}.` });
  return defaultPageSize;
}

/** A plan of a summary holds for these very arguments. */
function argumentsOf({ name }: Entity, [node]: readonly FieldNode[], { schema, fields }: Planning) {
  const type = schema.getType(`${name}Connection`);
  const field = node && isObjectType(type) ? type.getFields()[node.name.value] : undefined;
  if (!node || !field) throw new Error(`${name} has no summaries, though the document was valid.`);
  return fields.variables.argumentsOf(field, node);
}
