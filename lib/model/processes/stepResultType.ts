import type { ObjectMember, ValueType } from "../../expression/ValueType.ts";
import { actionsOf } from "../actions/actionsOf.ts";
import { resourceNamed } from "../expressions/resourceAlong.ts";
import { valueTypeOf } from "../expressions/valueTypeOf.ts";
import type { Process, Step } from "../processTypes.ts";
import type { AttributeType, Model } from "../types.ts";
import { recordType } from "./plainFields.ts";

const unknown: ValueType = { kind: "json" };

/** The type of what a step results in; `null` where it is always null, `json` where what it speaks of is not there. */
export function stepResultType(model: Model, step: Step): ValueType {
  switch (step.kind) {
    case "action":
      return isDestroy(model, step) ? { kind: "null" } : recordType(model, step.resource);
    case "find":
    case "waitFor":
      return recordType(model, step.resource);
    case "select":
      return { kind: "list", of: recordType(model, step.resource) };
    case "transform":
      return objectType(model, step.name, step.values);
    case "request": {
      const taken = objectMembers(model, step.take ?? []).filter(({ name }) => name !== "status");
      return { kind: "object", name: step.name, members: [{ name: "status", type: { kind: "integer" } }, ...taken] };
    }
    case "function": {
      const found = model.functions?.find(({ name }) => name === step.function);
      return found ? valueTypeOf(found.returns, model) : unknown;
    }
    case "process": {
      const found = model.processes?.find(({ name }) => name === step.process);
      if (step.detached) return { kind: "null" };
      return found ? processResultType(model, found) : unknown;
    }
    case "ask":
      return objectType(model, step.name, step.returns);
    case "forEach":
    case "repeat":
      return { kind: "integer" };
    case "wait":
      return { kind: "timestamp" };
    case "branch":
    case "parallel":
    case "mail":
    case "emit":
    case "fail":
      return { kind: "null" };
  }
}

/** The type of what a run of a process comes to. */
function processResultType(model: Model, { name, output = [] }: Process): ValueType {
  return output.length === 0 ? { kind: "null" } : objectType(model, name, output);
}

function isDestroy(
  model: Model,
  { resource, action }: { readonly resource: string; readonly action: string },
): boolean {
  const found = resourceNamed(model, resource);
  const type = found ? actionsOf(found).find(({ name }) => name === action)?.type : null;
  return (type ?? action) === "destroy";
}

type Typed = readonly { readonly name: string; readonly type: AttributeType }[];

function objectType(model: Model, name: string, values: Typed): ValueType {
  return { kind: "object", name, members: objectMembers(model, values) };
}

export function objectMembers(model: Model, values: Typed): readonly ObjectMember[] {
  return values.map(({ name, type }) => ({ name, type: valueTypeOf(type, model) }));
}
