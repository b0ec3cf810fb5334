/**
 * A domain model as Gantry sees it after reading an app's sources: every name resolved, every default filled in.
 * Stored names (`table`, `column`, `stored`) are the identity of a thing through renames.
 * The model is plain JSON: it travels to the browser and, inside a snapshot, to the runtime.
 */
export interface Model {
  readonly app: AppConfig;
  /** In the order of their file names. */
  readonly resources: readonly Resource[];
}

export interface AppConfig {
  readonly name: string;
  readonly describe?: string;
}

export interface Resource {
  /** PascalCase singular, such as `OrderDetail`. */
  readonly name: string;
  /** camelCase plural, such as `orderDetails`; REST paths are its kebab-case. */
  readonly plural: string;
  readonly describe?: string;
  /** Stored name of the table. */
  readonly table: string;
  /** The primary key; its `name` is always `id`. */
  readonly key: Attribute;
  /** Without the key and without foreign keys. */
  readonly attributes: readonly Attribute[];
  readonly relationships: readonly Relationship[];
  /** Groups of attribute or belongsTo names whose values together are unique. */
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly Index[];
  /** Which of the four standard actions exist. */
  readonly actions: readonly ActionName[];
}

export type ActionName = "read" | "create" | "update" | "destroy";

export interface Index {
  readonly fields: readonly { readonly name: string; readonly descending: boolean }[];
}

export interface Attribute {
  /** camelCase. */
  readonly name: string;
  /** Stored name of the column. */
  readonly column: string;
  readonly type: AttributeType;
  readonly required: boolean;
  readonly unique: boolean;
  readonly default?: DefaultValue;
  /** Inclusive bounds as canonical text of the type (`"0"`, `"12.50"`, `"2026-01-01"`). */
  readonly min?: string;
  readonly max?: string;
  /** In Unicode code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression that the whole value must match; the common subset of JavaScript and PostgreSQL. */
  readonly pattern?: string;
  readonly describe?: string;
}

export type AttributeType =
  | { readonly kind: "text" }
  | { readonly kind: "integer" }
  | { readonly kind: "bigint" }
  /** Exact; without precision and scale any number of digits. */
  | { readonly kind: "decimal"; readonly precision?: number; readonly scale?: number }
  | { readonly kind: "boolean" }
  | { readonly kind: "date" }
  /** A moment, kept in UTC with microseconds. */
  | { readonly kind: "timestamp" }
  | { readonly kind: "uuid" }
  | { readonly kind: "json" }
  | { readonly kind: "choice"; readonly options: readonly ChoiceOption[] };

export type AttributeKind = AttributeType["kind"];

export interface ChoiceOption {
  readonly name: string;
  /** What the database holds; stays when the option is renamed. */
  readonly stored: string;
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type DefaultValue =
  /** Canonical: decimals and bigints as strings, choices by option name. */
  | { readonly kind: "literal"; readonly value: JsonValue }
  | { readonly kind: "now" }
  | { readonly kind: "today" }
  /** A time-ordered UUID (version 7). */
  | { readonly kind: "uuid" }
  /** The database numbers the rows (identity column); integers and bigints only, keys only. */
  | { readonly kind: "generated" };

export type Relationship = BelongsTo | HasMany | ManyToMany;

interface RelationshipBase {
  /** camelCase; unique among attributes and relationships of its resource. */
  readonly name: string;
  /** Name of the resource it leads to. */
  readonly target: string;
  readonly describe?: string;
}

export interface BelongsTo extends RelationshipBase {
  readonly kind: "belongsTo";
  /** Stored name of the foreign key column; the API field is `<name>Id`. */
  readonly column: string;
  readonly required: boolean;
  /** True makes it one-to-one. */
  readonly unique: boolean;
  readonly onDelete: OnDelete;
}

export type OnDelete = "restrict" | "cascade" | "setNull";

export interface HasMany extends RelationshipBase {
  readonly kind: "hasMany";
  /** Name of the belongsTo on the target that it mirrors. */
  readonly via: string;
}

export interface ManyToMany extends RelationshipBase {
  readonly kind: "manyToMany";
  /** Stored name of the join table. */
  readonly table: string;
  /** Column of the join table that holds this resource's key. */
  readonly sourceColumn: string;
  /** Column of the join table that holds the target's key. */
  readonly targetColumn: string;
  /** Name of the manyToMany on the target that shares the join table, when there is one. */
  readonly inverse?: string;
  /** The side that names the join table in the sources; the other side points to it with `via`. */
  readonly owner: boolean;
}
