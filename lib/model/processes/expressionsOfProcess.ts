import type { CheckedExpression } from "../../expression/check/checkExpression.ts";
import { checkExpression } from "../../expression/check/checkExpression.ts";
import type { ExpressionScope } from "../../expression/ExpressionScope.ts";
import type { ValueKind, ValueType } from "../../expression/ValueType.ts";
import { actionsOf } from "../actions/actionsOf.ts";
import { fieldType } from "../expressions/expressionsOf.ts";
import { resourceNamed } from "../expressions/resourceAlong.ts";
import { valueTypeOf } from "../expressions/valueTypeOf.ts";
import type { Process } from "../processTypes.ts";
import type { AttributeType, Model } from "../types.ts";
import { mapProcess } from "./mapProcess.ts";
import type { ProcessSlot, SlotExpects, SlotPlace } from "./ProcessSlot.ts";
import { plainFields } from "./plainFields.ts";
import { inputScope, outputScope, startScope, stepScope } from "./scopes.ts";

/** An expression of a process with all that is needed to check it, to complete it and to work it out. */
export interface ProcessExpression extends ProcessSlot {
  readonly text: string;
  /** Made when it is asked for. */
  readonly scope: () => ExpressionScope;
  /** What it must come out as; null where anything will do, or where that is unknown. */
  readonly expected: () => ValueType | readonly ValueKind[] | null;
  /** The choice field that is given the value. */
  readonly target: { readonly resource: string; readonly member: string } | null;
}

const known = new WeakMap<Model, Map<Process, readonly ProcessExpression[]>>();

/** Every expression of a process, in the order in which they stand. */
export function expressionsOfProcess(model: Model, process: Process): readonly ProcessExpression[] {
  let byProcess = known.get(model);
  if (!byProcess) {
    byProcess = new Map();
    known.set(model, byProcess);
  }
  const found = byProcess.get(process);
  if (found) return found;
  const placed: ProcessExpression[] = [];
  mapProcess(process, (text, slot) => {
    placed.push(processExpression(model, process, { text, slot }));
    return text;
  });
  byProcess.set(process, placed);
  return placed;
}

/** An expression in its slot, ready to be checked. */
export function processExpression(
  model: Model,
  process: Process,
  { text, slot }: { readonly text: string; readonly slot: ProcessSlot },
): ProcessExpression {
  return {
    ...slot,
    text,
    scope: () => scopeAt(model, process, slot.place),
    expected: () => expectedIn(model, slot.expects),
    target: targetOf(model, slot.expects),
  };
}

const checks = new WeakMap<ProcessExpression, CheckedExpression>();

/** The check of an expression of a process; made once. */
export function checkedProcessExpression(placed: ProcessExpression): CheckedExpression {
  const found = checks.get(placed);
  if (found) return found;
  const expected = placed.expected();
  const checked = checkExpression(placed.text, placed.scope(), {
    ...(expected ? { expected } : {}),
    ...(placed.target ? { target: placed.target } : {}),
  });
  checks.set(placed, checked);
  return checked;
}

/** What the expressions at a place may name. */
function scopeAt(model: Model, process: Process, place: SlotPlace): ExpressionScope {
  switch (place.at) {
    case "input":
      return inputScope(model);
    case "output":
      return outputScope(model, process);
    case "start": {
      const start = process.starts?.[place.index];
      return start ? startScope(model, process, start) : inputScope(model);
    }
    case "step":
      return stepScope(model, process, place.step, place.part);
  }
}

function expectedIn(model: Model, expects: SlotExpects): ValueType | readonly ValueKind[] | null {
  switch (expects.is) {
    case "condition":
      return { kind: "boolean" };
    case "kinds":
      return expects.kinds;
    case "type":
      return typed(expects.type, model);
    case "key": {
      const resource = resourceNamed(model, expects.resource);
      return resource && typed(resource.key.type, model);
    }
    case "field": {
      const resource = resourceNamed(model, expects.resource);
      const field = resource && plainFields(model, resource).find(({ name }) => name === expects.field);
      return field ? typed(field.type, model) : fieldType(model, expects.resource, expects.field);
    }
    case "given":
      return givenType(model, expects);
    case "parameter": {
      const found = model.functions?.find(({ name }) => name === expects.function);
      const parameter = found?.parameters.find(({ name }) => name === expects.name);
      return parameter ? typed(parameter.type, model) : null;
    }
    case "processInput": {
      const found = model.processes?.find(({ name }) => name === expects.process);
      const input = found?.input?.find(({ name }) => name === expects.name);
      return input ? typed(input.type, model) : null;
    }
  }
}

type Given = Extract<SlotExpects, { is: "given" }>;

function givenType(model: Model, { resource, action, name }: Given): ValueType | readonly ValueKind[] | null {
  const argument = argumentOf(model, { resource, action, name });
  if (argument) return typed(argument.type, model);
  const attribute = resourceNamed(model, resource)?.attributes.find((candidate) => candidate.name === name);
  return attribute ? typed(attribute.type, model) : fieldType(model, resource, name);
}

function argumentOf(model: Model, { resource, action, name }: Omit<Given, "is">) {
  const found = resourceNamed(model, resource);
  const acting = found ? actionsOf(found).find((candidate) => candidate.name === action) : undefined;
  return acting?.arguments?.find((argument) => argument.name === name);
}

/** Anything can be json. What is encrypted when it is stored is a text until then. */
function typed(type: AttributeType, model: Model): ValueType | readonly ValueKind[] | null {
  switch (type.kind) {
    case "json":
    case "file":
      return null;
    case "vector":
      return ["list"];
    case "encrypted":
      return { kind: "text" };
    default:
      return valueTypeOf(type, model);
  }
}

function targetOf(model: Model, expects: SlotExpects): ProcessExpression["target"] {
  if (expects.is === "field") return { resource: expects.resource, member: expects.field };
  if (expects.is !== "given" || argumentOf(model, expects)) return null;
  return { resource: expects.resource, member: expects.name };
}
