import type { TestRun, TestRunSpec, TestVariant, VariantRun } from "#lib/compile/TestRun.ts";
import { testId } from "#lib/model/tests/testFiles.ts";
import type { AppTest, TestResult } from "#lib/model/testTypes.ts";
import { guardDatabase } from "../egress/guardedPorts.ts";
import { Database } from "../exec/Database.ts";
import { sequencesOf } from "./storeRows.ts";
import { TestBench } from "./TestBench.ts";

const defaultSeconds = 60;
const statementSeconds = 5;

/** Runs tests against a model, and against variants of it, on a scratch database of which nothing is changed. */
export async function runTests(spec: TestRunSpec): Promise<TestRun> {
  guardDatabase(spec.databaseUrl);
  const database = new Database(spec.databaseUrl, { readers: 1, writers: 1, statementSeconds });
  try {
    return await runAll(spec, database);
  } finally {
    await database.close();
  }
}

async function runAll(spec: TestRunSpec, database: Database): Promise<TestRun> {
  const { model, databaseUrl, encryption, variants = [], seconds = defaultSeconds } = spec;
  const until = performance.now() + 1000 * seconds;
  const isOver = () => performance.now() > until;
  const sequences = await sequencesOf(database);
  const parts = { databaseUrl, database, sequences, ...(encryption && { encryption }) };
  const tests = spec.tests.flatMap((file) => file.tests.map((test) => ({ id: testId(file.name, test.name), test })));
  const results: TestResult[] = [];
  const bench = new TestBench({ ...parts, model });
  for (const { id, test } of tests) {
    if (isOver()) break;
    results.push(await bench.run(id, test));
  }
  const runs: VariantRun[] = [];
  for (const variant of variants) {
    const failed = isOver() ? null : await failedIn(variant, { tests, parts, isOver });
    if (failed === null) break;
    runs.push({ id: variant.id, failed });
  }
  const left = { tests: tests.length - results.length, variants: variants.length - runs.length };
  return { results, variants: runs, left };
}

interface VariantParts {
  readonly tests: readonly { readonly id: string; readonly test: AppTest }[];
  readonly parts: Omit<ConstructorParameters<typeof TestBench>[0], "model">;
  readonly isOver: () => boolean;
}

/** Ids of the tests that fail with a variant; null where there was no time to find out. */
async function failedIn(
  { model }: TestVariant,
  { tests, parts, isOver }: VariantParts,
): Promise<readonly string[] | null> {
  const bench = new TestBench({ ...parts, model });
  const failed: string[] = [];
  for (const { id, test } of tests) {
    if (isOver()) return null;
    const { state } = await bench.run(id, test);
    if (state === "failed") failed.push(id);
  }
  return failed;
}
