import type postgres from "postgres";
import { z } from "zod";
import type { Answer } from "./Application.ts";
import type { LeasedCall } from "./Calls.ts";
import { momentOf } from "./duration.ts";
import type { JobFunction } from "./JobFunction.ts";
import type { JobEvent, Json, Operation } from "./protocol.ts";
import { discovery, errorSchema, internalEvents, operationSchema } from "./protocol.ts";
import type { Run, Transaction } from "./runs.ts";
import { createRun, finishRun, finishStep, lockRun, parkIfIdle, storeEvent } from "./runs.ts";

export interface RecordContext {
  readonly functions: ReadonlyMap<string, JobFunction>;
  /** Milliseconds before the given retry, counted from 1. */
  readonly retryDelay: (retry: number) => number;
}

/** Writes down what a call came to, in one transaction; nothing when the lease was lost or the run is over. */
export async function recordAnswer(
  sql: postgres.Sql,
  call: LeasedCall,
  { answer, context }: { readonly answer: Answer; readonly context: RecordContext },
): Promise<void> {
  await change(sql, call, async (tx, run) => {
    const body: unknown = answer.body === "" ? null : JSON.parse(answer.body);
    if (answer.status === 200) return finishRun(tx, run, { state: "completed", output: z.json().parse(body) });
    if (answer.status === 206) return recordOperations(tx, run, { call, answer, body, context });
    await failAttempt(tx, run, { call, answer, error: asError(body), context });
  });
}

/** The application went away in the middle of the call: the same attempt again, unless that happened too often. */
export async function recordLoss(sql: postgres.Sql, call: LeasedCall, begun: boolean): Promise<void> {
  const tooMany = 10;
  await change(sql, call, async (tx, run) => {
    if (begun && call.losses + 1 >= tooMany) {
      const message = `The application ended ${tooMany} times while it ran this step.`;
      return finishRun(tx, run, { state: "failed", output: { name: "Error", message } });
    }
    const seconds = begun ? Math.min(2 ** call.losses, 60) : 1;
    await tx`
      update job_queue set leased_by = null, leased_until = null, losses = losses + ${begun ? 1 : 0},
        due_at = now() + make_interval(secs => ${seconds})
      where run_id = ${call.runId} and step_id = ${call.stepId}`;
  });
}

async function change(
  sql: postgres.Sql,
  call: LeasedCall,
  work: (tx: Transaction, run: Run) => Promise<void>,
): Promise<void> {
  await sql.begin(async (tx) => {
    const run = await lockRun(tx, call.runId);
    const [held] = await tx`
      select from job_queue
      where run_id = ${call.runId} and step_id = ${call.stepId} and leased_by = ${call.lease} for update`;
    if (run && held) await work(tx, run);
  });
}

interface Outcome {
  readonly call: LeasedCall;
  readonly answer: Answer;
  readonly context: RecordContext;
}

/** Name of the operation that stands for the function itself where it ends together with other news. */
const wholeFunction = "0737c22d3bfae812339732d14d8c7dbd6dc4e09c";

async function recordOperations(
  tx: Transaction,
  run: Run,
  { body, ...outcome }: Outcome & { readonly body: unknown },
): Promise<void> {
  const { call, context } = outcome;
  const read = z.array(operationSchema).safeParse(Array.isArray(body) ? body : [body]);
  if (!read.success) {
    const message = `The function uses a step that the embedded job engine does not know. ${z.prettifyError(read.error)}`;
    return finishRun(tx, run, { state: "failed", output: { name: "Error", message } });
  }
  // First, so that what is finished below finds the call's own place in the queue to put "look again" into.
  for (const operation of read.data) {
    if (operation.op === "RunComplete")
      return finishRun(tx, run, { state: "completed", output: operation.data ?? null });
    const isFunction = operation.id === wholeFunction;
    if (operation.op === "StepError" || (operation.op === "StepFailed" && isFunction))
      return failAttempt(tx, run, { ...outcome, error: asError(operation.error) });
  }
  const [queued] = await tx<{ again: boolean }[]>`
    delete from job_queue where run_id = ${run.id} and step_id = ${call.stepId} returning again`;
  for (const operation of read.data) await recordOperation(tx, run, { operation, context });
  if (queued?.again)
    await tx`insert into job_queue (run_id, step_id) values (${run.id}, ${discovery}) on conflict do nothing`;
  await parkIfIdle(tx, run);
}

async function recordOperation(
  tx: Transaction,
  run: Run,
  { operation, context }: { readonly operation: Operation; readonly context: RecordContext },
): Promise<void> {
  const step = { id: operation.id, name: operation.displayName ?? operation.name ?? "" };
  switch (operation.op) {
    case "StepRun":
      return finishStep(tx, run, { ...step, result: { type: "data", data: operation.data ?? null } });
    case "StepFailed":
      return finishStep(tx, run, { ...step, result: { type: "error", error: asError(operation.error) } });
    case "StepPlanned":
      if (await isFinished(tx, run, step.id)) return;
      await tx`insert into job_queue (run_id, step_id) values (${run.id}, ${step.id}) on conflict do nothing`;
      return;
    case "Sleep":
      await wait(tx, run, { ...step, kind: "sleep", until: operation.name });
      return;
    case "WaitForEvent": {
      const { timeout, if: condition = null } = operation.opts;
      await wait(tx, run, { ...step, kind: "event", event: operation.name, condition, until: timeout });
      return;
    }
    case "InvokeFunction":
      return invoke(tx, run, { step, opts: operation.opts, context });
    case "StepError":
    case "RunComplete":
      return;
  }
}

async function isFinished(tx: Transaction, run: Run, stepId: string): Promise<boolean> {
  const found = await tx`select from job_steps where run_id = ${run.id} and step_id = ${stepId}`;
  return found.length > 0;
}

/** True when the waiting is new. */
async function wait(
  tx: Transaction,
  run: Run,
  step: {
    readonly id: string;
    readonly name: string;
    readonly kind: "sleep" | "event" | "invoke";
    readonly until: string | undefined;
    readonly event?: string;
    readonly condition?: string | null;
  },
): Promise<boolean> {
  if (await isFinished(tx, run, step.id)) return false;
  const due = step.until === undefined ? null : momentOf(step.until);
  const inserted = await tx`
    insert into job_waits (run_id, step_id, kind, name, event, condition, due_at)
    values (${run.id}, ${step.id}, ${step.kind}, ${step.name}, ${step.event ?? null}, ${step.condition ?? null}, ${due})
    on conflict do nothing returning run_id`;
  return inserted.length > 0;
}

async function invoke(
  tx: Transaction,
  run: Run,
  {
    step,
    opts,
    context,
  }: {
    readonly step: { readonly id: string; readonly name: string };
    readonly opts: Extract<Operation, { op: "InvokeFunction" }>["opts"];
    readonly context: RecordContext;
  },
): Promise<void> {
  const { functions } = context;
  const job = functions.get(opts.function_id);
  if (!job) {
    const error = { name: "Error", message: `There is no function "${opts.function_id}" to invoke.` };
    return finishStep(tx, run, { ...step, result: { type: "error", error } });
  }
  if (!(await wait(tx, run, { ...step, kind: "invoke", until: opts.timeout }))) return;
  const event: JobEvent = {
    id: `${run.id}:${step.id}`,
    name: internalEvents.invoked,
    data: opts.payload.data ?? {},
    ts: Date.now(),
  };
  await storeEvent(tx, event, true);
  const parent = { runId: run.id, stepId: step.id };
  await createRun(tx, { functionId: job.id, event, limits: job.concurrencyOf(event), parent });
}

/** One attempt failed: another one later, or the end of the run when there is none left. */
async function failAttempt(
  tx: Transaction,
  run: Run,
  { call, answer, error, context }: Outcome & { readonly error: Json },
): Promise<void> {
  const noRetry = answer.headers["x-inngest-no-retry"] === "true";
  const maxAttempts = context.functions.get(run.functionId)?.maxAttempts ?? 1;
  if (noRetry || call.attempt + 1 >= maxAttempts) return finishRun(tx, run, { state: "failed", output: error });
  const due = retryAfter(answer) ?? new Date(Date.now() + context.retryDelay(call.attempt + 1));
  await tx`
    update job_queue set attempt = attempt + 1, losses = 0, leased_by = null, leased_until = null, due_at = ${due}
    where run_id = ${call.runId} and step_id = ${call.stepId}`;
}

function retryAfter(answer: Answer): Date | null {
  const header = answer.headers["retry-after"];
  if (!header) return null;
  const moment = /^\d+$/.test(header) ? Date.now() + Number(header) * 1000 : Date.parse(header);
  return Number.isNaN(moment) ? null : new Date(moment);
}

function asError(body: unknown): Json {
  const read = errorSchema.safeParse(body);
  return read.success ? z.json().parse(read.data) : { name: "Error", message: "The function failed." };
}
