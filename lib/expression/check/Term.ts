import type { Expression, FieldValue, RecordPath } from "../Expression.ts";
import type { Span } from "../parse/SyntaxNode.ts";

/** What a piece of syntax stands for. Only values are expressions by themselves. */
export type Term = ValueTerm | RecordTerm | RecordsTerm | ColumnTerm;

export interface ValueTerm extends Span {
  readonly kind: "value";
  readonly expression: Expression;
  readonly origin: Origin | null;
}

/** Where a choice (or a list of choices) comes from: whose options its values name. */
export type Origin =
  | { readonly kind: "choice"; readonly resource: string; readonly member: string }
  | { readonly kind: "role" };

/** One record. */
export interface RecordTerm extends Span {
  readonly kind: "record";
  readonly path: RecordPath;
  /** Its key: the field of the record before it that refers to it, where there is one, else its own `id`. */
  readonly key: FieldValue;
}

/** Related records. */
export interface RecordsTerm extends Span {
  readonly kind: "records";
  readonly from: RecordPath;
  readonly path: readonly string[];
  readonly resource: string;
  /** The name under which conditions see the record at the end. */
  readonly variable: string;
  /** What `filter` leaves. */
  readonly where: Expression | null;
}

/** A value of each of the related records: `lines.amount`. */
export interface ColumnTerm extends Span {
  readonly kind: "column";
  readonly records: RecordsTerm;
  readonly value: ValueTerm;
}

export function sameOrigin(a: Origin | null, b: Origin | null): boolean {
  if (a?.kind === "choice" && b?.kind === "choice") return a.resource === b.resource && a.member === b.member;
  return a?.kind === "role" && b?.kind === "role";
}
