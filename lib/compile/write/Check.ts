import type { AppError, FieldError } from "../../errors/AppError.ts";
import type { Expression } from "../../sql/Sql.ts";

/** Why a change was refused, as its statement knows it by a number. */
export interface Refusal {
  readonly code: AppError["code"];
  readonly error: FieldError;
}

/** Something that must be true of a row before or after its change. */
export interface Check {
  /** Refused where it is not true. */
  readonly condition: Expression;
  readonly refusal: Refusal;
  /** More telling refusals by what the row is like; the first that is true is meant. */
  readonly cases?: readonly { readonly when: Expression; readonly refusal: Refusal }[];
}
