/** The part of `gantry.d.ts` that says what resources work out, do and allow. */
export const behaviourTypings = `
  /** The text of an expression over the record, such as "amount > 0 && owner == actor.id". */
  type Expression = string;

  interface Calculation {
    readonly [mark]: "calculation";
  }

  interface CalculationOptions {
    /** Keeps the value in a column of its own, up to date with every change; a text is the stored name. */
    stored?: boolean | string;
    /** What it is, for people. */
    describe?: string;
    /** Still answered, but clients are told to leave it. */
    deprecated?: Deprecated;
  }

  function text(expression: Expression, options?: CalculationOptions): Calculation;
  function integer(expression: Expression, options?: CalculationOptions): Calculation;
  function bigint(expression: Expression, options?: CalculationOptions): Calculation;
  function decimal(
    expression: Expression,
    options?: CalculationOptions & { precision?: number; scale?: number },
  ): Calculation;
  function money(expression: Expression, options?: CalculationOptions & { currency?: string }): Calculation;
  function boolean(expression: Expression, options?: CalculationOptions): Calculation;
  function date(expression: Expression, options?: CalculationOptions): Calculation;
  function time(expression: Expression, options?: CalculationOptions): Calculation;
  function timestamp(expression: Expression, options?: CalculationOptions): Calculation;
  function duration(expression: Expression, options?: CalculationOptions): Calculation;
  function uuid(expression: Expression, options?: CalculationOptions): Calculation;
  function json(expression: Expression, options?: CalculationOptions): Calculation;
  function choice(
    options: readonly string[] | Readonly<Record<string, string>>,
    expression: Expression,
    more?: CalculationOptions,
  ): Calculation;
  function list(of: Attribute, expression: Expression, options?: CalculationOptions): Calculation;

  interface Aggregate {
    readonly [mark]: "aggregate";
  }

  interface AggregateOptions extends CalculationOptions {
    /** Only records for which this is true. */
    where?: Expression;
  }

  interface OrderedAggregateOptions extends AggregateOptions {
    /** Fields of the records; with "-" in front from high to low. */
    order?: readonly string[];
  }

  /** How many records there are at the end of a path of relationships, such as "lines" or "company.deals". */
  function count(path: string, options?: AggregateOptions): Aggregate;
  /** Whether there is one. */
  function exists(path: string, options?: AggregateOptions): Aggregate;
  /** Of a field of those records: "company.deals.amount". */
  function sum(path: string, options?: AggregateOptions): Aggregate;
  function avg(path: string, options?: AggregateOptions): Aggregate;
  function min(path: string, options?: AggregateOptions): Aggregate;
  function max(path: string, options?: AggregateOptions): Aggregate;
  function first(path: string, options?: OrderedAggregateOptions): Aggregate;
  /** All of its values. */
  function list(path: string, options?: OrderedAggregateOptions): Aggregate;

  interface Validation {
    readonly [mark]: "validation";
  }

  interface CheckOptions {
    /** What is wrong, for whoever made the change. */
    message: string;
    /** The field it concerns. */
    field?: string;
    /** It is asked only where this is true. */
    when?: Expression;
  }

  /** A record for which the expression is not true is refused. */
  function check(expression: Expression, options: CheckOptions & { on?: readonly string[] }): Validation;

  interface Transition {
    readonly [mark]: "transition";
  }

  /** "lead -> won", "won, lost -> lead" or "* -> lost"; open only where "when" is true. */
  function transition(states: string, options?: { when?: Expression }): Transition;

  interface States<A> {
    /** The choice whose options are the states; nothing but transitions changes it. */
    attribute: keyof A & string;
    /** By the names of the actions that make them. */
    transitions: Readonly<Record<string, string | Transition>>;
  }

  interface Action {
    readonly [mark]: "action";
  }

  interface Requirement {
    readonly [mark]: "requirement";
  }

  /** What must be true before an action, and what to say where it is not. */
  function require(expression: Expression, message?: string): Requirement;

  interface DescribedOptions {
    /** What it is, for people. */
    describe?: string;
  }

  interface WriteOptions extends DescribedOptions {
    /** Fields that a caller may set; without it all for create and update, none for a named action. */
    accept?: readonly string[];
    /** Values that a caller gives and that are not stored under their names; expressions see "arguments". */
    arguments?: Readonly<Record<string, Attribute>>;
    /** Fields that the action sets itself. */
    set?: Readonly<Record<string, Expression>>;
    /** What must be true of the record before the change. */
    require?: Expression | Requirement | readonly (Expression | Requirement)[];
    /** What must be true of the record after the change. */
    validations?: readonly Validation[];
  }

  interface CreateOptions extends WriteOptions {
    /** The unique fields by which it updates a record that is there already. */
    upsert?: readonly string[];
  }

  type DestroyOptions = Pick<WriteOptions, "arguments" | "require" | "describe">;

  interface ReadOptions extends DescribedOptions {
    arguments?: Readonly<Record<string, Attribute>>;
    /** Which records it answers. */
    where?: Expression;
  }

  function read(options?: ReadOptions): Action;
  function create(options?: CreateOptions): Action;
  function update(options?: WriteOptions): Action;
  function destroy(options?: DestroyOptions): Action;

  interface StandardActions {
    read: DescribedOptions;
    create: CreateOptions;
    update: WriteOptions;
    destroy: DestroyOptions;
  }

  type Only<T, O> = T extends Action ? T : { readonly [K in keyof T]: K extends keyof O ? O[K] : never };

  type Actions<X> = {
    readonly [N in keyof X]: N extends keyof StandardActions ? Only<X[N], StandardActions[N]> : Action;
  };

  interface Policy {
    readonly [mark]: "policy";
  }

  /** Names of actions, "read", "create", "update", "destroy" for all of that type, or "*". Nothing is allowed by itself. */
  function allow(actions: string | readonly string[], expression: Expression, options?: DescribedOptions): Policy;
  /** Takes back what is allowed. */
  function forbid(actions: string | readonly string[], expression: Expression, options?: DescribedOptions): Policy;
  /** Who may read and write single fields, among those who may read and write the record. */
  function field(
    fields: string | readonly string[],
    options: DescribedOptions & { read?: Expression; write?: Expression },
  ): Policy;

  interface UniqueWhen {
    readonly [mark]: "uniqueWhen";
  }

  /** Fields whose values together are unique among the records for which the expression is true. */
  function uniqueWhen(fields: readonly string[], expression: Expression): UniqueWhen;

  interface SoftDelete {
    readonly [mark]: "softDelete";
  }

  /** Destroyed records stay and can be restored; names the column that says since when. */
  function softDelete(options: { column?: string }): SoftDelete;

  interface Search {
    readonly [mark]: "search";
  }

  type Language =
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

  /** Full-text search in texts, with the words of a language. */
  function search(fields: readonly string[], options?: { language?: Language }): Search;

  interface Behaviour<A, S, X> {
    /** Values worked out from the record, what it leads to and the actor: decimal("amount * 1.19", { scale: 2 }). */
    calculations?: Readonly<Record<string, Calculation>>;
    /** Values over related records: count("lines"), sum("lines.price"). */
    aggregates?: Readonly<Record<string, Aggregate>>;
    /** What must be true of every record. */
    validations?: readonly Validation[];
    /** Which changes of a choice there are. */
    states?: States<A>;
    /** Which actions there are; without it all four standard ones. */
    actions?: X & Actions<X>;
    /** Who may do what. */
    policies?: readonly Policy[];
    /** Destroyed records stay, hidden, and can be restored. */
    softDelete?: boolean | SoftDelete;
    /** Every change is kept. */
    history?: boolean;
    /** A number that grows with every change, so that nobody writes over another's. */
    versioned?: boolean | { required?: boolean; column?: string };
    /** createdAt and updatedAt. */
    timestamps?: boolean | { createdColumn?: string; updatedColumn?: string };
    /** The required field whose value is the tenant of the actor. */
    tenant?: S;
    /** Texts to search in. */
    search?: readonly (keyof A & string)[] | Search;
    /** The order of lists that ask for none: ["-createdAt", "name"]. */
    order?: readonly string[];
    /** Changes are told to those who listen: the change feed and GraphQL subscriptions. */
    changeFeed?: boolean;
    /** Changes become events, which endpoints can be sent. */
    events?: boolean;
    /** How it shows in the APIs. */
    api?: ResourceApi;
  }
`;
