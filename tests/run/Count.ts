import { readFile, writeFile } from "node:fs/promises";

/** How the tests of one runner went. What failed outside of any test counts as one that failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Names the file that the runners' reporters write their count to. */
export const countVariable = "GANTRY_TEST_COUNT";

export async function writeCount(count: Count): Promise<void> {
  const file = process.env[countVariable];
  if (file) await writeFile(file, JSON.stringify(count));
}

/** The count that a runner left; a runner that wrote none, or failed without a failed test, counts as one failure. */
export async function readCount(file: string, exitCode: number | null): Promise<Count> {
  const count = await readFile(file, "utf8").then(
    (text) => JSON.parse(text) as Count,
    () => ({ passed: 0, failed: exitCode === 0 ? 1 : 0 }),
  );
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}
