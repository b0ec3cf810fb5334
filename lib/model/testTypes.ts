import type { ExpressionText, JsonValue } from "./types.ts";

/**
 * Vetted tests of an app: given rows, as somebody, do one thing, expect what comes of it. They are declarative, so that
 * they can be proposed, drawn, counted and run by any runtime. One file in `tests/<kebab-case name>.ts`; beside the model,
 * not part of it: a test changes no snapshot.
 */
export interface TestFile {
  /** camelCase name of the file. */
  readonly name: string;
  readonly describe?: string;
  readonly tests: readonly AppTest[];
}

export interface AppTest {
  /** A sentence that says what must hold; unique within its file. */
  readonly name: string;
  /** Why it matters, or why it was proposed. */
  readonly explain?: string;
  /** In their order; later ones may refer to earlier ones. */
  readonly given?: readonly GivenRow[];
  readonly as: TestActor;
  readonly do: TestDeed;
  readonly expect: TestExpectation;
}

/** A record that is there before. It is stored as it stands: neither policies, validations nor states are asked. */
export interface GivenRow {
  /** camelCase; how the test speaks of the record. */
  readonly name: string;
  readonly resource: string;
  /** By field of the API; of a belongsTo by its name. What is required and missing gets a plain value. */
  readonly values: Readonly<Record<string, TestValue>>;
}

/** A JSON value as the API shows it, or the key of a given record; also within lists and objects. */
export type TestValue = JsonValue | RowReference;

/** No JSON value of a test is an object with nothing but a text `row`. */
export interface RowReference {
  readonly row: string;
}

export type TestActor =
  | { readonly kind: "anonymous" }
  /** Whom policies do not concern. */
  | { readonly kind: "service" }
  /** An API key with roles. */
  | { readonly kind: "key"; readonly roles: readonly string[] }
  /** An end user: a given record of the users' resource. */
  | { readonly kind: "user"; readonly row: string; readonly roles?: readonly string[] };

export type TestDeed =
  /** One record by its key. */
  | { readonly kind: "get"; readonly row: string }
  /** The list of a resource; by a named read where `action` says so, with its arguments. */
  | {
      readonly kind: "list";
      readonly resource: string;
      readonly action?: string;
      readonly input?: TestInput;
      readonly where?: ExpressionText;
    }
  | { readonly kind: "create"; readonly resource: string; readonly action: string; readonly input: TestInput }
  /** Also named actions and transitions of a record. */
  | { readonly kind: "update"; readonly row: string; readonly action: string; readonly input: TestInput }
  | { readonly kind: "destroy"; readonly row: string; readonly action: string; readonly input: TestInput };

export type TestInput = Readonly<Record<string, TestValue>>;

export type TestExpectation =
  /** It is done; the record that comes of it, or is read, has these fields. */
  | { readonly kind: "done"; readonly record?: Readonly<Record<string, TestValue>> }
  /** The list holds exactly these given records, in any order. */
  | { readonly kind: "rows"; readonly rows: readonly string[] }
  /** It is refused with this code (lib/errors/codes), perhaps for this field; nothing has changed. */
  | { readonly kind: "refused"; readonly code: string; readonly field?: string };

/** What became of one test. */
export interface TestResult {
  /** `deals/A won deal stays` */
  readonly id: string;
  readonly state: "passed" | "failed";
  readonly milliseconds: number;
  /** Public sentence: what was expected and what came instead. */
  readonly reason?: string;
}
