/**
 * What a request wants of an app's data, free of any protocol: REST and GraphQL both end in one of these.
 *
 * A plan is a shape and its parameters. The shape is plain JSON that names only things of the model; the caller's
 * values stand beside it, so that two requests that differ in values alone share one compiled statement.
 * Shapes are immutable; a protocol that keeps a shape object and passes it again spares its being hashed again.
 */
export type Plan = ReadPlan | WritePlan;

export interface ReadPlan extends PlanValues {
  readonly shape: ReadShape;
}

export interface WritePlan extends PlanValues {
  readonly shape: WriteShape;
  /** Records to create in the same transaction. */
  readonly nested?: NestedCreates;
  /** Everything is done and checked, then undone. */
  readonly dryRun?: true;
  readonly once?: Once;
}

/** A change that happens once, however often it is asked for: later ones get the answer of the first. */
export interface Once {
  /** The caller's; each actor has keys of its own. */
  readonly key: string;
  /** Of the request that the key stands for. */
  readonly fingerprint: string;
  /** Called where an earlier answer is given again. */
  readonly onReplay?: () => void;
}

export interface PlanValues {
  readonly parameters: readonly ParameterValue[];
  /** Values of the action's arguments as expressions know them: canonical, choices by their names. */
  readonly arguments?: Readonly<Record<string, ParameterValue>>;
  /** The moment that the plan was made for, where values of it depend on that. */
  readonly now?: string;
}

/** Records that come with a new one: those that it refers to go before it, those that refer to it after. */
export interface NestedCreates {
  readonly before: readonly {
    /** Where in the caller's object: `company`. */
    readonly place: string;
    readonly plan: WritePlan;
    /** The parameter of the outer plan that takes the new record's key. */
    readonly parameter: ParameterRef;
  }[];
  readonly after: readonly {
    readonly place: string;
    readonly plan: WritePlan;
    /** The parameter of the inner plan that takes the outer record's key. */
    readonly parameter: ParameterRef;
  }[];
}

/**
 * A checked value in the canonical text of its field's type (see `lib/plan/values`): `"42"`, `"12.50"`, `"true"`,
 * `"2026-01-31"`, a choice as the stored value, json as its text. A list is the operand of `in`.
 */
export type ParameterValue = string | null | readonly string[];

/** Index into the plan's parameters. */
export type ParameterRef = number;

export type ReadShape = ReadOneShape | ReadManyShape | ReadHistoryShape | ReadChangesShape | ReadSummaryShape;

/** Answers one object, or nothing when no record has the key. */
export interface ReadOneShape {
  readonly kind: "one";
  readonly resource: string;
  readonly key: ParameterRef;
  readonly selection: Selection;
}

export interface ReadManyShape {
  readonly kind: "many";
  readonly resource: string;
  /** Name of the read; absent means the standard one. */
  readonly action?: string;
  /** Only the records that this relationship of one record leads to; `resource` is the relationship's target. */
  readonly within?: { readonly resource: string; readonly relationship: string; readonly key: ParameterRef };
  readonly list: ListShape;
}

/** Whether a list shows records that were destroyed and are kept. */
export type DeletedRecords = "hidden" | "only" | "shown";

/** The changes of one record, the newest first: `{data: [...], page: {next}}`. */
export interface ReadHistoryShape {
  readonly kind: "history";
  readonly resource: string;
  readonly key: ParameterRef;
  readonly size: number;
  /** Only changes before this one, by its number. */
  readonly before: ParameterRef | null;
  /** What is shown of the record before and after: fields with columns of their own. */
  readonly selection: Selection;
}

/**
 * What some changes of the change feed are to the one who asks, by policies and records as they are now: an array of
 * `[number, kind, key, record]`, all of them texts, the record JSON or null. Changes that tell nothing are left out.
 */
export interface ReadChangesShape {
  readonly kind: "changes";
  readonly resource: string;
  /** A list of their numbers, and the least and the greatest transaction that they stand under. */
  readonly changes: { readonly ids: ParameterRef; readonly from: ParameterRef; readonly to: ParameterRef };
  /** Only records that fulfil it are in sight. */
  readonly where: Condition | null;
  readonly selection: Selection;
}

/** What the records of a list come to, in groups or all together: one object of `summary.output`. */
export interface ReadSummaryShape {
  readonly kind: "summary";
  readonly resource: string;
  /** Name of the read; absent means the standard one. */
  readonly action?: string;
  readonly where: Condition | null;
  readonly deleted?: DeletedRecords;
  readonly summary: SummaryShape;
}

export interface SummaryShape {
  /** Records with equal values are one group, null among them; without any, all records are one group. */
  readonly groups: readonly GroupTerm[];
  readonly measures: readonly Measure[];
  /** Groups for which one of these is not true are left out. */
  readonly having: readonly MeasureCondition[];
  /** Ends with all the groups (`completeGroups`), so that it is total. */
  readonly order: readonly SummaryOrder[];
  /** At most so many groups. */
  readonly size: number;
  readonly output: readonly SummaryMember[];
}

export interface GroupTerm {
  readonly path: FieldPath;
  /** Of dates and moments: they count as the beginning of the span that they are in, in UTC; weeks begin on Mondays. */
  readonly span?: TimeSpan;
}

export type TimeSpan = "year" | "quarter" | "month" | "week" | "day" | "hour";

/** Values that are null do not count; of none at all, everything but the counts is null. */
export type Measure =
  | { readonly function: "count" }
  | { readonly function: "countDistinct" | "sum" | "avg" | "min" | "max"; readonly path: FieldPath };

export type MeasureFunction = Measure["function"];

/** Index into the summary's measures. */
export type MeasureRef = number;

/** Index into the summary's groups. */
export type GroupRef = number;

export interface MeasureCondition {
  readonly measure: MeasureRef;
  readonly operator: "eq" | "ne" | "lt" | "lte" | "gt" | "gte";
  /** A value of the measure's type. */
  readonly parameter: ParameterRef;
}

export type SummaryOrder = (
  | { readonly kind: "group"; readonly group: GroupRef }
  | { readonly kind: "measure"; readonly measure: MeasureRef }
) & { readonly descending: boolean };

export type SummaryMember =
  /** An array with an object for each group. */
  | { readonly kind: "groups"; readonly as: string; readonly members: readonly GroupMember[] }
  /** Whether there are more groups than are shown. */
  | { readonly kind: "truncated"; readonly as: string }
  | Constant;

export type GroupMember =
  /** `asText`: see `SelectionMember`. */
  | { readonly kind: "key"; readonly as: string; readonly group: GroupRef; readonly asText?: boolean }
  | {
      readonly kind: "measure";
      readonly as: string;
      readonly measure: MeasureRef;
      readonly parts?: readonly ValuePart[];
    }
  | { readonly kind: "object"; readonly as: string; readonly members: readonly GroupMember[] }
  | Constant;

export interface ListShape {
  readonly where: Condition | null;
  /** Absent means that destroyed records, where they are kept, are hidden. */
  readonly deleted?: DeletedRecords;
  /** Always ends with the key (`completeOrder`), so that it is total. */
  readonly order: readonly OrderTerm[];
  readonly page: PageShape;
  readonly output: ListOutput;
}

/** What an object shows, in this order. */
export type Selection = readonly SelectionMember[];

export type SelectionMember =
  /** `id`, an attribute, or the foreign key `<belongsTo>Id`. */
  /** `asText` prints it as a JSON string whatever its type, as GraphQL wants of an ID; `prefix` stands in front of it. */
  /** `parts` are what is shown of a value that has parts (`lib/plan/catalog/partsOf.ts`); without them it shows all. */
  | {
      readonly kind: "field";
      readonly as: string;
      readonly field: string;
      readonly asText?: boolean;
      readonly prefix?: string;
      readonly parts?: readonly ValuePart[];
    }
  /** The record a belongsTo leads to, or null. */
  | { readonly kind: "one"; readonly as: string; readonly relationship: string; readonly selection: Selection }
  /** The records a hasMany or manyToMany leads to. */
  | { readonly kind: "many"; readonly as: string; readonly relationship: string; readonly list: ListShape }
  | Constant;

/** A part of a value object, of money or of a file. */
export type ValuePart =
  | { readonly kind: "part"; readonly as: string; readonly part: string; readonly parts?: readonly ValuePart[] }
  | Constant;

/** A value that is known before anything is read, such as the name of a type. */
export interface Constant {
  readonly kind: "constant";
  readonly as: string;
  readonly value: string | number | boolean | null;
}

/** How a list is printed. */
export type ListOutput =
  /** A bare array of objects. */
  | { readonly kind: "array"; readonly selection: Selection }
  | { readonly kind: "object"; readonly members: readonly ListMember[] };

export type ListMember =
  | { readonly kind: "items"; readonly as: string; readonly selection: Selection }
  | { readonly kind: "edges"; readonly as: string; readonly members: readonly EdgeMember[] }
  | { readonly kind: "page"; readonly as: string; readonly members: readonly PageMember[] }
  /** The exact number of records that `where` lets through, whatever the page. */
  | { readonly kind: "count"; readonly as: string }
  /** Of all those records. */
  | { readonly kind: "summary"; readonly as: string; readonly summary: SummaryShape }
  | Constant;

export type EdgeMember =
  | { readonly kind: "node"; readonly as: string; readonly selection: Selection }
  | { readonly kind: "cursor"; readonly as: string }
  | Constant;

export type PageMember =
  /** Cursor to read on after, or before; null when there is nothing on that side. */
  | { readonly kind: "next" | "previous"; readonly as: string }
  /** Cursor of the first or last item of this page; null when it is empty. */
  | { readonly kind: "start" | "end"; readonly as: string }
  | { readonly kind: "hasNext" | "hasPrevious"; readonly as: string }
  | Constant;

export interface OrderTerm {
  readonly path: FieldPath;
  /** Null counts as greater than every value: last when ascending, first when descending. */
  readonly descending: boolean;
}

/**
 * Names of to-one relationships, then the name of a field: `["company", "owner", "email"]`. Of a value with parts their
 * names may follow: `["company", "address", "city"]`. Any null on the way is null.
 */
export type FieldPath = readonly string[];

export interface PageShape {
  /** At most so many items. A part of the shape, since PostgreSQL plans by it. */
  readonly size: number;
  /** True takes the last items of the range instead of the first; they are answered in `order` all the same. */
  readonly fromEnd: boolean;
  /** The range: only records after this cursor and before that one. */
  readonly after: CursorShape | null;
  readonly before: CursorShape | null;
}

/** One entry per order term: where its value stands, or null where the cursor's value is null. */
export type CursorShape = readonly (ParameterRef | null)[];

/**
 * Conditions follow SQL's three-valued logic: a comparison with null is unknown, `not` keeps it unknown,
 * and only what is true lets a record through. So `ne` and `notIn` do not match records without a value.
 */
export type Condition =
  | { readonly kind: "and" | "or"; readonly conditions: readonly Condition[] }
  | { readonly kind: "not"; readonly condition: Condition }
  | {
      readonly kind: "compare";
      readonly path: FieldPath;
      readonly operator: CompareOperator;
      readonly parameter: ParameterRef;
    }
  | { readonly kind: "in"; readonly path: FieldPath; readonly negated: boolean; readonly parameter: ParameterRef }
  | { readonly kind: "isNull"; readonly path: FieldPath; readonly negated: boolean }
  /** A list holds the value of the parameter, or at least one of its values. */
  | { readonly kind: "has" | "hasAny"; readonly path: FieldPath; readonly parameter: ParameterRef }
  /** A list without values; one that is null is none. */
  | { readonly kind: "isEmpty"; readonly path: FieldPath; readonly negated: boolean }
  /** Full-text search in the fields that the resource names for it. */
  | {
      readonly kind: "search";
      /** Names of to-one relationships to the record that is searched. */
      readonly path: FieldPath;
      readonly parameter: ParameterRef;
    }
  /** At least one record of a to-many relationship fulfils the condition (null: any record at all). Never unknown. */
  | {
      readonly kind: "some";
      /** Names of to-one relationships, then the to-many one. */
      readonly path: FieldPath;
      readonly condition: Condition | null;
    };

export type CompareOperator = "eq" | "ne" | "lt" | "lte" | "gt" | "gte" | TextOperator;

/** An `i` in front ignores case. */
export type TextOperator = "contains" | "startsWith" | "endsWith" | "ieq" | "icontains" | "istartsWith" | "iendsWith";

export type WriteShape =
  | CreateShape
  | CreateManyShape
  | UpsertShape
  | UpdateShape
  | UpdateManyShape
  | DestroyShape
  | DestroyManyShape
  | RecheckShape;

interface ActionShape {
  /** Name of the action; absent means the standard one of the kind. */
  readonly action?: string;
  /**
   * The fields that the caller gave values for, as policies of fields see them; the others that are set are defaults or
   * the action's own. References count by their field, links by their relationship.
   */
  readonly given?: readonly string[];
  /** The version that a record must be at to be changed. */
  readonly version?: ParameterRef;
  /** Failed checks are answered in a column of their own instead of undoing the statement: the transaction is to. */
  readonly collect?: true;
}

/** Answers the new object. */
export interface CreateShape extends ActionShape {
  readonly kind: "create";
  readonly resource: string;
  /** Fields that are not named get their default. */
  readonly set: readonly FieldValue[];
  readonly links: readonly LinkChange[];
  readonly selection: Selection;
}

/** Answers an array of the new objects, in the order given. All or none. */
export interface CreateManyShape extends ActionShape {
  readonly kind: "createMany";
  readonly resource: string;
  /** The fields that some row sets; a row without one of them gets its default. */
  readonly fields: readonly string[];
  /** The parameter is the JSON text of a list of objects: field name to canonical text or null. */
  readonly rows: ParameterRef;
  /** Fields that have the same value in all rows. */
  readonly shared?: readonly FieldValue[];
  /** From the parameter of the rows on there is one array literal of texts for each field, in place of one JSON text. */
  readonly layout?: "columns";
  /** Answers how many were created, `{"created": number}`, instead of the objects. */
  readonly answers?: "count";
  readonly selection: Selection;
}

/**
 * Creates a record, or changes the one that has the same values in the fields of `by`. Answers
 * `{"created": true or false, "record": the object}`, or nothing when the one that is there may not be changed.
 */
export interface UpsertShape extends ActionShape {
  readonly kind: "upsert";
  readonly resource: string;
  readonly by: readonly string[];
  readonly set: readonly FieldValue[];
  /** The fields that a record which is there takes over; the others keep their values. */
  readonly change: readonly string[];
  /**
   * Many records at once, no two of them the same: what is set is one array literal of texts for each field. Answers how
   * many were written, `{"written": number, "created": number}`; of those that may not be changed none is.
   */
  readonly layout?: "columns";
  /** Fields that have the same value in all rows. */
  readonly shared?: readonly FieldValue[];
  readonly selection: Selection;
}

/** Answers the changed object, or nothing when no record has the key. */
export interface UpdateShape extends ActionShape {
  readonly kind: "update";
  readonly resource: string;
  readonly key: ParameterRef;
  readonly set: readonly FieldValue[];
  readonly links: readonly LinkChange[];
  readonly selection: Selection;
}

/** Answers the object as it was, or nothing when no record has the key. */
export interface DestroyShape extends ActionShape {
  readonly kind: "destroy";
  readonly resource: string;
  readonly key: ParameterRef;
  readonly selection: Selection;
}

/** Which records a change of many concerns. */
export type Target =
  /** All that fulfil the condition (null: all there are), and no more than `limit`. */
  | { readonly kind: "filter"; readonly where: Condition | null; readonly limit: ParameterRef }
  /** Those with the keys of a list; each has to be there. */
  | { readonly kind: "keys"; readonly keys: ParameterRef };

/** Answers `{"affected": number}`. All or none. */
export interface UpdateManyShape extends ActionShape {
  readonly kind: "updateMany";
  readonly resource: string;
  readonly target: Target;
  readonly set: readonly FieldValue[];
}

/** Answers `{"affected": number}`. All or none. */
export interface DestroyManyShape extends ActionShape {
  readonly kind: "destroyMany";
  readonly resource: string;
  readonly target: Target;
}

/**
 * The second statement of a transaction: shows what the first has changed, and checks what could not be checked before
 * the change was there. Answers an array of the objects.
 */
export interface RecheckShape extends ActionShape {
  readonly kind: "recheck";
  readonly resource: string;
  /** What the first statement did. */
  readonly of: "create" | "update";
  readonly action: string;
  /** A list. */
  readonly keys: ParameterRef;
  readonly selection: Selection;
  readonly collect: true;
}

export interface FieldValue {
  readonly field: string;
  readonly parameter: ParameterRef;
}

/** A change of a manyToMany: the parameter is a list of keys of the target. */
export interface LinkChange {
  readonly relationship: string;
  /** `set` leaves exactly these; `add` and `remove` leave the others as they are. */
  readonly mode: "set" | "add" | "remove";
  readonly keys: ParameterRef;
}

/** Who asks. */
export interface Actor {
  readonly kind: "anonymous" | "apiKey" | "user" | "process";
  /** Of a user the key of its record as canonical text, of a process its name. */
  readonly id: string | null;
  /** Names of roles of the app. */
  readonly roles: readonly string[];
  /** Which of the app's own customers it belongs to: what a tenant attribute must hold, canonical. */
  readonly tenant: string | null;
  /** Attributes of the record of a user, canonical. */
  readonly attributes: Readonly<Record<string, ParameterValue>>;
  /** Policies do not concern it. */
  readonly unrestricted: boolean;
}

/** Runs a plan as an actor: the JSON text of the answer in UTF-8, or null when no record has the key. */
export type RunPlan = (actor: Actor, plan: Plan) => Promise<Uint8Array | null>;
