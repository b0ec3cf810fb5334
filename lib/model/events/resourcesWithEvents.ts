import { allSteps } from "../processes/stepsWithin.ts";
import type { EmitStep, Process } from "../processTypes.ts";
import type { Model } from "../types.ts";

const known = new WeakMap<Model, ReadonlySet<string>>();

/** Names of the resources whose changes become events: those that say so, and those that a process starts by or waits for. */
export function resourcesWithEvents(model: Model): ReadonlySet<string> {
  let names = known.get(model);
  if (!names) {
    const named = new Set((model.processes ?? []).flatMap(namedBy));
    const told = model.resources.filter(({ name, features }) => features?.events === true || named.has(name));
    names = new Set(told.map(({ name }) => name));
    known.set(model, names);
  }
  return names;
}

/** Whether there is anything that becomes an event: a change, or what a process tells of. */
export function hasEvents(model: Model): boolean {
  return resourcesWithEvents(model).size > 0 || emitSteps(model).length > 0;
}

/** What processes tell of. */
export function emitSteps({ processes = [] }: Model): readonly EmitStep[] {
  return processes.flatMap(allSteps).filter((step) => step.kind === "emit");
}

function namedBy({ starts = [], ...process }: Process): readonly string[] {
  return [
    ...starts.flatMap((start) => (start.kind === "change" ? [start.resource] : [])),
    ...allSteps(process).flatMap((step) => (step.kind === "waitFor" ? [step.resource] : [])),
  ];
}
