import type { FieldNode } from "graphql";
import type { FieldContext } from "../plan/collectFields.ts";

/** One field of the query or mutation type as it was asked for. */
export interface RootField {
  /** Its name in the answer. */
  readonly as: string;
  readonly nodes: readonly FieldNode[];
  readonly fields: FieldContext;
}
