import { join } from "node:path";
import { explainFailure } from "#scripts/Failure.ts";
import { root } from "#scripts/root.ts";
import { requireGit } from "#scripts/start/requireGit.ts";
import { untilStopped } from "#scripts/start/untilStopped.ts";
import { testServerVariable } from "../support/postgres.ts";
import { startTestServer } from "../support/testServer.ts";
import { runBrowserTests } from "./browserTests.ts";
import type { Count } from "./Count.ts";
import { runTests } from "./runner.ts";
import { select } from "./selection.ts";

// `npm test`: vitest, then Playwright, on a PostgreSQL of their own; ends with the line `N passed, N failed`.
const stopping = new AbortController();
void untilStopped({ first: () => stopping.abort(), second: () => {} });

const counts: Count[] = [];
/** Whatever keeps tests from running is a failure like theirs. */
async function count(run: () => Promise<Count>): Promise<void> {
  if (stopping.signal.aborted) return;
  try {
    counts.push(await run());
  } catch (error) {
    console.error(explainFailure(error));
    counts.push({ passed: 0, failed: 1 });
  }
}

async function runAll(): Promise<Count> {
  requireGit();
  const { vitest, playwright } = select(process.argv.slice(3));
  await using server = await startTestServer();
  process.env[testServerVariable] = server.url;
  if (vitest) {
    const program = join(root, "node_modules/vitest/vitest.mjs");
    const reporters = ["--reporter=default", `--reporter=${join(root, "tests/run/vitestCount.ts")}`];
    await count(() =>
      runTests({
        command: [program, "run", ...reporters, ...vitest],
        environment: process.env,
        signal: stopping.signal,
      }),
    );
  }
  if (playwright) await count(() => runBrowserTests(playwright, stopping.signal));
  return { passed: 0, failed: 0 };
}

await count(runAll);
if (stopping.signal.aborted) process.exit(130);
const passed = counts.reduce((sum, { passed }) => sum + passed, 0);
const failed = counts.reduce((sum, { failed }) => sum + failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
