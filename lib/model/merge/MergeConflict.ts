/** Something that both sides changed, each in its own way. */
export interface MergeConflict {
  /** Where: `["Order", "attributes", "freight", "maxLength"]`, or the path of a file. */
  readonly path: readonly string[];
  /** In words, with both values and which of them the merge takes. */
  readonly sentence: string;
}
