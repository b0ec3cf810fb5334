/** Loaded where tests are run. */
export { readTestRun } from "./readTestRun.ts";
export { runTests } from "./runTests.ts";
