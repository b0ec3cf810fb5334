import { actionsOf } from "../actions/actionsOf.ts";
import { mapSame } from "../expressions/mapSame.ts";
import { resourceNamed } from "../expressions/resourceAlong.ts";
import { mapSteps } from "../processes/mapSteps.ts";
import type { NamedExpression, Process, Start, Step } from "../processTypes.ts";
import { present } from "../read/present.ts";
import type { Model } from "../types.ts";

type Now = (name: string) => string;

/** What things are called from now on, by the names that they have in the model; absent ones keep theirs. */
export interface ProcessNames {
  readonly resource?: Now;
  readonly action?: (resource: string, action: string) => string;
  /** A field of a resource, the key of a belongsTo or the belongsTo. */
  readonly field?: (resource: string, field: string) => string;
  readonly argument?: (resource: string, action: string, argument: string) => string;
  readonly function?: Now;
  readonly process?: Now;
  readonly input?: (process: string, input: string) => string;
  readonly connection?: Now;
}

/** The model in which processes speak of things by other names, but for those in expressions. */
export function renameProcessNames(model: Model, names: ProcessNames): Model {
  if (!model.processes) return model;
  const processes = mapSame(model.processes, (process) => {
    const renamed = withNames(model, process, names);
    return JSON.stringify(renamed) === JSON.stringify(process) ? process : renamed;
  });
  return processes === model.processes ? model : { ...model, processes };
}

function withNames(model: Model, process: Process, names: ProcessNames): Process {
  const starts = process.starts?.map((start) => withStartNames(start, process, names));
  const steps = mapSteps(process.steps, (step) => [withStepNames(model, step, names)]);
  return { ...process, ...present({ starts }), steps };
}

function withStartNames(start: Start, process: Process, names: ProcessNames): Start {
  const input = (name: string) => names.input?.(process.name, name) ?? name;
  switch (start.kind) {
    case "change":
      return {
        ...start,
        resource: names.resource?.(start.resource) ?? start.resource,
        ...present({
          actions: start.actions?.map((action) => names.action?.(start.resource, action) ?? action),
          fields: start.fields?.map((field) => names.field?.(start.resource, field) ?? field),
          input: named(start.input, input),
        }),
      };
    case "schedule":
      return { ...start, ...present({ input: named(start.input, input) }) };
    case "hook":
      return { ...start, ...present({ input: start.input?.map((one) => ({ ...one, name: input(one.name) })) }) };
    case "call":
      return start;
  }
}

function withStepNames(model: Model, step: Step, names: ProcessNames): Step {
  const resourceNow = (name: string) => names.resource?.(name) ?? name;
  switch (step.kind) {
    case "action":
      return {
        ...step,
        resource: resourceNow(step.resource),
        action: names.action?.(step.resource, step.action) ?? step.action,
        ...present({ input: named(step.input, givenName(model, step, names)) }),
      };
    case "find":
      return { ...step, resource: resourceNow(step.resource) };
    case "select": {
      const field = (name: string) => names.field?.(step.resource, name) ?? name;
      const { action = "read" } = step;
      return {
        ...step,
        resource: resourceNow(step.resource),
        ...present({
          action: step.action === undefined ? undefined : (names.action?.(step.resource, step.action) ?? step.action),
          arguments: named(step.arguments, (name) => names.argument?.(step.resource, action, name) ?? name),
          where: named(step.where, field),
          order: step.order?.map((term) => ({ ...term, name: field(term.name) })),
        }),
      };
    }
    case "waitFor":
      return {
        ...step,
        resource: resourceNow(step.resource),
        ...present({ actions: step.actions?.map((action) => names.action?.(step.resource, action) ?? action) }),
      };
    case "function":
      return { ...step, function: names.function?.(step.function) ?? step.function };
    case "process":
      return {
        ...step,
        process: names.process?.(step.process) ?? step.process,
        ...present({ input: named(step.input, (name) => names.input?.(step.process, name) ?? name) }),
      };
    case "request":
      return step.connection === undefined
        ? step
        : { ...step, connection: names.connection?.(step.connection) ?? step.connection };
    case "ask":
      return { ...step, connection: names.connection?.(step.connection) ?? step.connection };
    default:
      return step;
  }
}

/** What a name that an action is given is called: an argument of it, else a field of the record. */
function givenName(model: Model, { resource, action }: Extract<Step, { kind: "action" }>, names: ProcessNames): Now {
  const found = resourceNamed(model, resource);
  const acting = found ? actionsOf(found).find(({ name }) => name === action) : undefined;
  const given = new Set((acting?.arguments ?? []).map(({ name }) => name));
  return (name) => {
    if (given.has(name)) return names.argument?.(resource, action, name) ?? name;
    return names.field?.(resource, name) ?? name;
  };
}

function named(values: readonly NamedExpression[] | undefined, now: Now): readonly NamedExpression[] | undefined {
  return values?.map((one) => ({ ...one, name: now(one.name) }));
}
