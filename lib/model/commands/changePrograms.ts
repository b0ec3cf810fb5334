import { AppError } from "../../errors/AppError.ts";
import { inProgramOrder } from "../naming/programFile.ts";
import type { AppFunction, Connection } from "../processTypes.ts";
import { renameProcessNames } from "../rename/renameProcessNames.ts";
import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import {
  addProcess,
  addStep,
  changeStarts,
  checkPartName,
  checkProgramName,
  moveStep,
  removeProcess,
  removeStep,
  renameInput,
  renameProcess,
  renameStep,
  setProcess,
  setStep,
} from "./changeProcesses.ts";
import { refused } from "./checkName.ts";
import type { ProcessCommand } from "./ProcessCommand.ts";
import { withOptional } from "./withOptional.ts";

/** What a command on processes, functions, connections or sign-in means for a model. */
export function changePrograms(model: Model, command: ProcessCommand): Change {
  switch (command.type) {
    case "addProcess":
      return addProcess(model, command);
    case "setProcess":
      return setProcess(model, command);
    case "removeProcess":
      return removeProcess(model, command);
    case "renameProcess":
      return renameProcess(model, command);
    case "renameInput":
      return renameInput(model, command);
    case "changeStarts":
      return changeStarts(model, command);
    case "addStep":
      return addStep(model, command);
    case "setStep":
      return setStep(model, command);
    case "moveStep":
      return moveStep(model, command);
    case "removeStep":
      return removeStep(model, command);
    case "renameStep":
      return renameStep(model, command);
    case "setFunction":
      return setFunction(model, command);
    case "removeFunction":
      return removeFunction(model, command);
    case "renameFunction":
      return renameFunction(model, command);
    case "setAuth":
      return changed({ ...model, app: withOptional(model.app, "auth", command) });
    case "setConnection":
      return setConnection(model, command);
    case "removeConnection":
      return removeConnection(model, command);
    case "renameConnection":
      return renameConnection(model, command);
  }
}

function setFunction(model: Model, { function: one }: CommandOf<"setFunction">): Change {
  const functions = model.functions ?? [];
  const isThere = functions.some(({ name }) => name === one.name);
  if (!isThere) checkProgramName(model, one.name, "function");
  const next = isThere ? functions.map((other) => (other.name === one.name ? one : other)) : [...functions, one];
  return changed(withFunctions(model, next));
}

function removeFunction(model: Model, { function: name }: CommandOf<"removeFunction">): Change {
  findFunction(model, name);
  return changed(withFunctions(model, model.functions?.filter((other) => other.name !== name) ?? []));
}

/** Follows the name into steps that run it. */
function renameFunction(model: Model, { function: from, to }: CommandOf<"renameFunction">): Change {
  findFunction(model, from);
  if (from === to) return changed(model);
  checkProgramName(model, to, "to", from);
  const followed = renameProcessNames(model, { function: (name) => (name === from ? to : name) });
  const functions = followed.functions?.map((one) => (one.name === from ? { ...one, name: to } : one));
  return {
    model: withFunctions(followed, functions ?? []),
    renames: { resources: new Map(), members: new Map(), programs: new Map([[from, to]]) },
  };
}

function findFunction(model: Model, name: string): void {
  if (model.functions?.some((one) => one.name === name)) return;
  throw new AppError("not_found", `There is no function \`${name}\` any more.`);
}

function withFunctions({ functions: _old, ...model }: Model, functions: readonly AppFunction[]): Model {
  return functions.length === 0 ? model : { ...model, functions: inProgramOrder(functions) };
}

function setConnection(model: Model, { connection }: CommandOf<"setConnection">): Change {
  const connections = model.app.connections ?? [];
  const isThere = connections.some(({ name }) => name === connection.name);
  if (!isThere) checkPartName(connection.name, "connection");
  const next = isThere
    ? connections.map((other) => (other.name === connection.name ? connection : other))
    : [...connections, connection];
  return changed(withConnections(model, next));
}

function removeConnection(model: Model, { connection: name }: CommandOf<"removeConnection">): Change {
  findConnection(model, name);
  return changed(withConnections(model, model.app.connections?.filter((other) => other.name !== name) ?? []));
}

/** Follows the name into steps that call it. */
function renameConnection(model: Model, { connection: from, to }: CommandOf<"renameConnection">): Change {
  findConnection(model, from);
  if (from === to) return changed(model);
  checkPartName(to, "to");
  if (model.app.connections?.some(({ name }) => name === to)) {
    throw refused("to", "duplicate_name", `There is a connection \`${to}\` already. Choose another name.`);
  }
  const followed = renameProcessNames(model, { connection: (name) => (name === from ? to : name) });
  const next = followed.app.connections?.map((one) => (one.name === from ? { ...one, name: to } : one));
  return changed(withConnections(followed, next ?? []));
}

function findConnection({ app }: Model, name: string): void {
  if (app.connections?.some((one) => one.name === name)) return;
  throw new AppError("not_found", `There is no connection \`${name}\` any more.`);
}

function withConnections(model: Model, connections: readonly Connection[]): Model {
  const { connections: _old, ...app } = model.app;
  return { ...model, app: connections.length === 0 ? app : { ...app, connections } };
}
