import type { SourceRange } from "../sources.ts";

export interface Place {
  readonly file: string;
  readonly range: SourceRange;
}

/** Where the parts of a model stand in the sources. */
export interface Places {
  /**
   * The place of the part at a path such as `["Order", "attributes", "freight", "min"]`, or of the nearest part around it.
   * A resource stands where its name is written, an attribute or relationship where its name is, an option where its value is.
   * Null when not even the file is known.
   */
  rangeOf(path: readonly string[]): Place | null;
  /** The place of a part of the text at a path; `start` and `end` count in the text itself, in UTF-16 units. */
  rangeWithin(path: readonly string[], part: { readonly start: number; readonly end: number }): Place | null;
  /** Names of resources whose files could not be read (`app` for the app's own): nothing is known of what they hold. */
  readonly unread: ReadonlySet<string>;
}
