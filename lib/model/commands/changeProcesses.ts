import { AppError } from "../../errors/AppError.ts";
import { kebabCase } from "../naming/kebabCase.ts";
import { fieldNameShape } from "../naming/nameShape.ts";
import { inProgramOrder } from "../naming/programFile.ts";
import { reservedPart } from "../naming/reservedNames.ts";
import { mapLists, mapSteps } from "../processes/mapSteps.ts";
import { inputKey, stepsKey } from "../processes/scopes.ts";
import { stepNamed, withInner } from "../processes/stepsWithin.ts";
import type { Process, Step } from "../processTypes.ts";
import { renameInProcess } from "../rename/renameInExpressions.ts";
import { renameProcessNames } from "../rename/renameProcessNames.ts";
import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { changedList } from "./changeLists.ts";
import { refused } from "./checkName.ts";
import type { StepPlace } from "./ProcessCommand.ts";

export function addProcess(model: Model, { name }: CommandOf<"addProcess">): Change {
  checkProgramName(model, name, "name");
  return changed(withProcess(model, { name, steps: [] }));
}

export function setProcess(model: Model, { process }: CommandOf<"setProcess">): Change {
  if (!model.processes?.some(({ name }) => name === process.name)) checkProgramName(model, process.name, "process");
  return changed(withProcess(model, process));
}

export function removeProcess(model: Model, { process: of }: CommandOf<"removeProcess">): Change {
  const { name } = findProcess(model, of);
  return changed(withProcesses(model, model.processes?.filter((other) => other.name !== name) ?? []));
}

/** Follows the name into steps that run it. */
export function renameProcess(model: Model, { process: from, to }: CommandOf<"renameProcess">): Change {
  findProcess(model, from);
  if (from === to) return changed(model);
  checkProgramName(model, to, "to", from);
  const now = (name: string) => (name === from ? to : name);
  const followed = renameProcessNames(model, { process: now });
  const processes = followed.processes?.map((one) => (one.name === from ? { ...one, name: to } : one));
  return {
    model: withProcesses(followed, processes ?? []),
    renames: { resources: new Map(), members: new Map(), programs: new Map([[from, to]]) },
  };
}

/** Follows the name into the process's expressions, into what its starts give it and into steps that run it. */
export function renameInput(model: Model, { process: of, input: from, to }: CommandOf<"renameInput">): Change {
  const process = findProcess(model, of);
  if (!process.input?.some(({ name }) => name === from)) throw gone(`\`${of}\` has no input \`${from}\` any more.`);
  if (from === to) return changed(model);
  checkPartName(to, "to");
  if (process.input.some(({ name }) => name === to)) throw taken(`\`${of}\` has an input \`${to}\` already.`);
  const followed = renameInProcess(model, process, (reference) =>
    reference.kind === "member" && reference.resource === inputKey && reference.member === from ? to : null,
  );
  const renamed = {
    ...followed,
    input: process.input.map((one) => (one.name === from ? { ...one, name: to } : one)),
  };
  const input = (name: string, one: string) => (name === of && one === from ? to : one);
  return changed(renameProcessNames(withProcess(model, renamed), { input }));
}

export function changeStarts(model: Model, { process: of, change }: CommandOf<"changeStarts">): Change {
  const { starts = [], ...process } = findProcess(model, of);
  const next = changedList(starts, change);
  return changed(withProcess(model, next.length === 0 ? process : { ...process, starts: next }));
}

export function addStep(model: Model, { process: of, step, place }: CommandOf<"addStep">): Change {
  const process = findProcess(model, of);
  for (const { name } of withInner(step)) checkStepName(process, name, "step");
  return changed(withProcess(model, { ...process, steps: inserted(process, step, place) }));
}

export function setStep(model: Model, { process: of, step }: CommandOf<"setStep">): Change {
  const process = findProcess(model, of);
  const old = findStep(process, step.name);
  const [, ...within] = withInner(step).map(({ name }) => name);
  const own = new Set(withInner(old).map(({ name }) => name));
  for (const name of within) if (!own.has(name)) checkStepName(process, name, "step");
  const steps = mapSteps(process.steps, (other) => [other.name === step.name ? step : other]);
  return changed(withProcess(model, { ...process, steps }));
}

export function moveStep(model: Model, { process: of, step: name, place }: CommandOf<"moveStep">): Change {
  const process = findProcess(model, of);
  const step = findStep(process, name);
  const own = withInner(step).map((one) => one.name);
  if (place.before === name) return changed(model);
  if (place.of && own.includes(place.of.step)) throw refused("place", "cycle", "A step cannot stand in itself.");
  const without = { ...process, steps: withoutStep(process, name) };
  return changed(withProcess(model, { ...process, steps: inserted(without, step, place) }));
}

export function removeStep(model: Model, { process: of, step }: CommandOf<"removeStep">): Change {
  const process = findProcess(model, of);
  findStep(process, step);
  return changed(withProcess(model, { ...process, steps: withoutStep(process, step) }));
}

/** Follows the name into the process's expressions. */
export function renameStep(model: Model, { process: of, step: from, to }: CommandOf<"renameStep">): Change {
  const process = findProcess(model, of);
  findStep(process, from);
  if (from === to) return changed(model);
  checkStepName(process, to, "to");
  const followed = renameInProcess(model, process, (reference) =>
    reference.kind === "member" && reference.resource === stepsKey && reference.member === from ? to : null,
  );
  const steps = mapSteps(followed.steps, (step) => [step.name === from ? { ...step, name: to } : step]);
  return changed(withProcess(model, { ...followed, steps }));
}

function withoutStep({ steps }: Process, name: string): readonly Step[] {
  return mapSteps(steps, (step) => (step.name === name ? [] : [step]));
}

/** @throws AppError `not_found` when the place is gone. */
function inserted({ steps }: Process, step: Step, { of, before }: StepPlace): readonly Step[] {
  let found = false;
  const next = mapLists(steps, (list, owner, at) => {
    const isThere = of ? owner?.name === of.step && at.join(".") === of.at.join(".") : owner === null;
    if (!isThere) return list;
    found = true;
    const index = before === undefined ? list.length : list.findIndex(({ name }) => name === before);
    return list.toSpliced(index < 0 ? list.length : index, 0, step);
  });
  if (found || !of) return next;
  // A list for errors or undoing comes to be with its first step.
  return mapSteps(next, (owner) => {
    if (owner.name !== of.step) return [owner];
    const [option] = of.at;
    if (option === "onError" || option === "compensate") return [{ ...owner, [option]: [step] }];
    if (option === "otherwise" && owner.kind === "branch") return [{ ...owner, otherwise: [step] }];
    throw gone(`\`${of.step}\` has no such place for steps any more.`);
  });
}

/** @throws AppError `not_found` when there is no such process. */
function findProcess(model: Model, name: string): Process {
  const process = model.processes?.find((one) => one.name === name);
  if (process) return process;
  throw gone(`There is no process \`${name}\` any more.`);
}

function findStep(process: Process, name: string): Step {
  const step = stepNamed(process, name);
  if (step) return step;
  throw gone(`\`${process.name}\` has no step \`${name}\` any more.`);
}

/** The model with a process in the place of the one of its name, or at its place among the others. */
function withProcess(model: Model, process: Process): Model {
  const processes = model.processes ?? [];
  const isThere = processes.some(({ name }) => name === process.name);
  return withProcesses(
    model,
    isThere ? processes.map((one) => (one.name === process.name ? process : one)) : [...processes, process],
  );
}

/** In the order of their files. */
function withProcesses({ processes: _old, ...model }: Model, processes: readonly Process[]): Model {
  return processes.length === 0 ? model : { ...model, processes: inProgramOrder(processes) };
}

/** @throws AppError `invalid_model` when no process and no function can be called so. `but` is the one that is renamed. */
export function checkProgramName(model: Model, name: string, field: string, but?: string): void {
  checkPartName(name, field);
  const others = [...(model.processes ?? []), ...(model.functions ?? [])].filter((other) => other.name !== but);
  const clash = others.find((other) => kebabCase(other.name) === kebabCase(name));
  if (clash) throw taken(`There is a \`${clash.name}\` already.`, field);
}

function checkStepName(process: Process, name: string, field: string): void {
  checkPartName(name, field);
  if (stepNamed(process, name)) throw taken(`\`${process.name}\` has a step \`${name}\` already.`, field);
}

export function checkPartName(name: string, field: string): void {
  const shape = fieldNameShape(name);
  if (shape) throw refused(field, "name_shape", shape);
  const meaning = reservedPart(name);
  if (meaning) throw refused(field, "reserved_name", `\`${name}\` is ${meaning}. Choose another name.`);
}

function taken(message: string, field = "to"): AppError {
  return refused(field, "duplicate_name", `${message} Choose another name.`);
}

function gone(message: string): AppError {
  return new AppError("not_found", message);
}
