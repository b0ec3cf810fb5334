import { parseCondition } from "./condition.ts";
import type { JobFunction } from "./JobFunction.ts";
import { takes } from "./JobFunction.ts";
import type { JobEvent } from "./protocol.ts";
import type { Transaction } from "./runs.ts";
import { createRun, finishRun, finishStep, lockRun } from "./runs.ts";

type Functions = ReadonlyMap<string, JobFunction>;

/** Matches an event with cancellations, waits and triggers; all of it or nothing, as one transaction. */
export async function routeEvent(tx: Transaction, event: JobEvent, functions: Functions): Promise<void> {
  await cancelRuns(tx, event, functions);
  await endWaits(tx, event);
  for (const job of functions.values()) {
    const starts = job.triggers.some((trigger) => takes(trigger.event, event.name) && trigger.matches(null, event));
    if (starts) await createRun(tx, { functionId: job.id, event, limits: job.concurrencyOf(event) });
  }
  await tx`update job_events set routed_at = now() where id = ${event.id}`;
}

async function cancelRuns(tx: Transaction, event: JobEvent, functions: Functions): Promise<void> {
  for (const job of functions.values()) {
    for (const cancellation of job.cancellations) {
      if (!takes(cancellation.event, event.name)) continue;
      const runs = await tx<{ id: string; started: JobEvent; age: number }[]>`
        select job_runs.id, event as started, extract(epoch from now() - job_runs.created_at)::float8 * 1000 as age
        from job_runs join job_events on job_events.id = event_id
        where function_id = ${job.id} and state in ('waiting', 'running', 'parked')`;
      for (const { id, started, age } of runs) {
        if (age > cancellation.within || !cancellation.matches(started, event)) continue;
        const run = await lockRun(tx, id);
        if (run) await finishRun(tx, run, { state: "cancelled", output: null });
      }
    }
  }
}

async function endWaits(tx: Transaction, event: JobEvent): Promise<void> {
  const waits = await tx<
    { runId: string; stepId: string; name: string; condition: string | null; started: JobEvent }[]
  >`
    select run_id as "runId", step_id as "stepId", job_waits.name, condition, job_events.event as started
    from job_waits join job_runs on job_runs.id = run_id join job_events on job_events.id = event_id
    where kind = 'event' and job_waits.event = ${event.name}`;
  for (const wait of waits) {
    if (wait.condition !== null && !isMet(wait.condition, wait.started, event)) continue;
    const run = await lockRun(tx, wait.runId);
    const [still] = await tx`
      select from job_waits where run_id = ${wait.runId} and step_id = ${wait.stepId} for update`;
    if (!run || !still) continue;
    await finishStep(tx, run, { id: wait.stepId, name: wait.name, result: { type: "data", data: event } });
  }
}

function isMet(condition: string, started: JobEvent, came: JobEvent): boolean {
  return parseCondition(condition)({ event: started, async: came }) === true;
}
