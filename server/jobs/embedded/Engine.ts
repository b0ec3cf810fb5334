import type postgres from "postgres";
import type { Application } from "./Application.ts";
import { Unreachable } from "./Application.ts";
import type { LeasedCall } from "./Calls.ts";
import { Calls } from "./Calls.ts";
import type { DriverLock } from "./DriverLock.ts";
import type { JobFunction } from "./JobFunction.ts";
import { readFunction } from "./JobFunction.ts";
import { outlast } from "./outlast.ts";
import { pause } from "./pause.ts";
import type { JobEvent } from "./protocol.ts";
import { recordAnswer, recordLoss } from "./recordAnswer.ts";
import { routeEvent } from "./routeEvent.ts";
import { storeEvent } from "./runs.ts";
import { forgetOld, planSchedules, runDueSchedules, runDueWaits } from "./timers.ts";

export interface EngineOptions {
  readonly sql: postgres.Sql;
  /** Ended together with the engine. */
  readonly lock: DriverLock;
  readonly application: Application;
  readonly log: (level: "info" | "error", message: string, cause?: unknown) => void;
  /** Calls at a time. */
  readonly parallel?: number;
  /** Milliseconds before the given retry, counted from 1. */
  readonly retryDelay?: (retry: number) => number;
}

/** Name of the channel by which drivers wake each other. */
const channel = "gantry_jobs";
const heartbeatMilliseconds = 10_000;
const syncAgainMilliseconds = 15_000;

/** Runs the application's functions: routes events to runs, makes the calls that are due, writes down their answers. */
export class Engine {
  readonly #options: Required<EngineOptions>;
  readonly #calls: Calls;
  readonly #lock: DriverLock;
  readonly #stopping = new AbortController();
  readonly #inFlight = new Set<Promise<void>>();
  readonly #intervals: NodeJS.Timeout[] = [];
  #functions: ReadonlyMap<string, JobFunction> = new Map();
  #synced = false;
  #timer: NodeJS.Timeout | undefined;
  #sync: Promise<void> | undefined;
  #round: Promise<void> | undefined;
  #again = false;
  /** Rounds since one went well. */
  #failures = 0;

  constructor(options: EngineOptions) {
    this.#options = { parallel: 16, retryDelay: defaultRetryDelay, ...options };
    this.#calls = new Calls(options.sql, options.lock.id);
    this.#lock = options.lock;
  }

  /** Answers when events are taken and the first synchronisation is under way. */
  async start(): Promise<void> {
    await this.#lock.hold();
    await this.#lock.freeLeasesOfTheDead();
    // The client listens anew when it lost its connection; what was said in between is looked for.
    const wake = () => this.wake();
    await this.#options.sql.listen(channel, wake, wake);
    this.#intervals.push(
      setInterval(() => this.#guard("renew leases", () => this.#heartbeat()), heartbeatMilliseconds),
      setInterval(() => this.#startSync(), syncAgainMilliseconds),
      setInterval(() => this.#guard("clean up", () => forgetOld(this.#options.sql)), 3_600_000),
    );
    this.#startSync();
  }

  get synced(): boolean {
    return this.#synced;
  }

  /** Stores events that arrived, each once, and has them routed. */
  async receive(events: readonly JobEvent[]): Promise<void> {
    try {
      await this.#options.sql.begin(async (tx) => {
        for (const event of events) await storeEvent(tx, event);
      });
    } finally {
      // They may be there although the connection was lost before the answer.
      this.wake();
    }
    await this.notify();
  }

  /** Wakes every driver on this database, this one included. */
  async notify(): Promise<void> {
    await this.#options.sql.notify(channel, "");
    this.wake();
  }

  /** Looks for what is to be done now. */
  wake(): void {
    this.#again = true;
    if (this.#round || this.#stopping.signal.aborted) return;
    this.#round = this.#work().finally(() => {
      this.#round = undefined;
      if (this.#again) this.wake();
    });
  }

  /** Ends the calls under way, gives their leases back and frees what was taken. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    for (const interval of this.#intervals) clearInterval(interval);
    await Promise.allSettled([this.#round, this.#sync, ...this.#inFlight]);
    await this.#lock.release();
  }

  async #work(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#again && !this.#stopping.signal.aborted) {
      this.#again = false;
      // Without the functions' configuration no event can be matched and no call made.
      if (!this.#synced) return;
      try {
        await this.#routeEvents();
        await runDueWaits(this.#options.sql);
        await runDueSchedules(this.#options.sql, this.#functions);
        await this.#makeCalls();
        await this.#sleepUntilNext();
        this.#failures = 0;
      } catch (cause) {
        if (this.#stopping.signal.aborted) return;
        this.#options.log("error", "The job driver cannot go on for the moment.", cause);
        this.#wakeIn(Math.min(50 * 2 ** this.#failures++, 2000));
        return;
      }
    }
  }

  async #routeEvents(): Promise<void> {
    const { sql } = this.#options;
    for (let routed = true; routed; ) {
      routed = await sql.begin(async (tx) => {
        const [row] = await tx<{ event: JobEvent }[]>`
          select event from job_events where routed_at is null order by created_at, id limit 1 for update skip locked`;
        if (row) await routeEvent(tx, row.event, this.#functions);
        return row !== undefined;
      });
    }
  }

  async #makeCalls(): Promise<void> {
    const ids = [...this.#functions.keys()];
    while (this.#inFlight.size < this.#options.parallel && !this.#stopping.signal.aborted) {
      const call = await this.#calls.claim(ids);
      if (!call) return;
      const work = this.#make(call)
        .catch((cause) => this.#options.log("error", `A call of ${call.functionId} could not be recorded.`, cause))
        .finally(() => {
          this.#calls.release(call);
          this.#inFlight.delete(work);
          this.wake();
        });
      this.#inFlight.add(work);
    }
  }

  async #make(call: LeasedCall): Promise<void> {
    const { application, sql, retryDelay } = this.#options;
    const signal = this.#stopping.signal;
    const state = await outlast(() => this.#calls.state(call), signal);
    const job = this.#functions.get(call.functionId);
    if (!state || !job) return;
    try {
      const answer = await application.call(call.functionId, call.stepId, {
        version: 2,
        event: state.event,
        events: [state.event],
        steps: state.steps,
        ctx: {
          run_id: call.runId,
          attempt: call.attempt,
          max_attempts: job.maxAttempts,
          disable_immediate_execution: !state.alone,
          use_api: false,
          stack: { stack: state.order, current: state.order.length },
        },
        signal,
      });
      if (answer.status === 500 && answer.body.includes("was not found in this app")) {
        await outlast(() => recordLoss(sql, call, false), signal);
        return this.#lostTouch();
      }
      // An answer that is not written down is a step that runs a second time.
      const outcome = { answer, context: { functions: this.#functions, retryDelay } };
      await outlast(() => recordAnswer(sql, call, outcome), signal);
    } catch (cause) {
      if (!(cause instanceof Unreachable)) throw cause;
      // A driver that stops hands the call to the next one as it was.
      await outlast(() => recordLoss(sql, call, cause.begun && !signal.aborted), signal);
      this.#lostTouch();
    }
  }

  /** The application went away or changed: nothing is called until it has said anew what it serves. */
  #lostTouch(): void {
    this.#synced = false;
    this.#startSync();
  }

  #startSync(): void {
    this.#sync ??= this.#synchronise().finally(() => {
      this.#sync = undefined;
    });
  }

  async #synchronise(): Promise<void> {
    const { application, log, sql } = this.#options;
    for (let tries = 0; !this.#stopping.signal.aborted; tries++) {
      try {
        const timeout = AbortSignal.timeout(30_000);
        const configs = await application.functions(AbortSignal.any([timeout, this.#stopping.signal]));
        this.#functions = new Map(configs.flatMap((config) => this.#read(config)));
        await planSchedules(sql, this.#functions);
        if (!this.#synced) log("info", `Synced ${this.#functions.size} functions with the application.`);
        this.#synced = true;
        this.wake();
        return;
      } catch (cause) {
        this.#synced = false;
        if (tries === 20) log("error", "The application does not answer; still trying.", cause);
        await pause(Math.min(100 * 2 ** tries, 1000), this.#stopping.signal);
      }
    }
  }

  #read(config: { readonly id: string }): [string, JobFunction][] {
    try {
      return [[config.id, readFunction(config)]];
    } catch (cause) {
      this.#options.log(
        "error",
        `The function ${config.id} is configured in a way that this driver cannot run.`,
        cause,
      );
      return [];
    }
  }

  async #sleepUntilNext(): Promise<void> {
    // Calls that cannot be made for lack of room are woken by the end of another.
    const room = this.#inFlight.size < this.#options.parallel;
    const [next] = await this.#options.sql<{ milliseconds: number | null }[]>`
      select extract(epoch from min(due) - now())::float8 * 1000 as milliseconds from (
        select min(greatest(q.due_at, coalesce(q.leased_until, q.due_at))) as due
        from job_queue q join job_runs r on r.id = q.run_id
        where ${room} and r.state = 'running' and r.function_id = any(${[...this.#functions.keys()]})
        union all select min(due_at) from job_waits
        union all select min(next_at) from job_crons
      ) times`;
    if (next?.milliseconds != null) this.#wakeIn(Math.max(next.milliseconds, 0) + 2);
  }

  #wakeIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.min(milliseconds, 3_600_000));
  }

  async #heartbeat(): Promise<void> {
    await this.#calls.renew();
    await this.#lock.hold();
    await this.#lock.freeLeasesOfTheDead();
    // Also for what no notification told of.
    this.wake();
  }

  #guard(what: string, work: () => Promise<void>): void {
    work().catch((cause) => {
      if (!this.#stopping.signal.aborted) this.#options.log("error", `The job driver failed to ${what}.`, cause);
    });
  }
}

/** 1 s, 4 s, 15 s, 1 min, 4 min, then 10 min, each with up to a fifth more. */
function defaultRetryDelay(retry: number): number {
  return Math.min(1000 * 3.9 ** (retry - 1), 600_000) * (1 + Math.random() / 5);
}
