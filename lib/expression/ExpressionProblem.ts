/** What is wrong with an expression, and where in its text: UTF-16 offsets, `end` exclusive. */
export interface ExpressionProblem {
  readonly code: ExpressionProblemCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** What to put in place of the text between the offsets. */
  readonly suggestion?: string;
}

export type ExpressionProblemCode =
  | "syntax"
  | "too_long"
  | "too_deep"
  | "too_large"
  | "unknown_name"
  | "unknown_function"
  | "wrong_type"
  | "wrong_count"
  | "not_here"
  | "bad_literal"
  | "bad_pattern";
