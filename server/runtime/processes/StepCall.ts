import type { Connection, Step } from "#lib/model/processTypes.ts";
import type { JsonValue } from "#lib/model/types.ts";
import type { Environment } from "../host/Environment.ts";

/** One attempt of one step that reaches out of the database. Its values are worked out and as the APIs show them. */
export interface StepCall<Kind extends Step["kind"]> {
  readonly environment: Environment;
  readonly step: Extract<Step, { readonly kind: Kind }>;
  /** By the names of the step's expressions: `url`, `to`, `body.title`, `headers.X-Id`, `prompt` ... */
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly connection: Connection | null;
  /** The same for every attempt of a step of a run, so that whoever is called can tell repetitions. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/** Answers the result of the step. Throws StepError where it failed. */
export type StepExecutor<Kind extends Step["kind"]> = (call: StepCall<Kind>) => Promise<JsonValue>;
