/** Something that both sides changed, each in its own way. */
export interface MergeConflict {
  /** Where: `["Order", "attributes", "freight", "maxLength"]`, or the path of a file. */
  readonly path: readonly string[];
  /** In words, with both values and which of them the merge takes. */
  readonly sentence: string;
  /** What each side makes of it, in words; absent where there is nothing to choose. */
  readonly sides?: { readonly mine: string; readonly theirs: string };
  /** Each side obeys a rule that both together break: what is merged is no sound model. */
  readonly breaks?: true;
}

export type MergeSide = keyof NonNullable<MergeConflict["sides"]>;
