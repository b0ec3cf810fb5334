import type postgres from "postgres";
import { nextTick } from "./cron.ts";
import type { JobFunction } from "./JobFunction.ts";
import type { JobEvent, StepResult } from "./protocol.ts";
import { internalEvents } from "./protocol.ts";
import { createRun, finishStep, lockRun, storeEvent } from "./runs.ts";

type Functions = ReadonlyMap<string, JobFunction>;

/** Ends the sleeps and the waits whose time has come. */
export async function runDueWaits(sql: postgres.Sql): Promise<void> {
  const due = await sql<{ runId: string; stepId: string }[]>`
    select run_id as "runId", step_id as "stepId" from job_waits where due_at <= now() order by due_at`;
  for (const { runId, stepId } of due) {
    await sql.begin(async (tx) => {
      const run = await lockRun(tx, runId);
      const [wait] = await tx<{ kind: "sleep" | "event" | "invoke"; name: string }[]>`
        select kind, name from job_waits where run_id = ${runId} and step_id = ${stepId} for update`;
      if (run && wait) await finishStep(tx, run, { id: stepId, name: wait.name, result: timedOut(wait.kind) });
    });
  }
}

function timedOut(kind: "sleep" | "event" | "invoke"): StepResult {
  if (kind !== "invoke") return { type: "data", data: null };
  return { type: "error", error: { name: "Error", message: "The invoked function did not end in time." } };
}

/** Keeps a next tick for each schedule of the functions, and none for those that are gone. */
export async function planSchedules(sql: postgres.Sql, functions: Functions): Promise<void> {
  await sql.begin(async (tx) => {
    const keys: string[] = [];
    for (const job of functions.values()) {
      for (const { cron, schedule } of job.schedules) {
        const next = nextTick(schedule, new Date());
        if (!next) continue;
        keys.push(`${job.id} ${cron}`);
        await tx`
          insert into job_crons (function_id, cron, next_at) values (${job.id}, ${cron}, ${next})
          on conflict do nothing`;
      }
    }
    await tx`delete from job_crons where function_id || ' ' || cron <> all(${keys})`;
  });
}

/** Starts what is scheduled. Ticks that were missed while no driver ran are one. */
export async function runDueSchedules(sql: postgres.Sql, functions: Functions): Promise<void> {
  await sql.begin(async (tx) => {
    const due = await tx<{ functionId: string; cron: string; nextAt: Date }[]>`
      select function_id as "functionId", cron, next_at as "nextAt" from job_crons
      where next_at <= now() for update skip locked`;
    for (const { functionId, cron, nextAt } of due) {
      const job = functions.get(functionId);
      const schedule = job?.schedules.find((entry) => entry.cron === cron)?.schedule;
      const next = schedule ? nextTick(schedule, new Date()) : null;
      if (!job || !next) {
        // The next synchronisation plans it anew, if it is still to be.
        await tx`delete from job_crons where function_id = ${functionId} and cron = ${cron}`;
        continue;
      }
      const event: JobEvent = {
        id: `${functionId}:${cron}:${nextAt.toISOString()}`,
        name: internalEvents.timer,
        data: { cron },
        ts: nextAt.getTime(),
      };
      await storeEvent(tx, event, true);
      await createRun(tx, { functionId, event, limits: job.concurrencyOf(event) });
      await tx`update job_crons set next_at = ${next} where function_id = ${functionId} and cron = ${cron}`;
    }
  });
}

/** Deletes what ended more than a week ago. */
export async function forgetOld(sql: postgres.Sql): Promise<void> {
  await sql`delete from job_runs where finished_at < now() - interval '7 days'`;
  await sql`
    delete from job_events where created_at < now() - interval '7 days' and routed_at is not null
      and not exists (select from job_runs where event_id = job_events.id)`;
}
