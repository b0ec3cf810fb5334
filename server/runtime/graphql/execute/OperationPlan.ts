import type { ParameterValue, PlanValues, ReadShape } from "#lib/plan/types.ts";
import type { ParameterSource } from "../plan/ParameterSources.ts";
import type { VariableValues } from "../plan/VariableValues.ts";
import type { Execution } from "./Execution.ts";
import type { RootAnswer } from "./RootAnswer.ts";

/** What an operation comes to but for the values of its variables; kept, since most requests differ in these alone. */
export interface OperationPlan {
  readonly roots: readonly RootPlan[];
  /** The most records that it can read. */
  readonly cost: number;
}

export type RootPlan = ReadRoot | OtherRoot;

/** One statement, whose JSON is passed on. */
export interface ReadRoot {
  readonly kind: "read";
  readonly as: string;
  readonly nonNull: boolean;
  readonly shape: ReadShape;
  readonly sources: readonly ParameterSource[];
  /** What else the plan of a single request holds. */
  readonly more: ((values: VariableValues) => Omit<PlanValues, "parameters">) | null;
}

/** A field that is worked out anew each time. */
export interface OtherRoot {
  readonly kind: "other";
  readonly sources: readonly ParameterSource[];
  readonly answer: (call: OperationCall, parameters: readonly ParameterValue[]) => Promise<RootAnswer> | RootAnswer;
}

/** One request for an operation. */
export interface OperationCall {
  readonly values: () => VariableValues;
  readonly execution: Execution;
}
