import * as fc from "fast-check";
import type { BehaviourCommand, ListChange } from "../commands/BehaviourCommand.ts";
import type { Model, Policy, Resource } from "../types.ts";
import type { Draw } from "./draw.ts";
import { chance } from "./draw.ts";

/** A command on what the model works out, does and allows; it may still be refused. Null when it has no resource. */
export function drawBehaviourCommand(draw: Draw, model: Model): BehaviourCommand | null {
  const one = <T>(values: readonly T[]): T => draw(() => fc.constantFrom(...values));
  if (model.resources.length === 0 || chance(draw, 8)) return ofApp(draw, model);
  const { name: resource, ...said } = one(model.resources);
  const commands = ofResource(draw, { name: resource, ...said });
  return one(commands);
}

function ofApp(draw: Draw, { app, resources }: Model): BehaviourCommand {
  const [role] = app.roles ?? [];
  if (role && chance(draw, 2)) return { type: "renameRole", role: role.name, to: "boss" };
  if (chance(draw, 2)) return { type: "setUsers", users: chance(draw, 2) ? undefined : resources[0]?.name };
  return {
    type: "setRoles",
    roles: chance(draw, 4) ? [] : [...(app.roles ?? []), { name: "guest", describe: "Looks" }],
  };
}

function ofResource(draw: Draw, of: Resource): readonly BehaviourCommand[] {
  const resource = of.name;
  const [calculation] = of.calculations ?? [];
  const [aggregate] = of.aggregates ?? [];
  const action = of.definedActions?.find(({ arguments: given }) => given);
  const [argument] = action?.arguments ?? [];
  const policy: Policy = { effect: "forbid", actions: ["update"], expression: "id == null" };
  return [
    {
      type: "setCalculation",
      resource,
      calculation: { name: "isReady", type: { kind: "boolean" }, expression: "id != null", stored: chance(draw, 2) },
    },
    {
      type: "setFeatures",
      resource,
      features: { softDelete: chance(draw, 2) ? true : undefined, versioned: { required: true } },
    },
    { type: "changePolicies", resource, change: drawChange(draw, of.policies ?? [], policy) },
    {
      type: "changeFieldPolicies",
      resource,
      change: drawChange(draw, of.fieldPolicies ?? [], { fields: ["title"], read: "false" }),
    },
    {
      type: "changeValidations",
      resource,
      change: drawChange(draw, of.validations ?? [], { expression: "id != null", message: "Odd", when: "true" }),
    },
    { type: "setConditionalUniques", resource, groups: chance(draw, 2) ? [] : [{ fields: ["title"], when: "true" }] },
    { type: "setAction", resource, action: { name: "finish", type: "update", accept: [], describe: "Ends it" } },
    {
      type: "setAction",
      resource,
      action: { name: "destroy", type: "destroy", require: [{ expression: "id != null" }] },
    },
    { type: "removeAction", resource, action: action?.name ?? "read" },
    { type: "setStates", resource, states: null },
    ...(calculation
      ? ([
          { type: "renameCalculation", resource, calculation: calculation.name, to: "worth" },
          { type: "removeCalculation", resource, calculation: calculation.name },
          { type: "setExpression", path: [resource, "calculations", calculation.name, "expression"], to: "id == null" },
        ] as const)
      : []),
    ...(aggregate
      ? ([
          { type: "renameAggregate", resource, aggregate: aggregate.name, to: "sumOfThem" },
          { type: "setAggregate", resource, aggregate: { ...aggregate, describe: "Said anew" } },
        ] as const)
      : []),
    ...(action && argument
      ? ([
          { type: "renameAction", resource, action: action.name, to: "proceed" },
          { type: "renameArgument", resource, action: action.name, argument: argument.name, to: "why" },
        ] as const)
      : []),
  ];
}

function drawChange<T>(draw: Draw, items: readonly T[], item: T): ListChange<T> {
  const index = draw(fc.nat, { max: Math.max(0, items.length - 1) });
  switch (draw(fc.nat, { max: 3 })) {
    case 0:
      return { kind: "add", item, at: index };
    case 1:
      return { kind: "set", index, item };
    case 2:
      return { kind: "remove", index };
    default:
      return { kind: "move", index, to: draw(fc.nat, { max: items.length }) };
  }
}
