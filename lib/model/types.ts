import type { AppAuth, AppFunction, Connection, Process } from "./processTypes.ts";

/**
 * A domain model as Gantry sees it after reading an app's sources: every name resolved, every default filled in.
 * Stored names (`table`, `column`, `stored`) are the identity of a thing through renames.
 * The model is plain JSON: it travels to the browser and, inside a snapshot, to the runtime.
 */
export interface Model {
  readonly app: AppConfig;
  /** In the order of their file names. */
  readonly resources: readonly Resource[];
  /** Embedded value objects, in the order of their files. */
  readonly valueObjects?: readonly ValueObject[];
  /** GraphQL operations that come with the app, in the order of their files. */
  readonly operations?: readonly OperationFile[];
  /** In the order of their files. */
  readonly processes?: readonly Process[];
  /** In the order of their files. */
  readonly functions?: readonly AppFunction[];
}

/** A file of GraphQL operations with names, and the fragments that they share. */
export interface OperationFile {
  /** `operations/deals.graphql` */
  readonly file: string;
  readonly text: string;
}

export interface AppConfig {
  readonly name: string;
  readonly describe?: string;
  /** What actors can be, such as `manager`; policies and API keys name them. */
  readonly roles?: readonly Role[];
  /** The resource whose records are the app's end users: gives `actor` the type of its key and its attributes. */
  readonly users?: string;
  readonly api?: AppApi;
  readonly auth?: AppAuth;
  readonly connections?: readonly Connection[];
}

/** How the whole API of the app presents itself. */
export interface AppApi {
  /** What REST answers where a request accepts anything; absent means plain JSON. */
  readonly format?: "jsonApi";
  readonly rateLimits?: RateLimits;
  /** Absent: pages of any origin may call. */
  readonly cors?: Cors;
  readonly graphql?: GraphqlSettings;
}

/** Whoever is over one of them waits. Absent ones do not bound. */
export interface RateLimits {
  /** Of each actor: an end user, or everybody without a key together by address. */
  readonly actor?: Rate;
  /** Of each API key. */
  readonly key?: Rate;
  /** Of all requests to an environment together. */
  readonly environment?: Rate;
}

/** At most so many requests in so many seconds; all of them may come at once. */
export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

export interface Cors {
  /** Such as `https://shop.example`; empty means that no page of another origin may call. */
  readonly origins: readonly string[];
  /** Seconds for which a browser remembers what is allowed. */
  readonly maxAge?: number;
}

export interface GraphqlSettings {
  /** False: the schema cannot be asked for. */
  readonly introspection?: false;
  /** Levels of selections. */
  readonly maxDepth?: number;
  /** See docs/api.md for how an operation is counted. */
  readonly maxCost?: number;
  /** Only the operations in the app's sources are answered. */
  readonly persistedOnly?: true;
}

export interface Role {
  /** camelCase. */
  readonly name: string;
  readonly describe?: string;
}

/** An immutable value of several parts, such as an address; stored as one `jsonb` value. */
export interface ValueObject {
  /** PascalCase; shares one space of names with resources. */
  readonly name: string;
  readonly describe?: string;
  /** Without `unique`, `column` (equal to the name), `default` of a moment, sequence, file or encrypted. */
  readonly attributes: readonly Attribute[];
}

/** The text of an expression (docs/concepts/expressions.md), as it was written. */
export type ExpressionText = string;

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
  /** Named actions, and standard ones that say more than that they exist. */
  readonly definedActions?: readonly Action[];
  readonly calculations?: readonly Calculation[];
  readonly aggregates?: readonly Aggregate[];
  readonly validations?: readonly Validation[];
  readonly states?: States;
  readonly policies?: readonly Policy[];
  /** Who may read and write single fields; a field that is not named follows the policies of its record. */
  readonly fieldPolicies?: readonly FieldPolicy[];
  /** Groups of fields that are unique under conditions; without one they stand in `uniques`. */
  readonly conditionalUniques?: readonly ConditionalUnique[];
  readonly features?: Features;
  readonly api?: ResourceApi;
}

/** How a resource shows in the APIs; what is absent is as for every resource. */
export interface ResourceApi {
  /** The segment of its REST paths instead of the kebab-case plural. */
  readonly path?: string;
  /** Of the actions that are hidden from a protocol or have another name in it. */
  readonly operations?: readonly OperationSettings[];
  /** Records of a list that does not say, and at most. */
  readonly pageSize?: number;
  readonly maxPageSize?: number;
  /** Names of fields that lists can be filtered and sorted by; absent means all. */
  readonly filterable?: readonly string[];
  readonly sortable?: readonly string[];
}

export interface OperationSettings {
  /** Name of an action, standard or the resource's own. */
  readonly action: string;
  /** False hides it; a text is the name of a named action in paths. */
  readonly rest?: false | string;
  /** False hides it; a text is the name of the field of Query or Mutation (of a standard read: of the list). */
  readonly graphql?: false | string;
}

/** What a resource can do beyond holding records. Each is off where it is absent. */
export interface Features {
  /** Destroyed records stay, hidden, and can be restored; the stored name of the column that says since when. */
  readonly softDelete?: { readonly column: string };
  /** Every change is kept: who, when, which action, before and after. */
  readonly history?: true;
  /** A number that grows with every change (stored name of its column); `required` refuses changes that do not name it. */
  readonly versioned?: { readonly column: string; readonly required: boolean };
  /** Stored names of the columns that say when a record was made and changed; shown as `createdAt` and `updatedAt`. */
  readonly timestamps?: { readonly createdColumn: string; readonly updatedColumn: string };
  /** Name of the required attribute or belongsTo whose value must be `actor.tenant`. */
  readonly tenant?: string;
  /** Names of the text attributes that full-text search looks in, and the language whose words it knows. */
  readonly search?: { readonly fields: readonly string[]; readonly language: SearchLanguage };
  /** The order of lists that ask for none. */
  readonly order?: readonly { readonly name: string; readonly descending: boolean }[];
  /** Changes are told to those who listen: the change feed and GraphQL subscriptions. */
  readonly changeFeed?: true;
  /** Changes become events, which endpoints can be sent. Those that start a process do so in any case. */
  readonly events?: true;
}

/** `simple` knows the words of no language. */
export type SearchLanguage =
  | "simple"
  | "danish"
  | "dutch"
  | "english"
  | "finnish"
  | "french"
  | "german"
  | "italian"
  | "norwegian"
  | "portuguese"
  | "spanish"
  | "swedish";

/** A value worked out from the record, its relationships and the actor whenever it is asked for. */
export interface Calculation {
  readonly name: string;
  readonly type: AttributeType;
  readonly expression: ExpressionText;
  /**
   * Stored name of the column that keeps the value up to date in the transaction of each change; absent for one that
   * is worked out on reading.
   */
  readonly column?: string;
  readonly describe?: string;
  readonly deprecated?: Deprecation;
}

export type AggregateFunction = "count" | "sum" | "avg" | "min" | "max" | "exists" | "first" | "list";

/** A value over the records that a path of relationships leads to. */
export interface Aggregate {
  readonly name: string;
  readonly function: AggregateFunction;
  /** Names of relationships, at least one of them to many; not the field. */
  readonly path: readonly string[];
  /** The attribute or calculation at the path's end; absent for `count` and `exists`. */
  readonly field?: string;
  /** A condition on the records at the path's end. */
  readonly where?: ExpressionText;
  /** For `first` and `list`: fields of the records at the path's end. */
  readonly order?: readonly { readonly name: string; readonly descending: boolean }[];
  /** See `Calculation.column`. */
  readonly column?: string;
  readonly describe?: string;
  readonly deprecated?: Deprecation;
}

/** A record that does not fulfil the expression is refused; unknown is refused too. */
export interface Validation {
  readonly expression: ExpressionText;
  readonly message: string;
  /** The field it concerns. */
  readonly field?: string;
  /** It is asked only where this is true. */
  readonly when?: ExpressionText;
  /** Names of the actions that ask it; absent means all that create or update. */
  readonly actions?: readonly string[];
}

/** A state machine over a choice attribute: only its transitions change the attribute. */
export interface States {
  readonly attribute: string;
  readonly transitions: readonly Transition[];
}

export interface Transition {
  /** The action that makes it; one that is not among the actions is made for it. */
  readonly action: string;
  /** Names of options; empty means from any. */
  readonly from: readonly string[];
  readonly to: string;
  /** A guard: the transition is open only where it is true. */
  readonly when?: ExpressionText;
}

export interface Action {
  /** camelCase; of a standard action its type. */
  readonly name: string;
  readonly type: ActionName;
  readonly describe?: string;
  /** Fields that a caller may set; absent means all writable ones for standard actions, none for named ones. */
  readonly accept?: readonly string[];
  readonly arguments?: readonly Argument[];
  /** Fields that the action sets itself, in order; `arguments` and the record before the change are in sight. */
  readonly set?: readonly { readonly field: string; readonly expression: ExpressionText }[];
  /** What must be true of the record before the change (of the new record for a create), with the sentence for callers. */
  readonly require?: readonly Requirement[];
  /** What must be true of the resulting record. */
  readonly validations?: readonly Validation[];
  /** For a named read: which records it answers. */
  readonly where?: ExpressionText;
  /** For a create: the unique field or group (names joined by `,`) by which it updates a record that is there already. */
  readonly upsert?: readonly string[];
}

/** A value that a caller gives to an action and that is not stored under its name. */
export type Argument = Omit<Attribute, "column" | "unique" | "deprecated">;

export interface Requirement {
  readonly expression: ExpressionText;
  readonly message?: string;
}

export interface Policy {
  readonly effect: "allow" | "forbid";
  /** Names of actions, types of actions (`read`), or `*`. */
  readonly actions: readonly string[];
  readonly expression: ExpressionText;
  readonly describe?: string;
}

export interface FieldPolicy {
  readonly fields: readonly string[];
  /** Absent: whoever may read or write the record. */
  readonly read?: ExpressionText;
  readonly write?: ExpressionText;
  readonly describe?: string;
}

export interface ConditionalUnique {
  /** Names of attributes or belongsTo. */
  readonly fields: readonly string[];
  readonly when: ExpressionText;
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
  /** Of lists, inclusive. */
  readonly minItems?: number;
  readonly maxItems?: number;
  /** `readOnly` is set by actions and defaults only, `writeOnce` when the record is created only. */
  readonly writable?: "readOnly" | "writeOnce";
  /** Never logged, never exported, masked in copies of the data. */
  readonly sensitive?: true;
  /** For the documents; canonical like a default. */
  readonly example?: JsonValue;
  readonly describe?: string;
  readonly deprecated?: Deprecation;
}

/** Still answered, but to be left: clients are told since when, until when and what to use instead. */
export interface Deprecation {
  /** A date. */
  readonly since: string;
  /** The date on which it may go. */
  readonly until?: string;
  /** Such as `Use total instead.` */
  readonly note?: string;
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
  | { readonly kind: "choice"; readonly options: readonly ChoiceOption[] }
  /** A time of day with microseconds, without a zone. */
  | { readonly kind: "time" }
  /** A length of time in microseconds; ISO 8601 of hours, minutes and seconds (`PT36H30M`). */
  | { readonly kind: "duration" }
  | { readonly kind: "email" }
  | { readonly kind: "url" }
  /** E.164, such as `+4930123456`. */
  | { readonly kind: "phone" }
  /** An amount and its ISO 4217 currency; one currency for all where it is named. Canonical: `12.50 EUR`. */
  | { readonly kind: "money"; readonly currency?: string }
  | { readonly kind: "list"; readonly of: ScalarType }
  /** A value object, or a list of them. */
  | { readonly kind: "embed"; readonly valueObject: string; readonly many?: true }
  /** Bytes kept in the environment's storage; limits are a number of bytes and media types such as `image/*`. */
  | { readonly kind: "file"; readonly maxSize?: number; readonly mediaTypes?: readonly string[] }
  /**
   * A number given by the database when the record is created, printed by the pattern: `{0000}` the number with at least
   * so many digits, `{year}` the year in UTC, which starts the numbers afresh.
   */
  | { readonly kind: "sequence"; readonly pattern: string; readonly gapless?: true }
  | { readonly kind: "vector"; readonly dimensions: number }
  /** A text that the database never sees in the clear. */
  | { readonly kind: "encrypted" };

/** What a list may hold. */
export type ScalarType = Exclude<
  AttributeType,
  { readonly kind: "list" | "embed" | "file" | "sequence" | "vector" | "encrypted" | "json" | "money" }
>;

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
  | { readonly kind: "generated" }
  /** Worked out by the runtime when the record is created; sees the other given values, `actor` and `arguments`. */
  | { readonly kind: "expression"; readonly expression: ExpressionText };

export type Relationship = BelongsTo | HasOne | HasMany | ManyToMany;

interface RelationshipBase {
  /** camelCase; unique among attributes and relationships of its resource. */
  readonly name: string;
  /** Name of the resource it leads to. */
  readonly target: string;
  readonly describe?: string;
  readonly deprecated?: Deprecation;
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

/** The one record whose unique belongsTo leads here. */
export interface HasOne extends RelationshipBase {
  readonly kind: "hasOne";
  /** Name of the unique belongsTo on the target that it mirrors. */
  readonly via: string;
}

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
  /**
   * The resource whose records are the links, with attributes of their own; `table` and the columns are then those of
   * its two belongsTo, and links are changed through that resource only.
   */
  readonly through?: string;
  /** Names of the belongsTo of `through` that lead to either side, where it has several that could be meant. */
  readonly sourceVia?: string;
  readonly targetVia?: string;
}
