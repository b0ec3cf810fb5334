/** An app's files: path in the repository (`domain/order.ts`) to text. `gantry.config.ts`, `domain/*.ts`, `processes/*.ts` and `functions/*.ts` are read as the model, `operations/*.graphql` go along with it; the rest is carried along. */
export type Sources = Readonly<Record<string, string>>;

/** Lines and columns count from 1, as editors show them; offsets from 0, in UTF-16 units. */
export interface SourcePosition {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface SourceRange {
  readonly start: SourcePosition;
  readonly end: SourcePosition;
}
