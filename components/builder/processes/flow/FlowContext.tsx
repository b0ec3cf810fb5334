"use client";

import { createContext, type ReactNode, use } from "react";
import type { Process, StepKind } from "#lib/model/processTypes.ts";
import type { StepPlace } from "../tree/StepPlace.ts";
import type { Say } from "../words/stepSentence.ts";
import type { StepMark } from "./StepMark.ts";
import type { StepTrace } from "./StepTrace.ts";

/** What the panel beside the flow is about. */
export type FlowSelection =
  | { readonly kind: "process" }
  | { readonly kind: "start"; readonly index: number }
  | { readonly kind: "step"; readonly name: string };

/** A process as it is shown, and what can be done with it. */
export interface Flow {
  readonly process: Process;
  readonly selection: FlowSelection;
  /** Shows another thing in the panel; `focus` moves the keyboard into it. */
  readonly select: (selection: FlowSelection, options?: { readonly focus?: boolean }) => void;
  /** What came of steps in a run or a trial; empty where none is drawn. */
  readonly marks: ReadonlyMap<string, StepMark>;
  /** The same at length: each time that a step was done. */
  readonly notes: ReadonlyMap<string, readonly StepTrace[]>;
  /** Problems by the names of steps, and of starts by `start 0`. */
  readonly problems: ReadonlyMap<string, number>;
  /** Conditions in words; the same function while the model stays the same. */
  readonly sayAt: (step: string) => Say;
  /** Null where it is only looked at. */
  readonly edit: FlowEditing | null;
}

export interface FlowEditing {
  /** Where the choice of a new step is open. */
  readonly inserting: StepPlace | null;
  readonly askForStep: (place: StepPlace | null) => void;
  readonly askForStart: () => void;
  readonly insert: (place: StepPlace, kind: StepKind) => void;
  readonly move: (name: string, to: StepPlace) => void;
  /** To the next place up or down that it can take, also into and out of branches. */
  readonly moveBy: (name: string, direction: -1 | 1) => void;
  readonly remove: (name: string) => void;
  readonly removeStart: (index: number) => void;
  readonly duplicate: (name: string) => void;
  readonly copy: (name: string) => void;
  readonly paste: (place: StepPlace) => void;
}

const FlowContext = createContext<Flow | null>(null);

export function FlowProvider({ flow, children }: { flow: Flow; children: ReactNode }) {
  return <FlowContext value={flow}>{children}</FlowContext>;
}

export function useFlow(): Flow {
  const flow = use(FlowContext);
  if (!flow) throw new Error("This belongs inside a flow.");
  return flow;
}
