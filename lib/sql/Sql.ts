/**
 * A tree of the SQL that requests are compiled to. Names are data until the printer quotes them; values of a request
 * never stand in it, only the places of parameters do.
 */
export type Statement = Select | Insert | Update | Delete;

export type Expression =
  | Column
  | Parameter
  | ContextParameter
  | Text
  | Constant
  | Call
  | Aggregate
  | Window
  | Cast
  | Collate
  | ArrayOf
  | Element
  | Binary
  | Not
  | IsNull
  | Logic
  | Case
  | Row
  | AnyOf
  | Scalar
  | Exists
  | WholeRow;

export interface Column {
  readonly kind: "column";
  /** Alias of the table. */
  readonly table: string;
  readonly name: string;
}

export interface Parameter {
  readonly kind: "parameter";
  /** Which value of the request. */
  readonly index: number;
  readonly encoding: ParameterEncoding;
  readonly type: TypeName;
}

/** A value that does not come with the plan but with whoever asks and when: the actor, its action's arguments, the moment. */
export interface ContextParameter {
  readonly kind: "contextParameter";
  /** Such as `["actor", "id"]`. */
  readonly path: readonly string[];
  readonly encoding: ParameterEncoding;
  readonly type: TypeName;
}

/** How a value becomes the text that is sent: as it is, as an array literal, or as a pattern of LIKE. */
export type ParameterEncoding = "plain" | "list" | "contains" | "startsWith" | "endsWith";

export type TypeName =
  | "text"
  | "regconfig"
  | "integer"
  | "bigint"
  | "numeric"
  | "boolean"
  | "date"
  | "timestamptz"
  | "timestamp"
  | "uuid"
  | "time"
  | "interval"
  | "jsonb"
  | "json"
  | "text[]"
  | "integer[]"
  | "bigint[]"
  | "numeric[]"
  | "boolean[]"
  | "date[]"
  | "timestamptz[]"
  | "uuid[]"
  | "time[]"
  | "interval[]"
  | "jsonb[]"
  | "real[]";

/** A text of our own, such as a name of the API. */
export interface Text {
  readonly kind: "text";
  readonly value: string;
}

export interface Constant {
  readonly kind: "constant";
  readonly value: number | boolean | null;
}

export interface Call {
  readonly kind: "call";
  readonly name: FunctionName;
  readonly args: readonly Expression[];
}

export type FunctionName =
  | "abs"
  | "array_to_string"
  | "btrim"
  | "cardinality"
  | "ceil"
  | "char_length"
  | "coalesce"
  | "concat_ws"
  | "convert_to"
  | "date_trunc"
  | "div"
  | "encode"
  | "floor"
  | "greatest"
  | "json_build_array"
  | "json_build_object"
  | "jsonb_array_length"
  | "jsonb_build_array"
  | "jsonb_build_object"
  | "least"
  | "left"
  | "lower"
  | "ltrim"
  | "now"
  | "nullif"
  /** Of our own: undoes the statement; what it gives back is null. */
  | "public.gantry_refuse"
  | "make_interval"
  | "nullif"
  | "pg_catalog.extract"
  | "replace"
  | "reverse"
  | "round"
  | "scale"
  | "row_to_json"
  | "set_config"
  | "split_part"
  | "starts_with"
  | "strpos"
  | "substr"
  | "substring"
  | "timezone"
  | "to_json"
  | "to_tsvector"
  | "translate"
  | "trim_scale"
  | "trunc"
  | "unnest"
  | "upper"
  | "websearch_to_tsquery";

export type AggregateName = "array_agg" | "avg" | "count" | "json_agg" | "jsonb_agg" | "max" | "min" | "sum";

export interface Aggregate {
  readonly kind: "aggregate";
  readonly name: AggregateName;
  /** Null counts rows: `count(*)`. */
  readonly operand: Expression | null;
  /** Equal values count once. */
  readonly distinct?: true;
  readonly filter: Expression | null;
  readonly orderBy: readonly OrderBy[];
}

/** Over all rows of its select. */
export interface Window {
  readonly kind: "window";
  readonly name: "row_number" | "count";
}

export interface Cast {
  readonly kind: "cast";
  readonly operand: Expression;
  readonly type: TypeName;
}

/** Texts by code point; it knows which letters are small and large, one for one. There is one, since two would not mix. */
export interface Collate {
  readonly kind: "collate";
  readonly operand: Expression;
  readonly collation: "pg_c_utf8";
}

export interface ArrayOf {
  readonly kind: "array";
  readonly items: readonly Expression[];
  /** Of the array. */
  readonly type: TypeName;
}

/** An item of an array, from 1; null outside of it. */
export interface Element {
  readonly kind: "element";
  readonly list: Expression;
  readonly index: Expression;
}

export type BinaryOperator =
  | "="
  | "<>"
  | "is not distinct from"
  | "<"
  | "<="
  | ">"
  | ">="
  | "||"
  | "like"
  | "->"
  | "->>"
  | "#>>"
  | "@>"
  | "&&"
  | "@@"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "~"
  | "#>";

export interface Binary {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Not {
  readonly kind: "not";
  readonly operand: Expression;
}

export interface IsNull {
  readonly kind: "isNull";
  readonly operand: Expression;
  readonly negated: boolean;
}

export interface Logic {
  readonly kind: "and" | "or";
  /** Of none: true for `and`, false for `or`. */
  readonly operands: readonly Expression[];
}

export interface Case {
  readonly kind: "case";
  /** What each `when` is compared with; without it each is a condition. */
  readonly subject?: Expression;
  readonly branches: readonly { readonly when: Expression; readonly value: Expression }[];
  readonly otherwise: Expression;
}

export interface Row {
  readonly kind: "row";
  readonly items: readonly Expression[];
}

/** `operand = any(list)`, or `operand <> all(list)` when negated. */
export interface AnyOf {
  readonly kind: "anyOf";
  readonly operand: Expression;
  readonly list: Expression;
  readonly negated: boolean;
}

export interface Scalar {
  readonly kind: "scalar";
  readonly select: Select;
}

export interface Exists {
  readonly kind: "exists";
  readonly select: Select;
}

/** The row of a table or subquery as one value. */
export interface WholeRow {
  readonly kind: "wholeRow";
  readonly table: string;
}

export interface OrderBy {
  readonly expression: Expression;
  readonly descending: boolean;
}

export interface SelectColumn {
  readonly expression: Expression;
  readonly as: string;
}

export interface Select {
  readonly kind: "select";
  readonly with: readonly CommonTable[];
  readonly columns: readonly SelectColumn[];
  readonly from: readonly FromItem[];
  readonly joins: readonly LeftJoin[];
  readonly where: Expression | null;
  /** Columns, so that a number among them is never taken for a place in the list of columns. */
  readonly groupBy?: readonly Column[];
  readonly orderBy: readonly OrderBy[];
  readonly limit: number | null;
  /** Locks the rows of all tables, or those of one alias alone. */
  readonly lock: boolean | string;
}

export interface CommonTable {
  readonly name: string;
  readonly statement: Statement;
}

export type FromItem =
  | {
      readonly kind: "table";
      readonly name: string;
      readonly alias: string;
      /** What is joined to this table alone, where others follow it. */
      readonly joins?: readonly LeftJoin[];
    }
  /** A common table, under its own name. */
  | { readonly kind: "common"; readonly name: string }
  | { readonly kind: "derived"; readonly select: Select; readonly alias: string; readonly lateral: boolean }
  /** A JSON list of objects as rows. */
  | {
      readonly kind: "recordset";
      readonly source: Expression;
      readonly alias: string;
      readonly columns: readonly string[];
    }
  /** Arrays of texts of the same length as the columns of rows. */
  | {
      readonly kind: "unnested";
      readonly columns: readonly { readonly name: string; readonly source: Expression }[];
      readonly alias: string;
    }
  /** A JSON object as a row of a table, with null for the columns that it has not. */
  | { readonly kind: "populated"; readonly table: string; readonly source: Expression; readonly alias: string }
  /** The elements of an array or of a JSON list as rows of `value` and `number`, which counts from 1. */
  | {
      readonly kind: "elements";
      readonly function: "unnest" | "jsonb_array_elements";
      readonly source: Expression;
      readonly alias: string;
    };

export interface LeftJoin {
  readonly table: string;
  readonly alias: string;
  readonly on: Expression;
}

export interface Insert {
  readonly kind: "insert";
  readonly table: string;
  readonly alias: string;
  readonly columns: readonly string[];
  /** Values of one row (of none: every column's default), or rows. */
  readonly source: { readonly values: readonly Expression[] } | { readonly select: Select };
  readonly skipConflicts: boolean;
  /** What is done where a row with the same values is there already. */
  readonly onConflict?: OnConflict;
  /** Under which alias the values to return may name the row before: null where there was none. */
  readonly old?: string;
  readonly returning: readonly SelectColumn[];
}

export interface OnConflict {
  readonly columns: readonly string[];
  /** The column that is null in all rows of the unique index, where it does not hold all rows. */
  readonly absent: string | null;
  /** Names the row that is there by the insert's alias. */
  readonly set: Update["set"];
  readonly where: Expression | null;
}

export interface Update {
  readonly kind: "update";
  readonly table: string;
  readonly alias: string;
  readonly set: readonly { readonly column: string; readonly value: Expression }[];
  /** Further tables whose rows the values and the condition may name. */
  readonly from?: readonly FromItem[];
  readonly where: Expression;
  /** Under which alias the values to return may name the row as it was. */
  readonly old?: string;
  readonly returning: readonly SelectColumn[];
}

export interface Delete {
  readonly kind: "delete";
  readonly table: string;
  readonly alias: string;
  /** Further tables whose rows the condition may name. */
  readonly using: readonly FromItem[];
  readonly where: Expression;
  readonly returning: readonly SelectColumn[];
}
