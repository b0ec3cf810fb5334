import type { Expression } from "../Expression.ts";
import { someWithin } from "../partsOf.ts";

/** Whether an expression asks for fields of its own record alone, and for no relationships. */
export function isRowLocal(expression: Expression): boolean {
  return !someWithin(
    expression,
    (part) =>
      part.kind === "related" ||
      (part.kind === "field" && (part.record.root !== "record" || part.record.relationships.length > 0)),
  );
}
