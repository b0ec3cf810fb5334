/** What an import made of a database: every table of it, and whatever else it held that was seen. Public. */
export interface ImportReport {
  readonly tables: readonly TableReport[];
  /** What is no part of a table, or not of one that was taken. */
  readonly others: readonly OtherReport[];
}

export interface TableReport {
  /** As the source calls it; with its schema unless that is `public`. */
  readonly table: string;
  /** `relationship`: a join table that became a many-to-many. */
  readonly outcome: "resource" | "relationship" | "notTaken";
  /** The resource it became, or the one that owns the relationship. */
  readonly resource?: string;
  /** Present once rows were copied. */
  readonly rows?: { readonly source: number; readonly copied: number };
  readonly notes: readonly ReportNote[];
}

export interface ReportNote {
  /** Name of the column, constraint, index or trigger, or of the table itself. */
  readonly about: string;
  /** What became of it, and why. */
  readonly message: string;
}

export interface OtherReport {
  readonly kind:
    | "view"
    | "materializedView"
    | "function"
    | "procedure"
    | "aggregate"
    | "sequence"
    | "type"
    | "extension"
    | "schema"
    | "statement";
  readonly name: string;
  readonly message: string;
}
