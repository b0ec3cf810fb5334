import type { OperatorName } from "./operators.ts";
import type { ValueType } from "./ValueType.ts";

/**
 * A checked expression: every name resolved, every type known, implicit conversions made explicit. Plain JSON, frozen;
 * both back-ends start here. Three-valued logic throughout: an operator answers null where an operand is null, but for
 * `and`, `or`, `coalesce`, `isNull`, `isNotNull`, `if`, `in`, `list` and the macros, as SQL does. What has no value
 * (division by zero, an overflow of 64 bits, a text that is no date) is null too.
 */
export type Expression = Literal | ContextValue | FieldValue | VariableValue | Operation | Comprehension | Related;

/** Canonical: integers, decimals, dates, moments, durations as texts (see `Value`). */
export interface Literal {
  readonly kind: "literal";
  readonly type: ValueType;
  readonly value: LiteralValue;
}

export type LiteralValue = string | boolean | null | readonly LiteralValue[];

/** Known before any record is looked at: `["actor", "id"]`, `["arguments", "reason"]`, `["now"]`, `["today"]`. */
export interface ContextValue {
  readonly kind: "context";
  readonly type: ValueType;
  readonly path: readonly string[];
}

/** A field of a record: an attribute, its key `id`, a reference `<belongsTo>Id`, a calculation or an aggregate. */
export interface FieldValue {
  readonly kind: "field";
  readonly type: ValueType;
  readonly record: RecordPath;
  readonly field: string;
  /**
   * Members of a value object or of json, outermost first; in json an item of a list is its number from 0 in digits.
   * Money has `amountOf` and `currencyOf` instead.
   */
  readonly members: readonly string[];
}

/** A record in sight: the root, or a variable of a quantifier, and the to-one relationships that lead on from it. */
export interface RecordPath {
  /** `record` is the one that the expression is about. */
  readonly root: string;
  readonly relationships: readonly string[];
  /** The resource at the end. */
  readonly resource: string;
}

/** An element of a list, bound by a comprehension. */
export interface VariableValue {
  readonly kind: "variable";
  readonly type: ValueType;
  readonly name: string;
  /** Members of a value object, outermost first; absent for the element itself. */
  readonly members?: readonly string[];
}

export interface Operation {
  readonly kind: "operation";
  readonly type: ValueType;
  readonly operator: OperatorName;
  readonly operands: readonly Expression[];
}

/**
 * A macro over a list value; null where the list is null. A condition that is unknown for an element is not fulfilled by
 * it, so `exists`, `all` and `existsOne` are true or false. Variables of one expression all have names of their own.
 */
export interface Comprehension {
  readonly kind: "comprehension";
  readonly type: ValueType;
  readonly macro: "exists" | "all" | "existsOne" | "filter" | "map";
  readonly list: Expression;
  readonly variable: string;
  readonly body: Expression;
}

/**
 * A quantifier or an aggregate over related records. `exists`, `all` and `count` are never null: where a condition is
 * unknown for a record, the record does not count as fulfilling it. `sum` and the rest leave out values that are null, and are null where none is left;
 * but `first` is the value of the first record, null or not. The sum of integers is an integer (null outside of 64 bits), their average a decimal.
 */
export interface Related {
  readonly kind: "related";
  readonly type: ValueType;
  readonly function: RelatedFunction;
  /** Where the path starts; its to-one relationships are in it. */
  readonly from: RecordPath;
  /** The relationships from there on, the first of them to many: a bag, a record reached twice counts twice. */
  readonly path: readonly string[];
  /** The resource at the path's end. */
  readonly resource: string;
  /** The name under which conditions and values see the record at the path's end. */
  readonly variable: string;
  readonly where: Expression | null;
  /** What is aggregated; null for `exists`, `all` and `count`. */
  readonly value: Expression | null;
  /** For `first` and `list`; the key comes last by itself. */
  readonly order: readonly { readonly value: Expression; readonly descending: boolean }[];
}

export type RelatedFunction = "exists" | "all" | "count" | "sum" | "avg" | "min" | "max" | "first" | "list";
