import type { ProgramKind } from "../naming/programFile.ts";

export const configFile = "gantry.config.ts";

/** More files of resources are refused. */
export const maxModelFiles = 2000;

/** More files of processes or of functions are refused. */
export const maxProgramFiles = 500;

/** Whether a file is part of the model. */
export function isModelFile(path: string): boolean {
  return path === configFile || /^(?:domain|processes|functions)\/[^/]+\.ts$/.test(path);
}

/** Whether a file holds a resource or a value object. */
export function isDomainFile(path: string): boolean {
  return /^domain\/[^/]+\.ts$/.test(path);
}

/** Whether a file holds a process or a function; null for neither. */
export function programKindOf(path: string): ProgramKind | null {
  const [, folder] = /^(processes|functions)\/[^/]+\.ts$/.exec(path) ?? [];
  return folder === undefined ? null : folder === "processes" ? "process" : "function";
}
