import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import type { Model } from "#lib/model/types.ts";

/** Why a process or function cannot be called so: they share their names. */
export function behaviourNameProblem(
  { processes = [], functions = [] }: Pick<Model, "processes" | "functions">,
  name: string,
): string | null {
  const shape = fieldNameShape(name);
  if (shape) return shape;
  if (processes.some((one) => one.name === name)) return `There is a process \`${name}\` already.`;
  return functions.some((one) => one.name === name) ? `There is a function \`${name}\` already.` : null;
}
