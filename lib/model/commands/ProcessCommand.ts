import type { AppAuth, AppFunction, Connection, Process, Start, Step } from "../processTypes.ts";
import type { ListChange } from "./BehaviourCommand.ts";

/** Where a step stands: in a list of steps, before one of them; at its end where none is named. */
export interface StepPlace {
  /** The step that the list is of, and where in it (`["onError"]`, `["branches", "0"]`); null for the process's own. */
  readonly of: { readonly step: string; readonly at: readonly string[] } | null;
  readonly before?: string;
}

interface OfProcess {
  readonly process: string;
}

/** Commands on processes, functions, connections and sign-in. Renames follow every mention. */
export type ProcessCommand =
  | { readonly type: "addProcess"; readonly name: string }
  /** Adds it or replaces the one of its name; in its file only what differs is written. */
  | { readonly type: "setProcess"; readonly process: Process }
  | (OfProcess & { readonly type: "removeProcess" })
  | (OfProcess & { readonly type: "renameProcess"; readonly to: string })
  | (OfProcess & { readonly type: "renameInput"; readonly input: string; readonly to: string })
  | (OfProcess & { readonly type: "changeStarts"; readonly change: ListChange<Start> })
  | (OfProcess & { readonly type: "addStep"; readonly step: Step; readonly place: StepPlace })
  /** Replaces the one of its name, with all that stands in it. */
  | (OfProcess & { readonly type: "setStep"; readonly step: Step })
  /** With all that stands in it. */
  | (OfProcess & { readonly type: "moveStep"; readonly step: string; readonly place: StepPlace })
  | (OfProcess & { readonly type: "removeStep"; readonly step: string })
  | (OfProcess & { readonly type: "renameStep"; readonly step: string; readonly to: string })
  /** Adds it or replaces the one of its name. */
  | { readonly type: "setFunction"; readonly function: AppFunction }
  | { readonly type: "removeFunction"; readonly function: string }
  | { readonly type: "renameFunction"; readonly function: string; readonly to: string }
  /** `undefined`: nobody signs in to the app. */
  | { readonly type: "setAuth"; readonly auth: AppAuth | undefined }
  /** Adds it or replaces the one of its name. */
  | { readonly type: "setConnection"; readonly connection: Connection }
  | { readonly type: "removeConnection"; readonly connection: string }
  | { readonly type: "renameConnection"; readonly connection: string; readonly to: string };
