import type { Step } from "#lib/model/processTypes.ts";
import type { Lane } from "../tree/lanes.ts";
import type { StepPlace } from "../tree/StepPlace.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where everything of a process stands on the canvas. */
export interface FlowPlan {
  readonly starts: readonly { readonly index: number; readonly box: Box }[];
  readonly steps: readonly { readonly step: Step; readonly place: StepPlace; readonly box: Box }[];
  /** Frames around what is repeated. */
  readonly frames: readonly { readonly name: string; readonly box: Box }[];
  /** What each list within a step is for. */
  readonly lanes: readonly { readonly step: Step; readonly lane: Lane; readonly box: Box }[];
  /** Where a step can be put; `empty` where its list has none. */
  readonly inserts: readonly { readonly place: StepPlace; readonly at: Point; readonly empty: boolean }[];
  readonly lines: readonly FlowLine[];
  readonly end: Box;
  readonly width: number;
  readonly height: number;
}

export interface FlowLine {
  readonly points: readonly Point[];
  readonly tone: "plain" | "error" | "undo" | "loop";
  /** Whether it ends with the head of an arrow. */
  readonly arrow: boolean;
}

export const cardSize = { width: 248, height: 72 };
export const startSize = { width: 248, height: 64 };
export const laneSize = { width: 208, height: 40 };
export const endSize = { width: 96, height: 28 };
