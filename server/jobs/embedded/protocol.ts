import { z } from "zod";

// What the SDK (4.24, execution version 2) and its server say to each other; only what this driver uses.

/** One event as it is sent. */
export const eventSchema = z.looseObject({
  id: z.string().min(1).max(200).nullish(),
  name: z.string().min(1).max(256),
  data: z.record(z.string(), z.json()).nullish(),
  ts: z.number().nullish(),
});

/** An event as functions get it. */
export interface JobEvent {
  readonly id: string;
  readonly name: string;
  readonly data: { readonly [key: string]: z.core.util.JSONType };
  readonly ts: number;
  readonly [key: string]: z.core.util.JSONType;
}

const concurrencyLimit = z.strictObject({
  limit: z.int().min(0),
  key: z.string().optional(),
  scope: z.enum(["fn", "env", "account"]).optional(),
});

/** Strict, so that a setting that this driver does not know is refused by name instead of being ignored. */
export const functionSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string(),
  triggers: z.array(
    z.union([
      z.strictObject({ event: z.string(), expression: z.string().nullish() }),
      z.strictObject({ cron: z.string(), jitter: z.string().optional() }),
    ]),
  ),
  steps: z.object({ step: z.object({ retries: z.object({ attempts: z.int().min(0) }).optional() }) }),
  concurrency: z.union([z.int().min(0), concurrencyLimit, z.array(concurrencyLimit)]).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string(), timeout: z.string().optional(), if: z.string().optional() }))
    .optional(),
});

export const syncSchema = z.object({ app_id: z.string(), functions: z.array(z.looseObject({ id: z.string() })) });

export const errorSchema = z.looseObject({ name: z.string().default("Error"), message: z.string().default("") });

const operation = { id: z.string(), name: z.string().nullish(), displayName: z.string().nullish() };

/** What a call found or did: one entry of a 206 answer. */
export const operationSchema = z.discriminatedUnion("op", [
  z.object({ ...operation, op: z.literal("StepRun"), data: z.json().optional() }),
  z.object({ ...operation, op: z.literal("StepError"), error: errorSchema }),
  z.object({ ...operation, op: z.literal("StepFailed"), error: errorSchema }),
  z.object({ ...operation, op: z.literal("StepPlanned") }),
  z.object({ ...operation, op: z.literal("Sleep"), name: z.string() }),
  z.object({
    ...operation,
    op: z.literal("WaitForEvent"),
    name: z.string(),
    opts: z.object({ if: z.string().optional(), timeout: z.string() }),
  }),
  z.object({
    ...operation,
    op: z.literal("InvokeFunction"),
    opts: z.object({
      function_id: z.string(),
      payload: z.object({ data: z.record(z.string(), z.json()).nullish() }),
      timeout: z.string().optional(),
    }),
  }),
  z.object({ ...operation, op: z.literal("RunComplete"), data: z.json().optional() }),
]);

export type Operation = z.infer<typeof operationSchema>;

export type Json = z.core.util.JSONType;

/** The result of a step as the SDK wants it back. */
export type StepResult =
  | { readonly type: "data"; readonly data: Json }
  | { readonly type: "error"; readonly error: Json };

/** The body of a call. */
export interface CallBody {
  readonly version: 2;
  readonly event: JobEvent;
  readonly events: readonly JobEvent[];
  readonly steps: Readonly<Record<string, StepResult>>;
  readonly ctx: {
    readonly run_id: string;
    readonly attempt: number;
    readonly max_attempts: number;
    readonly disable_immediate_execution: boolean;
    readonly use_api: false;
    readonly stack: { readonly stack: readonly string[]; readonly current: number };
  };
}

export const internalEvents = {
  failed: "inngest/function.failed",
  finished: "inngest/function.finished",
  cancelled: "inngest/function.cancelled",
  invoked: "inngest/function.invoked",
  timer: "inngest/scheduled.timer",
} as const;

/** The step id of a call that looks for new steps. */
export const discovery = "step";
