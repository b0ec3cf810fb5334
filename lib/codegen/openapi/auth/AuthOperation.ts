import type { AppAuth } from "../../../model/processTypes.ts";
import type { JsonSchema } from "../JsonSchema.ts";
import type { Parameter } from "../Operation.ts";

/** One operation below `/auth`, as it is documented. */
export interface AuthOperation {
  readonly method: "get" | "post" | "patch" | "delete";
  /** Below `/auth`, names in braces. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  readonly body?: JsonSchema;
  readonly parameters?: readonly Parameter[];
  readonly status: number;
  /** What is answered; absent where that is nothing. */
  readonly answer?: JsonSchema;
  readonly refusals?: readonly number[];
  /** Whether the app has it; absent: every app that people sign in to. */
  readonly isThere?: (auth: AppAuth) => boolean;
}
