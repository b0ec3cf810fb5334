import type { Process, Step } from "../processTypes.ts";
import type { Model, Resource } from "../types.ts";

const known = new WeakMap<Model, ReadonlySet<string>>();

/** Names of the resources whose changes become events: those that say so, and those that a process starts by or waits for. */
export function resourcesWithEvents(model: Model): ReadonlySet<string> {
  let names = known.get(model);
  if (!names) {
    const isNamed = namedBy(model.processes ?? []);
    names = new Set(model.resources.filter((resource) => isEventful(resource, isNamed)).map(({ name }) => name));
    known.set(model, names);
  }
  return names;
}

/** Whether there is anything that becomes an event: a change, or what a process tells of. */
export function hasEvents(model: Model): boolean {
  return resourcesWithEvents(model).size > 0 || (model.processes ?? []).some(({ steps }) => steps.some(tells));
}

function isEventful({ name, features }: Resource, isNamed: ReadonlySet<string>): boolean {
  return features?.events === true || isNamed.has(name);
}

function namedBy(processes: readonly Process[]): ReadonlySet<string> {
  return new Set(
    processes.flatMap(({ starts = [], steps }) => [
      ...starts.flatMap((start) => (start.kind === "change" ? [start.resource] : [])),
      ...steps.flatMap(waitedFor),
    ]),
  );
}

function waitedFor(step: Step): readonly string[] {
  return [...(step.kind === "waitFor" ? [step.resource] : []), ...within(step).flatMap(waitedFor)];
}

function tells(step: Step): boolean {
  return step.kind === "emit" || within(step).some(tells);
}

/** The steps that stand in a step, one level down. */
function within(step: Step): readonly Step[] {
  return [...inside(step), ...(step.onError ?? []), ...(step.compensate ?? [])];
}

function inside(step: Step): readonly Step[] {
  switch (step.kind) {
    case "branch":
      return [...step.branches.flatMap(({ steps }) => steps), ...(step.otherwise ?? [])];
    case "parallel":
      return step.branches.flatMap(({ steps }) => steps);
    case "forEach":
    case "repeat":
      return step.steps;
    default:
      return [];
  }
}
