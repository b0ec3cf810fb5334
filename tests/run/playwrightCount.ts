import type { Reporter, Suite } from "@playwright/test/reporter";
import { writeCount } from "./Count.ts";

/** Counts the tests of a run of Playwright; errors outside of tests are failures. */
export default class PlaywrightCount implements Reporter {
  #suite: Suite | undefined;
  #errors = 0;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onError(): void {
    this.#errors++;
  }

  async onEnd(): Promise<void> {
    const outcomes = (this.#suite?.allTests() ?? []).map((test) => test.outcome());
    const passed = outcomes.filter((outcome) => outcome === "expected" || outcome === "flaky").length;
    const failed = outcomes.filter((outcome) => outcome === "unexpected").length + this.#errors;
    await writeCount({ passed, failed });
  }

  printsToStdio(): boolean {
    return false;
  }
}
