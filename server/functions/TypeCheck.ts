/** What the type checker is asked, and what it answers; it runs as a program of its own. */
export interface TypeCheckQuestion {
  readonly id: number;
  /** TypeScript, a file each. */
  readonly texts: readonly string[];
}

export interface TypeCheckAnswer {
  readonly id: number;
  readonly findings: readonly TypeFinding[];
}

export interface TypeFinding {
  /** Index of the text. */
  readonly text: number;
  /** In UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
}
