import { EventEmitter } from "node:events";
import {
  type Job,
  Logger,
  runTaskList,
  type TaskList,
  type WorkerEvents,
  type WorkerPool,
  type WorkerPoolOptions,
} from "graphile-worker";
import type { JsonValue } from "#lib/model/types.ts";
import { QueueConnection, type QueueConnectionParts } from "../exec/QueueConnection.ts";
import { freeAbandoned, giveBack, type QueueLook, queueLook, showAlive } from "./queueLook.ts";

/** One attempt of a job; rejects where it failed. */
export type Perform = (job: {
  readonly task: string;
  readonly payload: JsonValue;
  readonly attempt: number;
  readonly attempts: number;
}) => Promise<void>;

/** What the library keeps of an environment for as long as the process lives; so there is one of it for all sessions. */
export interface QueueMemory {
  readonly options: WorkerPoolOptions;
  readonly events: WorkerEvents;
}

export interface QueueSessionParts extends QueueConnectionParts {
  readonly memory: QueueMemory;
  readonly tasks: readonly string[];
  readonly perform: Perform;
  /** A job began or ended, or none was found. */
  readonly onChange: () => void;
}

/** How often a session looks for jobs that have become due without a word. */
const pollMilliseconds = 1000;
/** So many jobs are taken at once; those that could not be begun for so long are left to others. */
const taken = 32;
const takenMilliseconds = 1000;

export function queueMemory(jobs: number): QueueMemory {
  const events: WorkerEvents = new EventEmitter();
  const options: WorkerPoolOptions = {
    events,
    logger: new Logger(() => () => {}),
    noHandleSignals: true,
    concurrency: jobs,
    preset: {
      worker: {
        pollInterval: pollMilliseconds,
        localQueue: { size: taken, ttl: takenMilliseconds },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
        // What a task is told of the end of the process comes from the engine.
        gracefulShutdownAbortTimeout: 1000,
      },
    },
  };
  return { options, events };
}

/** Works on the jobs of one environment, over one connection, for as long as it is open. */
export class QueueSession {
  readonly #connection: QueueConnection;
  /** Null where there are no tasks at all, which the library does not care for. */
  readonly #pool: WorkerPool | null;
  readonly #tasks: readonly string[];
  readonly #forget: () => void;
  /** Jobs taken and not begun, and those under way. */
  #received = 0;
  #active = 0;
  #isLooking: boolean;
  #isDraining = false;
  #nudging: NodeJS.Timeout | null = null;

  static async open(parts: QueueSessionParts): Promise<QueueSession> {
    const connection = await QueueConnection.open(parts);
    try {
      await freeAbandoned(connection);
      return new QueueSession(connection, parts);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  private constructor(connection: QueueConnection, { memory, tasks, perform, onChange }: QueueSessionParts) {
    this.#connection = connection;
    this.#tasks = tasks;
    const { events, options } = memory;
    const listeners = {
      "job:start": () => {
        this.#received -= 1;
        this.#active += 1;
        onChange();
      },
      "job:complete": ({ job }: { readonly job: Job }) => {
        this.#active -= 1;
        // The next of its line can be had once this one's end is written, which the library is about to do.
        if (job.job_queue_id !== null) this.#nudgeSoon();
        onChange();
      },
      "localQueue:getJobs:complete": ({ jobs }: { readonly jobs: readonly unknown[] }) => {
        this.#received += jobs.length;
        this.#isLooking = jobs.length >= taken;
        onChange();
      },
      "localQueue:returnJobs": ({ jobs }: { readonly jobs: readonly unknown[] }) => {
        this.#received -= jobs.length;
      },
    } as const;
    for (const [event, listener] of Object.entries(listeners)) events.on(event as "job:start", listener as never);
    this.#forget = () => {
      for (const [event, listener] of Object.entries(listeners)) events.off(event as "job:start", listener as never);
    };
    const list: TaskList = Object.fromEntries(
      tasks.map((task) => [
        task,
        async (payload, { job }) => {
          await perform({ task, payload: payload as JsonValue, attempt: job.attempts, attempts: job.max_attempts });
        },
      ]),
    );
    this.#pool = tasks.length > 0 ? runTaskList(options, list, connection.pool) : null;
    this.#isLooking = this.#pool !== null;
    this.#pool?.promise.catch(() => {});
    // Asked before the first job can be: statements go one after the other.
    if (this.#pool) showAlive(connection, this.#pool.id).catch(() => {});
  }

  /** Whether there is nothing to do for the moment. */
  get isQuiet(): boolean {
    return this.#active === 0 && this.#received === 0 && !this.#isLooking && !this.#nudging;
  }

  /** There may be jobs now. */
  nudge(): void {
    if (!this.#pool || this.#isDraining) return;
    this.#isLooking = true;
    this.#pool.nudge(1);
  }

  #nudgeSoon(): void {
    this.#nudging ??= setTimeout(() => {
      this.#nudging = null;
      this.nudge();
    }, 2);
  }

  /** Takes up what workers held that are gone. */
  async freeAbandoned(): Promise<void> {
    if (await freeAbandoned(this.#connection)) this.nudge();
  }

  look(): Promise<QueueLook> {
    return queueLook(this.#connection, this.#tasks);
  }

  /** Takes no more; settles when the jobs under way have ended. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    await Promise.resolve(this.#pool?.gracefulShutdown()).catch(() => {});
  }

  /** Leaves the jobs that are still under way to others. */
  async giveUp(): Promise<void> {
    if (this.#pool) await giveBack(this.#connection, this.#pool.id);
  }

  async close(): Promise<void> {
    if (this.#nudging) clearTimeout(this.#nudging);
    this.#forget();
    await this.#connection.close();
  }
}
