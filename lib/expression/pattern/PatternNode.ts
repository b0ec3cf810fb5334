/** Code points, both ends included, sorted and apart. */
export type CodePoints = readonly (readonly [from: number, to: number])[];

/** A pattern as a tree. */
export type PatternNode =
  | { readonly kind: "set"; readonly points: CodePoints }
  | { readonly kind: "sequence"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "either"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly part: PatternNode; readonly min: number; readonly max: number | null };
