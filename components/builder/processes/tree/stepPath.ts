import type { Process } from "#lib/model/processTypes.ts";

/** The place of a process in the model, as problems name it. */
export function processPath(process: string): readonly string[] {
  return ["processes", process];
}

/** The place of a step, at whatever depth: names of steps are unique in their process. */
export function stepPath({ name }: Pick<Process, "name">, step: string): readonly string[] {
  return [...processPath(name), "steps", step];
}

export function startPath({ name }: Pick<Process, "name">, index: number): readonly string[] {
  return [...processPath(name), "starts", String(index)];
}
