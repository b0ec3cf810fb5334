export type Comparison = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";

/** The attribute that a filter or a path names, as it was written. */
export interface AttributePath {
  /** Of an extension or of the core schema; null where none stands before it. */
  readonly urn: string | null;
  readonly name: string;
  readonly sub: string | null;
}

/** A filter of RFC 7644, 3.4.2.2. */
export type Filter =
  | { readonly kind: "present"; readonly path: AttributePath }
  | {
      readonly kind: "compare";
      readonly path: AttributePath;
      readonly operator: Comparison;
      readonly value: string | number | boolean | null;
    }
  | { readonly kind: "and" | "or"; readonly left: Filter; readonly right: Filter }
  | { readonly kind: "not"; readonly inner: Filter }
  /** Whether one value of a list fits it all: `emails[type eq "work"]`. */
  | { readonly kind: "some"; readonly path: AttributePath; readonly inner: Filter };

/** Where a PATCH changes something: `emails[type eq "work"].value`. */
export interface PatchPath {
  readonly path: AttributePath;
  readonly inner: Filter | null;
  /** What follows the brackets. */
  readonly sub: string | null;
}
