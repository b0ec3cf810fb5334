import type { Model } from "#lib/model/types.ts";
import type { TableName } from "../catalog/Catalog.ts";

/** What is kept between reading a database and copying its rows. */
export interface ImportPlan {
  readonly model: Model;
  readonly copies: readonly TableCopy[];
}

/** How the rows of one table come over. */
export interface TableCopy {
  readonly source: TableName;
  /** Rows of tables that inherit from it are copied on their own. */
  readonly only: boolean;
  /** Stored name in the new database. */
  readonly target: string;
  readonly columns: readonly ColumnCopy[];
}

export interface ColumnCopy {
  /** Stored name in the new database. */
  readonly target: string;
  /** SQL expression over the source's row. */
  readonly read: string;
}
