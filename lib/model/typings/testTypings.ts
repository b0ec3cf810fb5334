import { errorCodes } from "../../errors/codes.ts";

/** The part of `gantry.d.ts` that says how the app's tests are written. */
export const testTypings = `
  /** The key of a given record. */
  interface RowReference<N extends string = string> {
    readonly [mark]: "ref";
    readonly to: N;
  }

  /** The key of a record that is given under the name: ref("acme"). */
  function ref<const N extends string>(row: N): RowReference<N>;

  type TestValue =
    | string
    | number
    | boolean
    | null
    | RowReference
    | readonly TestValue[]
    | { readonly [name: string]: TestValue };

  /** By the names of fields, a belongsTo by its own name. */
  type TestValues = Readonly<Record<string, TestValue>>;

  interface GivenRow {
    readonly [mark]: "row";
  }

  /** A record that is there before, stored as it stands; what is required and missing gets a plain value. */
  function row(resource: string, values?: TestValues): GivenRow;

  interface TestActor<N extends string = never> {
    readonly [mark]: "actor";
    readonly of: N;
  }

  interface TestRoles {
    roles?: readonly string[];
  }

  /** Somebody without a key. */
  function anonymous(): TestActor;
  /** The app itself, whom policies do not concern. */
  function service(): TestActor;
  /** Who sends an API key with these roles. */
  function key(options?: TestRoles): TestActor;
  /** Who is signed in: a given record of the users' resource. */
  function user<const N extends string>(row: N, options?: TestRoles): TestActor<N>;

  interface TestDeed<N extends string = never> {
    readonly [mark]: "deed";
    readonly of: N;
  }

  /** Reads a given record. */
  function get<const N extends string>(row: N): TestDeed<N>;

  interface ListedOptions {
    /** A read with a name of its own, and what it is given. */
    action?: string;
    input?: TestValues;
    /** Only records for which this is true. */
    where?: Expression;
  }

  /** Reads the records of a resource. */
  function read(resource: string, options?: ListedOptions): TestDeed;
  /** Makes a record; an action with a name of its own by that: create("Deal", "import", { ... }). */
  function create(resource: string, input?: TestValues): TestDeed;
  function create(resource: string, action: string, input?: TestValues): TestDeed;
  /** Changes a given record; an action with a name of its own by that: update("deal", "win"). */
  function update<const N extends string>(row: N, input?: TestValues): TestDeed<N>;
  function update<const N extends string>(row: N, action: string, input?: TestValues): TestDeed<N>;
  /** Destroys a given record. */
  function destroy<const N extends string>(row: N, input?: TestValues): TestDeed<N>;
  function destroy<const N extends string>(row: N, action: string, input?: TestValues): TestDeed<N>;

  interface TestExpectation<N extends string = never> {
    readonly [mark]: "expectation";
    readonly of: N;
  }

  /** It is done; the record that comes of it has these values. */
  function done(record?: TestValues): TestExpectation;
  /** These given records are listed and no others, in any order. */
  function rows<const N extends string = never>(names: readonly N[]): TestExpectation<N>;
  /** It is refused with this code, perhaps for this field, and nothing has changed. */
  function refused(code: ErrorCode, options?: { field?: string }): TestExpectation;

  interface TestParts<G> {
    /** Why it matters. */
    explain?: string;
    /** Records that are there before, each by a name; later ones can refer to earlier ones. */
    given?: G;
    as: TestActor<NoInfer<keyof G & string>>;
    do: TestDeed<NoInfer<keyof G & string>>;
    expect: TestExpectation<NoInfer<keyof G & string>>;
  }

  interface Test {
    readonly [mark]: "test";
  }

  /** A sentence that says what must hold, and what shows it. */
  function test<const G extends Readonly<Record<string, GivenRow>> = {}>(name: string, parts: TestParts<G>): Test;

  /** The tests of a file in tests/, which every deploy runs. */
  function tests(tests: readonly Test[]): unknown;
  function tests(options: { describe?: string }, tests: readonly Test[]): unknown;

  type ErrorCode =
${Object.keys(errorCodes)
  .map((code) => `    | "${code}"`)
  .join("\n")};
`;
