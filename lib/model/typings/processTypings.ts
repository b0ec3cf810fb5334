/** The part of `gantry.d.ts` that says what processes and functions are written with. */
export const processTypings = `
  interface Start {
    readonly [mark]: "start";
  }

  interface Step {
    readonly [mark]: "step";
  }

  interface Branch {
    readonly [mark]: "branch";
  }

  /** Steps by their names, in the order in which they are done. */
  type Steps = Readonly<Record<string, Step>>;
  /** Values by their names: { deal: "input.deal" }. */
  type Values = Readonly<Record<string, Expression>>;
  /** Values with their types: { total: decimal("steps.a.amount * 2") }. */
  type TypedValues = Readonly<Record<string, Calculation>>;
  /** A length of time: "PT30M", "PT12H", "P14D". */
  type Duration = string;

  interface ProcessOptions {
    /** What it is for, for people. */
    describe?: string;
    /** What every start gives; "input" in expressions. */
    input?: Readonly<Record<string, Attribute>>;
    starts?: readonly Start[];
    steps: Steps;
    /** What a run comes to, for whoever called it. */
    output?: TypedValues;
    /** A run that takes longer fails. */
    timeout?: Duration;
  }

  /** Steps that go on by themselves, in processes/<name>.ts: process("closeDeal", { steps: { ... } }). */
  function process(name: string, options: ProcessOptions): unknown;

  interface ChangeOptions {
    /** Names or types of actions; without it create, update and destroy. */
    actions?: readonly string[];
    /** Only where one of these fields has another value than before. */
    fields?: readonly string[];
    /** Sees the record's fields, "previous" and "actor". */
    when?: Expression;
    input?: Values;
  }

  /** Begins a run when a record is changed. */
  function onChange(resource: string, options?: ChangeOptions): Start;

  interface ScheduleOptions {
    /** Such as "Europe/Berlin"; without it UTC. */
    zone?: string;
    /** What becomes of moments at which nothing ran: one run for the last, one for each, or none. */
    missed?: "once" | "each";
    /** Sees "scheduledAt". */
    input?: Values;
  }

  /** Begins runs by the clock, in five fields of cron: onSchedule("0 9 * * MON"). */
  function onSchedule(cron: string, options?: ScheduleOptions): Start;

  type Signature =
    | { scheme: "stripe" | "github" | "standard"; secret: string; header?: never }
    | { scheme: "hmac"; secret: string; header: string }
    | { scheme: "none"; secret?: never; header?: never };

  interface HookOptions {
    /** How its sender is known; "secret" is the name of a secret of the environment. */
    signature: Signature;
    /** Where the inputs are in the JSON that is sent: { order: "/data/id" }. */
    input?: Readonly<Record<string, string>>;
  }

  /** Begins a run when another system calls /hooks/<name>. */
  function onHook(name: string, options: HookOptions): Start;
  /** Begins a run when it is called over the API; without "allow" service keys only may. */
  function onCall(options?: { allow?: Expression }): Start;

  interface StepOptions {
    describe?: string;
    /** The step is passed over where this is not true. */
    when?: Expression;
    /** Attempts in all, and the pause before the second, doubled before each further one. */
    retry?: { attempts: number; pause?: Duration };
    /** An attempt that takes longer has failed. */
    timeout?: Duration;
    /** What is done when the last attempt has failed; the run goes on after it. */
    onError?: Steps;
    /** What undoes the step when the run fails later. */
    compensate?: Steps;
  }

  /** Does an action to a record: act("Deal", "win", { key: "input.deal" }). */
  function act(
    resource: string,
    action: string,
    options?: StepOptions & { key?: Expression; input?: Values },
  ): Step;
  /** The record of a key, or null. */
  function find(resource: string, key: Expression, options?: StepOptions): Step;

  interface SelectOptions extends StepOptions {
    /** A named read; without it the standard one. */
    action?: string;
    arguments?: Values;
    /** Fields that must be equal to these. */
    where?: Values;
    /** Fields; with "-" in front from high to low. */
    order?: readonly string[];
    /** At most 1000; without it 100. */
    limit?: number;
  }

  /** A list of records. */
  function select(resource: string, options?: SelectOptions): Step;
  /** Works values out: transform({ total: decimal("steps.a.amount * 2") }). */
  function transform(values: TypedValues, options?: StepOptions): Step;
  /** The first branch whose condition is true: branch([when("input.big", { ... })], { otherwise: { ... } }). */
  function branch(branches: readonly Branch[], options?: StepOptions & { otherwise?: Steps }): Step;
  function when(condition: Expression, steps: Steps): Branch;

  interface ForEachOptions extends StepOptions {
    /** The name of an item in the steps' expressions. */
    as: string;
    steps: Steps;
    /** Items under way at the same time; without it one after the other. */
    atOnce?: number;
  }

  /** The same steps for each item of a list. */
  function forEach(items: Expression, options: ForEachOptions): Step;
  /** The same steps as long as a condition holds, which is asked before each round. */
  function repeat(condition: Expression, options: StepOptions & { atMost: number; steps: Steps }): Step;
  /** All branches at the same time. */
  function parallel(branches: Readonly<Record<string, Steps>>, options?: StepOptions): Step;
  /** Goes on later: after a length of time, or at a moment. */
  function wait(
    options: StepOptions & ({ for: Expression; until?: never } | { until: Expression; for?: never }),
  ): Step;

  interface WaitForOptions extends StepOptions {
    actions?: readonly string[];
    /** Sees the record's fields and "previous" besides what steps see. */
    match: Expression;
    /** How long it waits at most; then its result is null. */
    within: Duration;
  }

  /** Goes on when a record is changed so that it matches. */
  function waitFor(resource: string, options: WaitForOptions): Step;

  interface RequestOptions extends StepOptions {
    /** Of the kind http; the address is then a path below its own. */
    connection?: string;
    headers?: Values;
    /** Members of a JSON object. */
    body?: TypedValues;
    /** What is taken from the JSON of the answer: { id: text("/data/id") }. */
    take?: TypedValues;
  }

  /** Calls an HTTP endpoint. */
  function request(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    url: Expression,
    options?: RequestOptions,
  ): Step;
  /** Sends a mail of plain text, to an address or a list of them. */
  function mail(options: StepOptions & { to: Expression; subject: Expression; text: Expression }): Step;
  /** Runs a function of the app. */
  function compute(fn: string, options?: StepOptions & { input?: Values }): Step;
  /** Runs another process to its end; "detached" goes on at once. */
  function run(process: string, options?: StepOptions & { input?: Values; detached?: boolean }): Step;
  /** Asks a language model over a connection of the kind model. */
  function ask(
    connection: string,
    options: StepOptions & { prompt: Expression; returns: Readonly<Record<string, Attribute>> },
  ): Step;
  /** Publishes an event of the app's own: emit("deal.escalated", { data: { id: uuid("input.deal") } }). */
  function emit(type: string, options?: StepOptions & { data?: TypedValues }): Step;
  /** Ends the run as failed. */
  function fail(message: Expression, options?: StepOptions): Step;

  interface FunctionOptions<P> {
    describe?: string;
    parameters?: P;
    returns: Attribute;
    examples?: readonly { given: Readonly<Record<string, Json>>; returns: Json }[];
  }

  type DecimalLike = Decimal | string | number | bigint;

  /** Counts exactly: Decimal.of(amount).times("0.19").round(2). Only in functions. */
  class Decimal {
    private constructor();
    static of(value: DecimalLike): Decimal;
    plus(other: DecimalLike): Decimal;
    minus(other: DecimalLike): Decimal;
    times(other: DecimalLike): Decimal;
    /** Rounded to so many digits after the point, half away from zero. */
    dividedBy(other: DecimalLike, digits?: number): Decimal;
    /** To so many digits after the point, half away from zero. */
    round(digits?: number): Decimal;
    negated(): Decimal;
    abs(): Decimal;
    compare(other: DecimalLike): -1 | 0 | 1;
    equals(other: DecimalLike): boolean;
    toString(): string;
    toJSON(): string;
  }

  /**
   * A pure function, in functions/<name>.ts. It has no clock, no chance and no network; decimals are texts, and what is
   * not required may be null.
   */
  function fn<const P extends Readonly<Record<string, Attribute>> = {}>(
    name: string,
    options: FunctionOptions<P>,
    run: (given: { readonly [N in keyof P]: P[N] extends Of<infer V> ? V : Json }) => unknown,
  ): unknown;
`;
