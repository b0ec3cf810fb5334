import type postgres from "postgres";
import type { JobEvent, Json, StepResult } from "./protocol.ts";
import { discovery, internalEvents } from "./protocol.ts";

/** The changes that a run goes through. Each caller holds a transaction, and the lock on the run that it changes. */
export type Transaction = postgres.TransactionSql;

export type RunState = "waiting" | "running" | "parked" | "completed" | "failed" | "cancelled";

export interface Run {
  readonly id: string;
  readonly functionId: string;
  readonly eventId: string;
  readonly state: RunState;
  readonly slots: readonly string[];
  readonly parentRunId: string | null;
  readonly parentStepId: string | null;
}

export interface Parent {
  readonly runId: string;
  readonly stepId: string;
}

/** Takes the run for this transaction; null when it is over or unknown. */
export async function lockRun(tx: Transaction, id: string): Promise<Run | null> {
  const [run] = await tx<Run[]>`
    select id, function_id as "functionId", event_id as "eventId", state, slots,
      parent_run_id as "parentRunId", parent_step_id as "parentStepId"
    from job_runs where id = ${id} and state in ('waiting', 'running', 'parked') for update`;
  return run ?? null;
}

/** Stores an event; false when one with this id was there already. */
export async function storeEvent(tx: Transaction, event: JobEvent, routed = false): Promise<boolean> {
  const stored = await tx`
    insert into job_events (id, name, event, routed_at)
    values (${event.id}, ${event.name}, ${JSON.stringify(event)}::text::json, ${routed ? tx`now()` : null})
    on conflict (id) do nothing returning id`;
  return stored.length > 0;
}

/** Starts a run of the function for the event, once: a second time does nothing. */
export async function createRun(
  tx: Transaction,
  {
    functionId,
    event,
    limits,
    parent,
  }: {
    readonly functionId: string;
    readonly event: JobEvent;
    readonly limits: Readonly<Record<string, number>>;
    readonly parent?: Parent;
  },
): Promise<void> {
  const slots = Object.keys(limits);
  const [run] = await tx<{ id: string }[]>`
    insert into job_runs (function_id, event_id, concurrency, slots, state, parent_run_id, parent_step_id)
    values (${functionId}, ${event.id}, ${JSON.stringify(limits)}::text::json, ${slots},
      ${slots.length > 0 ? "waiting" : "running"}, ${parent?.runId ?? null}, ${parent?.stepId ?? null})
    on conflict (function_id, event_id) do nothing returning id`;
  if (!run) return;
  await tx`insert into job_queue (run_id, step_id) values (${run.id}, ${discovery})`;
  await admit(tx, slots);
}

/** Stores a step's result, the first one for good, and has the run looked at for what comes next. */
export async function finishStep(
  tx: Transaction,
  run: Run,
  step: { readonly id: string; readonly name: string; readonly result: StepResult },
): Promise<void> {
  await tx`
    insert into job_steps (run_id, step_id, position, name, result)
    select ${run.id}, ${step.id}, count(*), ${step.name}, ${JSON.stringify(step.result)}::text::json
    from job_steps where run_id = ${run.id}
    on conflict (run_id, step_id) do nothing`;
  await tx`delete from job_queue where run_id = ${run.id} and step_id = ${step.id}`;
  await tx`delete from job_waits where run_id = ${run.id} and step_id = ${step.id}`;
  await tx`
    insert into job_queue (run_id, step_id) values (${run.id}, ${discovery})
    on conflict (run_id, step_id) do update set again = job_queue.leased_by is not null`;
  await wake(tx, run);
}

/** Ends a run: hands its outcome to the run that invoked it, tells of a failure by an event, frees its slots. */
export async function finishRun(
  tx: Transaction,
  run: Run,
  outcome: { readonly state: "completed" | "failed" | "cancelled"; readonly output: Json },
): Promise<void> {
  await tx`delete from job_queue where run_id = ${run.id}`;
  await tx`delete from job_waits where run_id = ${run.id}`;
  await tx`
    update job_runs set state = ${outcome.state}, output = ${JSON.stringify(outcome.output)}::text::json,
      finished_at = now()
    where id = ${run.id}`;
  await tellParent(tx, run, outcome);
  await tellOfEnd(tx, run, outcome);
  await admit(tx, run.slots);
}

async function tellParent(tx: Transaction, run: Run, outcome: Parameters<typeof finishRun>[2]): Promise<void> {
  if (!run.parentRunId || !run.parentStepId) return;
  const parent = await lockRun(tx, run.parentRunId);
  if (!parent) return;
  const cancelled = { name: "Error", message: "The invoked function was cancelled." };
  const result: StepResult =
    outcome.state === "completed"
      ? { type: "data", data: outcome.output }
      : { type: "error", error: outcome.state === "failed" ? outcome.output : cancelled };
  await finishStep(tx, parent, { id: run.parentStepId, name: run.functionId, result });
}

async function tellOfEnd(tx: Transaction, run: Run, outcome: Parameters<typeof finishRun>[2]): Promise<void> {
  const [stored] = await tx<{ event: JobEvent }[]>`select event from job_events where id = ${run.eventId}`;
  const data = { function_id: run.functionId, run_id: run.id, event: stored?.event ?? null };
  const events: Record<string, JobEvent["data"]> = {
    [internalEvents.finished]:
      outcome.state === "completed" ? { ...data, result: outcome.output } : { ...data, error: outcome.output },
    ...(outcome.state === "failed" ? { [internalEvents.failed]: { ...data, error: outcome.output } } : {}),
    ...(outcome.state === "cancelled" ? { [internalEvents.cancelled]: data } : {}),
  };
  for (const [name, content] of Object.entries(events))
    await storeEvent(tx, { id: `${run.id}:${name}`, name, data: content, ts: Date.now() });
}

/** A run with nothing to call until time passes or an event comes gives its slots to others meanwhile. */
export async function parkIfIdle(tx: Transaction, run: Run): Promise<void> {
  const [left] = await tx<{ calls: boolean; waits: boolean }[]>`
    select exists (select from job_queue where run_id = ${run.id}) as calls,
      exists (select from job_waits where run_id = ${run.id}) as waits`;
  if (left?.calls) return;
  if (!left?.waits) {
    const message = "The function neither ended nor asked for a step.";
    await finishRun(tx, run, { state: "failed", output: { name: "Error", message } });
    return;
  }
  await tx`update job_runs set state = 'parked' where id = ${run.id}`;
  await admit(tx, run.slots);
}

async function wake(tx: Transaction, run: Run): Promise<void> {
  const state = run.slots.length > 0 ? "waiting" : "running";
  await tx`update job_runs set state = ${state} where id = ${run.id} and state = 'parked'`;
  await admit(tx, run.slots);
}

// One lock for all admissions: they are short, and counting must not race.
const admissionLock = 7_261_004;

/** Lets waiting runs begin, the oldest first, as far as the given slots have room. */
async function admit(tx: Transaction, slots: readonly string[]): Promise<void> {
  if (slots.length === 0) return;
  await tx`select pg_advisory_xact_lock(${admissionLock})`;
  const waiting = await tx<{ id: string; concurrency: Record<string, number> }[]>`
    select id, concurrency from job_runs where state = 'waiting' and slots && ${[...slots]}
    order by created_at, id limit 200 for update skip locked`;
  const taken = new Map<string, number>();
  for (const run of waiting) {
    let room = true;
    for (const [slot, limit] of Object.entries(run.concurrency)) {
      const count = taken.get(slot) ?? (await runningIn(tx, slot));
      taken.set(slot, count);
      room &&= count < limit;
    }
    if (!room) continue;
    for (const slot of Object.keys(run.concurrency)) taken.set(slot, (taken.get(slot) ?? 0) + 1);
    await tx`update job_runs set state = 'running' where id = ${run.id}`;
  }
}

async function runningIn(tx: Transaction, slot: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from job_runs where state = 'running' and slots @> ${[slot]}`;
  return row?.count ?? 0;
}
