/**
 * The tables of one environment's database, as far as the model decides them. The same shape describes what a model
 * asks for and what a live database holds, so that the two can be compared.
 */
export interface Schema {
  readonly tables: readonly Table[];
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey: PrimaryKey;
  readonly foreignKeys: readonly ForeignKey[];
  /** Without the primary key's own index. */
  readonly indexes: readonly TableIndex[];
  /** Where in the model it comes from: `["Order"]`, `["Order", "relationships", "tags"]`; absent when read from a database. */
  readonly path?: ModelPath;
}

/** A place in the model as problems name it: resource, part, name. */
export type ModelPath = readonly string[];

export interface PrimaryKey {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default: ColumnDefault | null;
  /** The only values that the model knows of. The column takes others too, so a database does not tell. */
  readonly choices?: readonly string[];
  readonly path?: ModelPath;
}

export type ColumnType =
  | { readonly kind: "text" | "integer" | "bigint" | "boolean" | "date" | "timestamptz" | "time" | "interval" | "uuid" | "jsonb" }
  /** Without limits any number of digits. */
  | { readonly kind: "numeric"; readonly limits: NumericLimits | null }
  /** A type that no model asks for, found in a database. */
  | { readonly kind: "other"; readonly sql: string };

export interface NumericLimits {
  readonly precision: number;
  readonly scale: number;
}

export type ColumnDefault =
  /** The value in canonical text: `5`, `12.50`, `true`, `2026-01-31`, `2026-01-31T08:00:00Z`, JSON with sorted keys. */
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "now" }
  /** The date in UTC. */
  | { readonly kind: "today" }
  /** A time-ordered UUID. */
  | { readonly kind: "uuid" }
  /** The database numbers the rows, but takes given numbers too. */
  | { readonly kind: "identity" }
  /** An expression that no model asks for, found in a database. */
  | { readonly kind: "other"; readonly sql: string };

export interface ForeignKey {
  readonly name: string;
  readonly column: string;
  readonly target: { readonly table: string; readonly column: string };
  readonly onDelete: ForeignKeyRule;
  /** False between NOT VALID and VALIDATE. */
  readonly validated: boolean;
  readonly path?: ModelPath;
}

export type ForeignKeyRule = "restrict" | "cascade" | "setNull";

export interface TableIndex {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly IndexColumn[];
  /** False for what a concurrent build leaves behind when it fails. */
  readonly valid: boolean;
  readonly path?: ModelPath;
}

export interface IndexColumn {
  readonly name: string;
  readonly descending: boolean;
}
