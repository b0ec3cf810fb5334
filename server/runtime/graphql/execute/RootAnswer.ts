import type { GraphQLFormattedError } from "graphql";

/** What one root field came to: its JSON, and what went wrong where it did. */
export interface RootAnswer {
  readonly name: string;
  /** JSON in UTF-8, in pieces that follow each other; null where the field is null. */
  readonly json: readonly Uint8Array[] | null;
  readonly errors: readonly GraphQLFormattedError[];
  /** The field's type has no null: its failure takes all of `data` with it. */
  readonly nonNull: boolean;
}
