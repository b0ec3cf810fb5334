import type { Sources } from "#lib/model/sources.ts";
import { testId } from "#lib/model/tests/testFiles.ts";
import type { TestFile, TestResult } from "#lib/model/testTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { readTests } from "#lib/plan/tests/readTests.ts";
import { onScratch } from "./onScratch.ts";

/** All tests of an app together; what is left then has failed. */
const mostSeconds = 300;
/** So many tests are run by one call, so that progress can be told. */
const atOnce = 50;

export interface GateParts {
  /** Sound, and the tests in the files fit it: both were verified. */
  readonly model: Model;
  readonly files: Sources;
  readonly onProgress?: (progress: GateProgress) => void | Promise<void>;
}

export interface GateProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Runs the app's tests on a scratch database that goes away again; no environment is touched. It may be ended anywhere
 * and called again. Without tests there is nothing to run, and nothing fails.
 */
export async function runGate({ model, files, onProgress = () => {} }: GateParts): Promise<readonly TestResult[]> {
  const read = readTests(files, model);
  const unread = read.problems.filter(({ severity }) => severity === "error");
  if (unread.length > 0) {
    return unread.map(({ file, path, message }) => {
      const id = path[1] !== undefined && path[2] !== undefined ? testId(path[1], path[2]) : file;
      return { id, state: "failed", milliseconds: 0, reason: message };
    });
  }
  const batches = batchesOf(read.files);
  const total = batches.reduce((sum, batch) => sum + countOf(batch), 0);
  if (total === 0) return [];
  const results: TestResult[] = [];
  await onProgress({ done: 0, total });
  const until = Date.now() + 1000 * mostSeconds;
  await onScratch(model, async (run) => {
    for (const tests of batches) {
      const seconds = (until - Date.now()) / 1000;
      if (seconds <= 0) break;
      const { results: some } = await run({ tests, seconds });
      results.push(...some);
      await onProgress({ done: results.length, total });
    }
  });
  const known = new Set(results.map(({ id }) => id));
  const left = idsOf(batches).filter((id) => !known.has(id));
  const reason = `There was no time left to run it: all tests together may take ${mostSeconds / 60} minutes.`;
  return [...results, ...left.map((id) => ({ id, state: "failed", milliseconds: 0, reason }) as const)];
}

function batchesOf(files: readonly TestFile[]): readonly (readonly TestFile[])[] {
  const batches: TestFile[][] = [];
  let room = 0;
  for (const file of files) {
    for (let from = 0; from < file.tests.length; ) {
      if (room === 0) {
        batches.push([]);
        room = atOnce;
      }
      const tests = file.tests.slice(from, from + room);
      batches.at(-1)?.push({ ...file, tests });
      from += tests.length;
      room -= tests.length;
    }
  }
  return batches;
}

function countOf(files: readonly TestFile[]): number {
  return files.reduce((sum, { tests }) => sum + tests.length, 0);
}

function idsOf(batches: readonly (readonly TestFile[])[]): readonly string[] {
  return batches.flat().flatMap(({ name, tests }) => tests.map((test) => testId(name, test.name)));
}
