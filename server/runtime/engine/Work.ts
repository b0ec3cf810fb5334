import type { JsonValue } from "#lib/model/types.ts";
import type { Environment } from "../host/Environment.ts";

/** Something to be done later, kept in the environment's own database until it is done: at least once. */
export interface Job {
  /** Name of a task. */
  readonly task: string;
  readonly payload: JsonValue;
  /** Absent means at once. */
  readonly runAt?: Date;
  /** A job with the key of one that waits takes its place. */
  readonly key?: string;
  /** Jobs of one line are done one after the other. */
  readonly line?: string;
  /** Attempts in all; with growing pauses between them. Absent means 25. */
  readonly attempts?: number;
}

export interface Task {
  readonly name: string;
  /** Throws where it failed; it is then tried again. The signal is aborted when the runtime is to end. */
  perform(payload: JsonValue, on: TaskContext): Promise<void>;
}

export interface TaskContext {
  readonly environment: Environment;
  readonly attempt: number;
  readonly attempts: number;
  readonly signal: AbortSignal;
}

/** Work that is found by looking, such as events that nobody has been told of yet. */
export interface Pump {
  readonly name: string;
  /** A channel of PostgreSQL on which it is told that there may be something: listened to while the environment works. */
  readonly channel?: string;
  /**
   * An SQL expression of a boolean: whether there may be something to do. Environments that sleep are asked for it now
   * and then, so that the app need not be woken to see that there is nothing; only where the pump is needed.
   */
  readonly waiting?: string;
  /** Whether the app has such work at all. */
  isNeeded(environment: Environment): boolean;
  /**
   * Does what is there to do; answers when to look again if nothing happens before. Runs of several runtimes at once are
   * safe, and so are several of one runtime: where a run takes long and there may be more to do, another is begun beside it.
   */
  run(environment: Environment, signal: AbortSignal, turn?: PumpTurn): Promise<Date | null>;
}

export interface PumpTurn {
  /** Others wait: nothing more is taken up, but what is under way goes on to its end. */
  readonly isOver: boolean;
}
