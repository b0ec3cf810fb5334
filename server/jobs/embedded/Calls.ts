import type postgres from "postgres";
import type { JobEvent, StepResult } from "./protocol.ts";

/** A call to the application that this driver has leased. */
export interface LeasedCall {
  readonly runId: string;
  readonly stepId: string;
  readonly functionId: string;
  readonly attempt: number;
  readonly losses: number;
  /** The lease: whoever writes the outcome must still hold it. */
  readonly lease: string;
}

export interface CallState {
  readonly event: JobEvent;
  readonly steps: Readonly<Record<string, StepResult>>;
  /** Ids of the finished steps, in the order in which they ended. */
  readonly order: readonly string[];
  /** Nothing else of the run is open, so a step that is found may be run at once. */
  readonly alone: boolean;
}

const leaseSeconds = 30;

/** The calls that are due, and the leases by which several drivers share them. */
export class Calls {
  readonly #sql: postgres.Sql;
  readonly #driver: string;
  readonly #held = new Set<string>();
  /** Asked for, and the connection was lost before the answer. */
  readonly #doubtful = new Set<string>();
  #count = 0;

  constructor(sql: postgres.Sql, driver: string) {
    this.#sql = sql;
    this.#driver = driver;
  }

  /** Leases the next due call of one of these functions. */
  async claim(functionIds: readonly string[]): Promise<LeasedCall | null> {
    await this.#giveBackDoubtful();
    const lease = `${this.#driver}/${++this.#count}`;
    this.#doubtful.add(lease);
    const [call] = await this.#sql<Omit<LeasedCall, "lease">[]>`
      update job_queue
      set leased_by = ${lease}, leased_until = now() + make_interval(secs => ${leaseSeconds}), again = false
      from (
        select q.run_id, q.step_id, r.function_id from job_queue q join job_runs r on r.id = q.run_id
        where r.state = 'running' and r.function_id = any(${[...functionIds]})
          and q.due_at <= now() and (q.leased_until is null or q.leased_until < now())
        order by q.due_at, r.created_at limit 1 for update of q skip locked
      ) due
      where job_queue.run_id = due.run_id and job_queue.step_id = due.step_id
      returning job_queue.run_id as "runId", job_queue.step_id as "stepId", due.function_id as "functionId",
        attempt, losses`;
    this.#doubtful.delete(lease);
    if (!call) return null;
    this.#held.add(lease);
    return { ...call, lease };
  }

  release(call: LeasedCall): void {
    this.#held.delete(call.lease);
  }

  async #giveBackDoubtful(): Promise<void> {
    if (this.#doubtful.size === 0) return;
    const leases = [...this.#doubtful];
    await this.#sql`update job_queue set leased_by = null, leased_until = null where leased_by = any(${leases})`;
    for (const lease of leases) this.#doubtful.delete(lease);
  }

  async renew(): Promise<void> {
    if (this.#held.size === 0) return;
    await this.#sql`
      update job_queue set leased_until = now() + make_interval(secs => ${leaseSeconds})
      where leased_by = any(${[...this.#held]})`;
  }

  /** What the application needs to know of the run; null when the run is over. */
  async state(call: LeasedCall): Promise<CallState | null> {
    const [run] = await this.#sql<{ event: JobEvent; alone: boolean }[]>`
      select event, not exists (
          select from job_queue where run_id = ${call.runId} and step_id <> ${call.stepId}
          union all select from job_waits where run_id = ${call.runId}
        ) as alone
      from job_runs join job_events on job_events.id = event_id
      where job_runs.id = ${call.runId} and state = 'running'`;
    if (!run) return null;
    const steps = await this.#sql<{ id: string; result: StepResult }[]>`
      select step_id as id, result from job_steps where run_id = ${call.runId} order by position`;
    return {
      ...run,
      steps: Object.fromEntries(steps.map(({ id, result }) => [id, result])),
      order: steps.map(({ id }) => id),
    };
  }
}
