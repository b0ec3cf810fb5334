import { randomBytes } from "node:crypto";
import type { TestRun, TestRunSpec } from "#lib/compile/TestRun.ts";
import type { Model } from "#lib/model/types.ts";
import { configuredDriver } from "../../deploy/configuredDriver.ts";
import { withScratchDatabase } from "../environments/service.ts";

/** Runs tests on a scratch database; one run after the other. */
export type RunOnScratch = (asked: Pick<TestRunSpec, "tests" | "variants" | "seconds">) => Promise<TestRun>;

/** Does some work with the tables of a model at hand: as many runs of tests as it likes. Nothing of them stays. */
export function onScratch<Result>(model: Model, work: (run: RunOnScratch) => Promise<Result>): Promise<Result> {
  const key = { id: "scratch", key: randomBytes(32).toString("base64url") };
  const encryption = { current: key.id, keys: [key] };
  return withScratchDatabase(model, (databaseUrl) =>
    work((asked) => configuredDriver().runTests({ model, databaseUrl, encryption, ...asked })),
  );
}
