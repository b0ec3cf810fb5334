import type { ListChange } from "../../../model/commands/BehaviourCommand.ts";
import type { Model, Policy } from "../../../model/types.ts";
import { askerCondition } from "./Asker.ts";
import { type Cell, cellOf } from "./cellOf.ts";

/**
 * The change of a resource's policies that lets the people of a cell do what they may not: one more action for the policy
 * that is about nobody but them, or a new one. Null where another policy would still forbid it.
 */
export function allowing(model: Model, cell: Cell): ListChange<Policy> | null {
  const { asker, resource, action } = cell;
  if (cell.verdict !== "no") return null;
  const policies = resource.policies ?? [];
  const expression = askerCondition(asker);
  const readable = cellOf(model, { asker, resource, action: { name: "read", type: "read" } }).verdict !== "no";
  const touches = action.type === "update" || action.type === "destroy";
  const wanted = [
    ...(touches && !readable && resource.actions.includes("read") ? ["read"] : []),
    ...(cell.unreadable ? [] : [action.name]),
  ];
  const index = policies.findIndex((policy) => policy.effect === "allow" && policy.expression.trim() === expression);
  const own = policies[index];
  const change: ListChange<Policy> = own
    ? { kind: "set", index, item: { ...own, actions: [...own.actions, ...wanted] } }
    : { kind: "add", item: { effect: "allow", actions: wanted, expression } };
  const changed = own
    ? policies.map((policy, at) => (at === index && change.kind === "set" ? change.item : policy))
    : [...policies, ...(change.kind === "add" ? [change.item] : [])];
  const after = { ...resource, policies: changed };
  const changedModel = { ...model, resources: model.resources.map((one) => (one === resource ? after : one)) };
  return cellOf(changedModel, { asker, resource: after, action }).verdict === "no" ? null : change;
}
