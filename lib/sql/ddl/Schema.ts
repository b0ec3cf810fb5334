/**
 * The tables of one environment's database, as far as the model decides them. The same shape describes what a model
 * asks for and what a live database holds, so that the two can be compared.
 */
export interface Schema {
  readonly tables: readonly Table[];
  /** Of a database: only those that Gantry made. */
  readonly functions?: readonly SchemaFunction[];
}

/** A function of the database. It is known by its name, of which there is one, and compared by `fingerprint`. */
export interface SchemaFunction {
  /** Begins with `gantry_`. */
  readonly name: string;
  /** All that follows the name in CREATE FUNCTION, as SQL: `() RETURNS trigger LANGUAGE plpgsql AS $gantry$ ... $gantry$`. */
  readonly definition: string;
  /** Of one in a database: its fingerprint in place of the definition, and the tables whose triggers call it. */
  readonly found?: { readonly print: string; readonly tables: readonly string[] };
  /** What making it does, for people. */
  readonly sentence?: string;
  readonly path?: ModelPath;
}

/** A trigger is known by its name, of which its table has one, and compared by `fingerprint`. */
export interface Trigger {
  /** Begins with `gantry_`. Triggers of one table and event fire in the order of their names. */
  readonly name: string;
  /** What stands before ON: `AFTER INSERT OR UPDATE`, `BEFORE UPDATE OF "a", "b"`. */
  readonly event: string;
  /** What stands after the table: `FOR EACH ROW EXECUTE FUNCTION public."gantry_x"()`. */
  readonly action: string;
  /** Of one in a database: its fingerprint in place of event and action. */
  readonly found?: { readonly print: string };
  /** What making it does, for people. */
  readonly sentence?: string;
  readonly path?: ModelPath;
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey: PrimaryKey;
  readonly foreignKeys: readonly ForeignKey[];
  /** Without the primary key's own index. */
  readonly indexes: readonly TableIndex[];
  /** Of a database: only those that Gantry made. */
  readonly triggers?: readonly Trigger[];
  /** Of a database: since when the model has the whole table no longer. */
  readonly retired?: Retirement;
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
  /** How the values are formed where the type does not tell: `encrypted`, `Address`. Columns of other forms do not convert. */
  readonly form?: string;
  /** The stored name that the model knows it by, where `name` is another one because the type changed. */
  readonly of?: string;
  /** The model's alone, as choices are. */
  readonly limits?: ValueLimits;
  /** True keeps its values out of sentences. */
  readonly sensitive?: boolean;
  /**
   * An expression over the columns of the row, as SQL, by which the rows that are there get their value, in batches;
   * when it changes they get it anew. Rows that come later are the matter of a trigger. Such a column is nullable.
   */
  readonly fill?: string;
  /** What the database notes about it. */
  readonly mark?: ColumnMark;
  readonly path?: ModelPath;
}

export interface ColumnMark {
  /** The stored name that the model knows it by, where that is another one. */
  readonly of?: string;
  readonly form?: string;
  /** The fingerprint of the expression that all rows got their value by. */
  readonly filled?: string;
  readonly retired?: Retirement;
}

/** Since when the model has it no longer. */
export interface Retirement {
  /** RFC 3339 in UTC. */
  readonly at: string;
  /** The release that had it no longer; null when that has no number. */
  readonly release: number | null;
}

export type ColumnType =
  | {
      readonly kind:
        | "text"
        | "integer"
        | "bigint"
        | "boolean"
        | "date"
        | "timestamptz"
        | "time"
        | "interval"
        | "uuid"
        | "jsonb"
        | "real";
    }
  | { readonly kind: "array"; readonly of: ColumnType }
  /** Without limits any number of digits. */
  | { readonly kind: "numeric"; readonly limits: NumericLimits | null }
  /** A type that no model asks for, found in a database. */
  | { readonly kind: "other"; readonly sql: string };

export interface NumericLimits {
  readonly precision: number;
  readonly scale: number;
}

/** What the model lets a value be, inclusive; lengths are in code points. */
export interface ValueLimits {
  /** The SQL type that `min` and `max` are literals of. */
  readonly type: string;
  readonly min?: string;
  readonly max?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
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
  /** Of a special index those that it names plainly. */
  readonly columns: readonly IndexColumn[];
  /**
   * What its columns alone do not tell: all that stands after the table, as SQL, such as `USING gin (to_tsvector(...))`
   * or `("a") WHERE "b" IS NULL`. Such an index is compared by its name, which holds the fingerprint of this text
   * (`specialIndexName`); PostgreSQL prints its own spelling back.
   */
  readonly special?: string;
  /** Of a special unique index the condition alone, as SQL, to ask the rows by. */
  readonly where?: string;
  /** False for what a concurrent build leaves behind when it fails. */
  readonly valid: boolean;
  readonly path?: ModelPath;
}

export interface IndexColumn {
  readonly name: string;
  readonly descending: boolean;
}
