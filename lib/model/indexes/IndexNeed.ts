/** What a list asks of an index, in the names that indexes use: attributes and belongsTo. */
export interface IndexNeed {
  /** Fields that have one value in all the records that are looked for. */
  readonly equal: readonly string[];
  /** The order in which they are wanted; the key that completes every order is left out. */
  readonly order: readonly OrderField[];
}

export interface OrderField {
  readonly name: string;
  readonly descending: boolean;
}
