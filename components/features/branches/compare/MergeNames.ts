/** Whose changes go where. */
export interface BranchNames {
  readonly from: string;
  readonly into: string;
}

/** Whose version is taken, by the keys of conflicts. */
export type Choices = Readonly<Record<string, "from" | "into">>;
