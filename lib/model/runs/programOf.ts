import type { Process } from "../processTypes.ts";
import type { Model } from "../types.ts";
import type { ProcessProgram } from "./ProcessProgram.ts";

/** The program of a process of a verified model. */
export function programOf(_model: Model, process: Process): ProcessProgram {
  return { process, expressions: {} };
}
