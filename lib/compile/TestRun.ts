import type { TestFile, TestResult } from "../model/testTypes.ts";
import type { Model } from "../model/types.ts";
import type { EncryptionSpec } from "./Snapshot.ts";

/**
 * Tests to run on a runtime (`POST /tests` on its admin port). Each is done in a transaction that is undone again, one
 * after the other; of one database one run at a time.
 */
export interface TestRunSpec {
  readonly model: Model;
  /** Of a scratch database with the model's tables and no rows, as a role that may also set its sequences. */
  readonly databaseUrl: string;
  /** Of an app with encrypted attributes; any keys will do. */
  readonly encryption?: EncryptionSpec;
  readonly tests: readonly TestFile[];
  /** The same tests against each of these models besides, on the same tables. */
  readonly variants?: readonly TestVariant[];
  /** After so many seconds what is left is not run any more; see `TestRun.left`. */
  readonly seconds?: number;
}

/** A model that needs no other tables than the first: of what triggers keep (stored calculations) it says nothing. */
export interface TestVariant {
  readonly id: string;
  readonly model: Model;
}

export interface TestRun {
  /** In the order of the tests. */
  readonly results: readonly TestResult[];
  /** In their order. */
  readonly variants: readonly VariantRun[];
  /** How many tests, and how many variants, there was no time for. */
  readonly left: { readonly tests: number; readonly variants: number };
}

export interface VariantRun {
  readonly id: string;
  /** Ids of the tests that failed (`deals/A won deal stays`), in their order. */
  readonly failed: readonly string[];
}
