import type { AccessCounts, AccessCountsSpec } from "#lib/compile/AccessCounts.ts";
import type { EnvironmentSpec, EnvironmentStatus, ReleaseFigures } from "#lib/compile/Snapshot.ts";
import type { TestRun, TestRunSpec } from "#lib/compile/TestRun.ts";
import type { SlowExplanation, SlowReport } from "./SlowReport.ts";

/** The port to whatever runs environments: desired state in, observed state out. Every call may be repeated. */
export interface DeployDriver {
  /** Answers when the environment serves the spec's release to every new request; requests under way end on the old one. */
  apply(spec: EnvironmentSpec): Promise<EnvironmentStatus>;
  /** Null when the environment is not there. */
  observe(id: string): Promise<EnvironmentStatus | null>;
  remove(id: string): Promise<void>;
  /** How the releases that are served fare, counted since each began to be served so; null when the environment is not there. */
  figures(id: string): Promise<ReleaseFigures | null>;
  /** Seals everything encrypted with the current key of the environment; answers how many values were not. */
  reencrypt(id: string): Promise<number>;
  /** Sends a mail by the environment's server; answers why it could not be sent, as a public sentence, or null. */
  testMail(id: string, to: string): Promise<string | null>;
  /** What was slow in the release that serves; null when the environment is not there. */
  slowStatements(id: string): Promise<SlowReport | null>;
  /** How PostgreSQL runs one of them, whatever its values; null when it is not known (any more). */
  explainSlow(id: string, statement: string): Promise<SlowExplanation | null>;
  /** Runs an app's tests on a scratch database, of which nothing is changed. */
  runTests(spec: TestRunSpec): Promise<TestRun>;
  /** How many records other policies would let people read; null when the environment is not there. */
  accessCounts(id: string, spec: AccessCountsSpec): Promise<AccessCounts | null>;
}
