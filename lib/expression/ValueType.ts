/**
 * What an expression comes out as. Every value may be null, whatever its type; an expression that is certainly null has
 * the type `null`, which fits everywhere.
 */
export type ValueType =
  | { readonly kind: "null" }
  | { readonly kind: "boolean" }
  /** 64 bits; `bits` is known where fewer are enough (32 for an integer attribute). */
  | { readonly kind: "integer"; readonly bits?: number }
  /** Exact, with any number of digits. */
  | { readonly kind: "decimal" }
  | { readonly kind: "text" }
  | { readonly kind: "uuid" }
  | { readonly kind: "date" }
  | { readonly kind: "time" }
  /** A moment, in microseconds. */
  | { readonly kind: "timestamp" }
  /** A length of time, in microseconds. */
  | { readonly kind: "duration" }
  /** Compared with texts, which must be names of its options. */
  | { readonly kind: "choice"; readonly options: readonly string[] }
  /** Compared with money of the same currency; `.amount` is a decimal, `.currency` a text. */
  | { readonly kind: "money" }
  /** Only asked whether it is there and walked by `.name` and `[index]`, which give `json` again. */
  | { readonly kind: "json" }
  | { readonly kind: "list"; readonly of: ValueType }
  /** A value object. */
  | { readonly kind: "object"; readonly name: string; readonly members: readonly ObjectMember[] }
  /** A record that a to-one relationship leads to; compared by its key. */
  | { readonly kind: "record"; readonly resource: string }
  /** The records that a path through a to-many relationship leads to: only for quantifiers and aggregates. */
  | { readonly kind: "records"; readonly resource: string };

export interface ObjectMember {
  readonly name: string;
  readonly type: ValueType;
  /** The field that it shows, such as an attribute of the app's users as a member of `actor`. */
  readonly field?: { readonly resource: string; readonly member: string };
}

export type ValueKind = ValueType["kind"];
