import type { Argument, AttributeType, ExpressionText, JsonValue } from "./types.ts";

/**
 * Ordered and branching steps that go on by themselves: each step's result is kept in the environment's own database, and
 * a run keeps the version of the process that it began with. One process per file, `processes/<kebab-case name>.ts`.
 */
export interface Process {
  /** camelCase; shares one space of names with functions. */
  readonly name: string;
  readonly describe?: string;
  /** What every start gives; `input` in expressions. */
  readonly input?: readonly Argument[];
  readonly starts?: readonly Start[];
  readonly steps: readonly Step[];
  /** What a run comes to: for whoever called it. */
  readonly output?: readonly TypedExpression[];
  /** A run that takes longer fails; a duration such as `PT36H`. */
  readonly timeout?: string;
}

/** What begins runs, and how it fills the inputs. */
export type Start = ChangeStart | ScheduleStart | HookStart | CallStart;

/** A record was changed. Expressions see its plain fields after the change, `previous` (before it) and `actor`. */
export interface ChangeStart {
  readonly kind: "change";
  readonly resource: string;
  /** Names or types of actions; absent means create, update and destroy. */
  readonly actions?: readonly string[];
  /** Only where one of these fields has another value than before. */
  readonly fields?: readonly string[];
  readonly when?: ExpressionText;
  readonly input?: readonly NamedExpression[];
}

/** Expressions see `scheduledAt`. */
export interface ScheduleStart {
  readonly kind: "schedule";
  /** Five fields of cron: minute, hour, day of month, month, day of week. */
  readonly cron: string;
  /** IANA name; absent means UTC. */
  readonly zone?: string;
  /** What becomes of moments at which nothing ran: one run for the last of them, one for each, or none (absent). */
  readonly missed?: "once" | "each";
  readonly input?: readonly NamedExpression[];
}

/** `POST /hooks/<name>` */
export interface HookStart {
  readonly kind: "hook";
  /** camelCase; in the path kebab-case; unique in the app. */
  readonly name: string;
  readonly signature: HookSignature;
  /** Where the inputs are in the JSON that was sent. */
  readonly input?: readonly TakenInput[];
}

export interface HookSignature {
  readonly scheme: "stripe" | "github" | "standard" | "hmac" | "none";
  /** Name of the environment's secret; absent for `none` only. */
  readonly secret?: string;
  /** Of `hmac`: the header that holds the signature, in hex or base64, with SHA-256. */
  readonly header?: string;
}

export interface TakenInput {
  readonly name: string;
  /** A JSON pointer (RFC 6901), such as `/data/object/id`. */
  readonly pointer: string;
}

/** `POST /processes/<name>`, with the inputs as a JSON object. */
export interface CallStart {
  readonly kind: "call";
  /** Who may; sees `actor` and `input`. Absent: service keys only. */
  readonly allow?: ExpressionText;
}

export interface NamedExpression {
  readonly name: string;
  readonly expression: ExpressionText;
}

export interface TypedExpression extends NamedExpression {
  readonly type: AttributeType;
}

/**
 * Expressions in steps see `input`, the results of the steps before (`steps.<name>`), what the loops around them are at
 * (by its name), and `now()` and `today()`, which are those at which the step began.
 */
export type Step =
  | ActionStep
  | FindStep
  | SelectStep
  | TransformStep
  | BranchStep
  | ForEachStep
  | RepeatStep
  | ParallelStep
  | WaitStep
  | WaitForStep
  | RequestStep
  | MailStep
  | FunctionStep
  | ProcessStep
  | AskStep
  | EmitStep
  | FailStep;

export type StepKind = Step["kind"];

interface StepBase {
  /** camelCase; unique in its process, at whatever depth. */
  readonly name: string;
  readonly describe?: string;
  /** The step is passed over where this is not true; its result is then null. */
  readonly when?: ExpressionText;
  readonly retry?: Retry;
  /** An attempt that takes longer has failed; a duration. */
  readonly timeout?: string;
  /** What happens when the last attempt has failed: these steps, and then the run goes on. Absent: the run fails. `error.code` and `error.message` are in sight. */
  readonly onError?: readonly Step[];
  /** What undoes the step when the run fails later: the latest step's first. */
  readonly compensate?: readonly Step[];
}

export interface Retry {
  /** Attempts in all. */
  readonly attempts: number;
  /** The pause before the second; doubled before each further one; a duration. */
  readonly pause?: string;
}

/** Does an action to a record; its result is the record's plain fields, null after a destroy. Policies do not concern it. */
export interface ActionStep extends StepBase {
  readonly kind: "action";
  readonly resource: string;
  /** Of the type create, update or destroy. */
  readonly action: string;
  /** Key of the record; absent for creates. */
  readonly key?: ExpressionText;
  /** Fields and arguments; a belongsTo by its name takes a key. */
  readonly input?: readonly NamedExpression[];
}

/** The plain fields of a record, or null. */
export interface FindStep extends StepBase {
  readonly kind: "find";
  readonly resource: string;
  readonly key: ExpressionText;
}

/** A list of records' plain fields. */
export interface SelectStep extends StepBase {
  readonly kind: "select";
  readonly resource: string;
  /** A named read; absent: the standard one. */
  readonly action?: string;
  readonly arguments?: readonly NamedExpression[];
  /** Fields that must be equal to these. */
  readonly where?: readonly NamedExpression[];
  readonly order?: readonly { readonly name: string; readonly descending: boolean }[];
  /** At most 1000; absent means 100. */
  readonly limit?: number;
}

/** An object of the values. */
export interface TransformStep extends StepBase {
  readonly kind: "transform";
  readonly values: readonly TypedExpression[];
}

/** The first branch whose condition is true; null is the result. */
export interface BranchStep extends StepBase {
  readonly kind: "branch";
  readonly branches: readonly { readonly when: ExpressionText; readonly steps: readonly Step[] }[];
  readonly otherwise?: readonly Step[];
}

/** The number of items is the result. */
export interface ForEachStep extends StepBase {
  readonly kind: "forEach";
  /** A list. */
  readonly items: ExpressionText;
  /** camelCase name of an item in the steps' expressions. */
  readonly as: string;
  readonly steps: readonly Step[];
  /** Items under way at the same time; absent means one after the other. */
  readonly atOnce?: number;
}

/** The number of rounds is the result. */
export interface RepeatStep extends StepBase {
  readonly kind: "repeat";
  /** Asked before each round. */
  readonly while: ExpressionText;
  /** Rounds after which it fails; at most 1000. */
  readonly atMost: number;
  readonly steps: readonly Step[];
}

/** All branches at the same time; null is the result. */
export interface ParallelStep extends StepBase {
  readonly kind: "parallel";
  readonly branches: readonly { readonly name: string; readonly steps: readonly Step[] }[];
}

/** One of both. The moment at which it went on is the result. */
export interface WaitStep extends StepBase {
  readonly kind: "wait";
  /** A duration. */
  readonly for?: ExpressionText;
  /** A timestamp. */
  readonly until?: ExpressionText;
}

/** Waits for a change of a record. Its plain fields are the result; null when none came in time. */
export interface WaitForStep extends StepBase {
  readonly kind: "waitFor";
  readonly resource: string;
  readonly actions?: readonly string[];
  /** Sees the record's plain fields, `previous`, and what steps see. */
  readonly match: ExpressionText;
  /** A duration, from when the step began. */
  readonly within: string;
}

/** Calls an HTTP endpoint. An object of `status` and what was taken is the result; a status of 400 or more is a failure. */
export interface RequestStep extends StepBase {
  readonly kind: "request";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A text: a whole URL, or with a connection a path below its URL. */
  readonly url: ExpressionText;
  readonly connection?: string;
  readonly headers?: readonly NamedExpression[];
  /** Members of a JSON object. */
  readonly body?: readonly TypedExpression[];
  /** What is taken from the JSON of the answer. */
  readonly take?: readonly Taken[];
}

export interface Taken extends TakenInput {
  readonly type: AttributeType;
}

/** Null is the result: the mail is on its way as soon as the server has taken it. */
export interface MailStep extends StepBase {
  readonly kind: "mail";
  /** A text, or a list of texts. */
  readonly to: ExpressionText;
  readonly subject: ExpressionText;
  /** Plain text. */
  readonly text: ExpressionText;
}

/** Runs a function of the app; what it returns is the result. */
export interface FunctionStep extends StepBase {
  readonly kind: "function";
  readonly function: string;
  readonly input?: readonly NamedExpression[];
}

/** Runs another process to its end; an object of its output is the result. */
export interface ProcessStep extends StepBase {
  readonly kind: "process";
  readonly process: string;
  readonly input?: readonly NamedExpression[];
  /** True: the run goes on at once, and null is the result. */
  readonly detached?: true;
}

/** Asks a language model; an object of what it gave is the result. */
export interface AskStep extends StepBase {
  readonly kind: "ask";
  /** Of the kind `model`. */
  readonly connection: string;
  readonly prompt: ExpressionText;
  /** What it must answer; described to it. */
  readonly returns: readonly Argument[];
}

/** Publishes an event of the app's own to the endpoints that listen. */
export interface EmitStep extends StepBase {
  readonly kind: "emit";
  /** camelCase with dots, such as `deal.escalated`. */
  readonly type: string;
  readonly data?: readonly TypedExpression[];
}

/** Ends the run as failed. */
export interface FailStep extends StepBase {
  readonly kind: "fail";
  readonly message: ExpressionText;
}

/** A pure function in TypeScript, run in a sandbox. One per file, `functions/<kebab-case name>.ts`. */
export interface AppFunction {
  /** camelCase; shares one space of names with processes. */
  readonly name: string;
  readonly describe?: string;
  readonly parameters: readonly Argument[];
  readonly returns: AttributeType;
  readonly examples?: readonly FunctionExample[];
  /** The text of a function of one object of the parameters: `({ amount }) => amount`. TypeScript, as it was written. */
  readonly source: string;
}

export interface FunctionExample {
  readonly given: Readonly<Record<string, JsonValue>>;
  readonly returns: JsonValue;
}

/** A server that processes call. What is secret about it is a secret of the environment, by its name. */
export interface Connection {
  /** camelCase. */
  readonly name: string;
  readonly describe?: string;
  /** `model` speaks the API of OpenAI's chat completions. */
  readonly kind: "http" | "model";
  /** Where it is; or the name of the secret that says so. */
  readonly url?: string;
  readonly urlSecret?: string;
  readonly authorization?: ConnectionAuthorization;
  /** Of `model`: which one. */
  readonly model?: string;
}

export type ConnectionAuthorization =
  | { readonly kind: "bearer"; readonly secret: string }
  | { readonly kind: "basic"; readonly user: string; readonly secret: string }
  | { readonly kind: "header"; readonly header: string; readonly secret: string };

/** How the people who use an app sign in (`/auth`). Absent: there is nobody but keys. */
export interface AppAuth {
  readonly password?: { readonly minLength?: number };
  /** A mail with a link that signs in. */
  readonly magicLink?: true;
  /** A mail with six digits that sign in. */
  readonly code?: true;
  /** A second factor by an authenticator app: whoever wants, or everybody with one of the roles (`*`: everybody). */
  readonly totp?: { readonly required?: readonly string[] };
  readonly providers?: readonly IdentityProvider[];
  /** Tokens of these issuers are taken as they are. */
  readonly issuers?: readonly ExternalIssuer[];
  /** Who may make an account: anybody, whoever was invited (absent). */
  readonly signUp?: "open";
  /** Roles of those who sign up. */
  readonly defaultRoles?: readonly string[];
  /** Attribute of the resource of `users` that holds the address; its record is made at sign-up. */
  readonly email?: string;
  /** Where links in mails and sign-in by providers may lead back to; a URL, or its beginning when it ends with `/`. */
  readonly redirects?: readonly string[];
}

/** Sign-in by OpenID Connect. */
export interface IdentityProvider {
  /** camelCase, in paths kebab-case. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Name of the environment's secret; absent for public clients. */
  readonly clientSecret?: string;
  readonly scopes?: readonly string[];
  readonly roles?: ClaimRoles;
}

export interface ExternalIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly roles?: ClaimRoles;
  /** Claim with the key of the user's record in the resource of `users`; absent means `sub`. */
  readonly id?: string;
  /** Claim with the tenant. */
  readonly tenant?: string;
}

export interface ClaimRoles {
  /** Path of the claim that names roles, such as `realm_access.roles`. */
  readonly claim: string;
  /** Names in the claim by roles of the app; absent: they are the same. */
  readonly map?: Readonly<Record<string, string>>;
}
