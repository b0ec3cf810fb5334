import type { AppTest } from "../../model/testTypes.ts";

/** What a proposed test is about. */
export type PartKind =
  | "policy"
  | "fieldPolicy"
  | "validation"
  | "bound"
  | "required"
  | "unique"
  | "writable"
  | "transition"
  | "guard"
  | "requirement"
  | "action"
  | "calculation"
  | "aggregate"
  | "onDelete"
  | "softDelete"
  | "tenant";

/** A test that the model suggests, with the reason; true of the model that it was made of. */
export interface Proposal {
  /** Equal for equal parts of equal meaning, whatever else the model says. */
  readonly id: string;
  readonly kind: PartKind;
  /** Name of the resource that it is about. */
  readonly resource: string;
  /** Where the part stands in the model: `["Deal", "policies", "2"]`. */
  readonly part: readonly string[];
  /** camelCase name of the file that it would be written to. */
  readonly file: string;
  readonly test: AppTest;
}

/** A part for which no test could be made, and why. */
export interface Unsupported {
  readonly kind: PartKind;
  readonly resource: string;
  readonly part: readonly string[];
  /** A public sentence. */
  readonly why: string;
}

export interface Proposals {
  readonly proposals: readonly Proposal[];
  readonly unsupported: readonly Unsupported[];
}
