import type { Expression } from "../../expression/Expression.ts";
import type { Process } from "../processTypes.ts";

/**
 * A version of a process with its expressions understood, as runs keep it: it means the same when the app has another
 * model by the time that a step is come to. Plain JSON.
 */
export interface ProcessProgram {
  readonly process: Process;
  /** By `slotKey`. */
  readonly expressions: Readonly<Record<string, Expression>>;
}

/** Where an expression stands: the name of a step (empty for the process itself), and its place there. */
export function slotKey(step: string, slot: string): string {
  return `${step}#${slot}`;
}
