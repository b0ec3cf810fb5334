import type { PartKind } from "../propose/Proposal.ts";

/** How much of what the model says the tests would miss if it were gone. */
export interface Coverage {
  readonly resources: readonly ResourceCoverage[];
  /** Changes of the model that no test notices. */
  readonly unnoticed: readonly Unnoticed[];
  /** How many changes of the model were tried. */
  readonly tried: number;
  /** Ids of tests that could not be held against changes: what they need is beyond the simulation. */
  readonly beyond: readonly string[];
}

export interface ResourceCoverage {
  readonly resource: string;
  readonly covered: number;
  readonly total: number;
  readonly uncovered: readonly UncoveredPart[];
}

export interface UncoveredPart {
  readonly kind: PartKind;
  readonly part: readonly string[];
  /** The model without it, in words. */
  readonly sentence: string;
  /** Ids of proposals that would cover it. */
  readonly proposals: readonly string[];
}

export interface Unnoticed {
  readonly id: string;
  readonly kind: PartKind;
  readonly resource: string;
  readonly part: readonly string[];
  readonly sentence: string;
  /** Ids of proposals that would notice it. */
  readonly proposals: readonly string[];
}
