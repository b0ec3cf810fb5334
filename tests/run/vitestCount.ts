import type { Reporter, SerializedError, TestModule } from "vitest/node";
import { writeCount } from "./Count.ts";

/** Counts the tests of a run of vitest; files that could not be read and errors outside of tests are failures. */
export default class VitestCount implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Promise<void> {
    let passed = 0;
    let failed = unhandled.length;
    for (const module of modules) {
      const before = failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        if (state === "failed") failed++;
      }
      if (module.state() === "failed" && failed === before) failed++;
    }
    await writeCount({ passed, failed });
  }
}
