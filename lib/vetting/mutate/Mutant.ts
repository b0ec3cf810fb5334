import type { Model } from "../../model/types.ts";
import type { PartKind } from "../propose/Proposal.ts";

/** A model that says one thing otherwise: a test that still passes does not notice. */
export interface Mutant {
  readonly id: string;
  readonly kind: PartKind;
  /** Name of the resource that says it. */
  readonly resource: string;
  /** Where what is changed stands, as proposals name it. */
  readonly part: readonly string[];
  /** What is changed, in words: `without “Won deals are kept.”`, "`<` instead of `<=` in …". */
  readonly sentence: string;
  /** Whether the part is gone altogether; the others only change it. */
  readonly drops: boolean;
  /** Whether it needs the very same tables, so that a runtime can try it on the model's own scratch database. */
  readonly sameTables: boolean;
  readonly model: Model;
}
