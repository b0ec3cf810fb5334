import type { JsonValue } from "#lib/model/types.ts";
import type { Environment } from "../host/Environment.ts";
import { logDefect } from "../log.ts";
import { Bell } from "./Bell.ts";
import { PumpRuns } from "./PumpRuns.ts";
import type { QueueMemory } from "./QueueSession.ts";
import { QueueSession } from "./QueueSession.ts";
import type { QueueLook } from "./queueLook.ts";
import type { Pump, PumpTurn, Task } from "./Work.ts";

export interface ShiftParts {
  readonly id: string;
  readonly url: string;
  readonly memory: QueueMemory;
  readonly pumps: readonly Pump[];
  readonly tasks: readonly string[];
  readonly task: (name: string) => Promise<Task>;
  /** Does something on the release that serves when it begins; null where the environment is gone. */
  readonly within: <Result>(work: (environment: Environment) => Promise<Result>) => Promise<Result | null>;
  /** Aborted when the runtime is to end. */
  readonly signal: AbortSignal;
  /** Whether other environments wait for a place. */
  readonly isCrowded: () => boolean;
  /** Whether somebody expects more work soon. */
  readonly lingers: () => boolean;
  readonly limits: ShiftLimits;
}

export interface ShiftLimits {
  /** With nothing to do an environment keeps its connection for so long, and is told of work at once. */
  readonly lingerSeconds: number;
  /** So long an environment works while others wait. */
  readonly sliceSeconds: number;
}

/** What is known when an environment stops working. */
export interface ShiftEnd {
  /** When it has something to do again, in ms of the clock; null when nothing is to be expected. */
  readonly next: number | null;
  readonly look: QueueLook;
}

/** What is to be done so soon is waited for. */
const soonMilliseconds = 1000;
/** A job that is due although none could be had is held by another runtime, or its line is. */
const othersMilliseconds = 1000;
/** Workers that are gone are looked for so often. */
const abandonedMilliseconds = 10_000;

/** An environment at work: from the place it was given among all until it has nothing to do or others' turn has come. */
export class Shift {
  readonly #parts: ShiftParts;
  readonly #bell = new Bell();
  readonly #pumps: readonly PumpRuns[];
  #session: QueueSession | null = null;
  #isLost = false;
  #isOver = false;
  readonly #turn = { isOver: false };

  constructor(parts: ShiftParts) {
    this.#parts = parts;
    this.#pumps = parts.pumps.map(
      (pump) =>
        new PumpRuns(pump, {
          run: (one) =>
            parts.within((environment) => runPump(one, environment, { signal: parts.signal, turn: this.#turn })),
          onChange: () => this.#bell.ring(),
          onDefect: (error, name) =>
            logDefect("Work of an app could not be looked for.", error, { environment: parts.id, pump: name }),
        }),
    );
  }

  /** There may be something to do. */
  poke(): void {
    this.#pokePumps();
    this.#session?.nudge();
    this.#bell.ring();
  }

  /** Others wait, or the runtime ends: see whether it is to stop. */
  reconsider(): void {
    this.#bell.ring();
  }

  /** No more is begun; settles by the end of `run`. */
  end(): void {
    this.#isOver = true;
    this.#bell.ring();
  }

  /** Works. `onLeaving` is called when nothing more is begun, though jobs may be under way yet. */
  async run(onLeaving: () => void): Promise<ShiftEnd> {
    const { url, memory, tasks, signal } = this.#parts;
    const session = await QueueSession.open({
      url,
      memory,
      tasks,
      channels: this.#parts.pumps.flatMap(({ channel }) => channel ?? []),
      onNotice: () => this.#pokePumps(),
      onLost: () => {
        this.#isLost = true;
        this.#bell.ring();
      },
      onChange: () => this.#bell.ring(),
      perform: (job) => this.#perform(job),
    });
    this.#session = session;
    try {
      this.#pokePumps();
      const isMore = await this.#untilDone(session);
      this.#turn.isOver = true;
      onLeaving();
      const drained = Promise.all([session.drain(), ...this.#pumps.map((pump) => pump.stop())]);
      // Whoever does not listen to the signal is not waited for.
      await orAborted(drained, signal);
      if (this.#isLost) throw new LostError();
      if (signal.aborted) await session.giveUp();
      const look = await session.look();
      const job = look.next && Math.max(look.next.getTime(), Date.now() + othersMilliseconds);
      const moments = [...this.#pumps.map(({ next }) => next), job, isMore ? Date.now() : null];
      return { next: earliest(moments), look };
    } finally {
      this.#session = null;
      await session.close();
    }
  }

  #pokePumps(): void {
    for (const pump of this.#pumps) pump.poke();
  }

  /** True where others' turn has come although there is more to do. */
  async #untilDone(session: QueueSession): Promise<boolean> {
    const { isCrowded, lingers, limits } = this.#parts;
    const beganAt = performance.now();
    let quietSince: number | null = null;
    let freedAt = beganAt;
    for (;;) {
      if (this.#isOver || this.#isLost || this.#parts.signal.aborted) return false;
      const now = performance.now();
      const due = earliest(this.#pumps.map(({ next }) => next));
      if (due !== null && due <= Date.now()) for (const pump of this.#pumps) pump.pokeWhenDue();
      const isQuiet = session.isQuiet && this.#pumps.every((pump) => pump.isQuiet);
      quietSince = isQuiet ? (quietSince ?? now) : null;
      const waits: number[] = [freedAt + abandonedMilliseconds - now];
      if (quietSince !== null) {
        const isSoon = due !== null && due - Date.now() < soonMilliseconds;
        const stays = !isCrowded() && (isSoon || lingers());
        const rest = stays ? quietSince + 1000 * limits.lingerSeconds - now : 0;
        if (rest <= 0) return false;
        waits.push(rest);
      } else if (isCrowded()) {
        const rest = beganAt + 1000 * limits.sliceSeconds - now;
        if (rest <= 0) return true;
        waits.push(rest);
      }
      if (now - freedAt >= abandonedMilliseconds) {
        freedAt = now;
        await session.freeAbandoned().catch(() => {});
        continue;
      }
      if (due !== null) waits.push(Math.max(due - Date.now(), 1));
      await this.#bell.wait(Math.min(...waits));
    }
  }

  async #perform(job: {
    readonly task: string;
    readonly payload: JsonValue;
    readonly attempt: number;
    readonly attempts: number;
  }): Promise<void> {
    const { id, within, signal } = this.#parts;
    const { attempt, attempts } = job;
    try {
      const task = await this.#parts.task(job.task);
      const done = await within(async (environment) => {
        await task.perform(job.payload, { environment, attempt, attempts, signal });
        return true;
      });
      if (!done) throw new Error("The environment is not served here any more.");
    } catch (error) {
      if (!signal.aborted) logDefect("A job failed.", error, { environment: id, task: job.task, attempt, attempts });
      throw error;
    }
  }
}

/** The connection was lost; what was under way is taken up by whoever comes next. */
export class LostError extends Error {
  constructor() {
    super("The connection of the queue was lost.");
  }
}

async function runPump(
  pump: Pump,
  environment: Environment,
  { signal, turn }: { readonly signal: AbortSignal; readonly turn: PumpTurn },
): Promise<Date | null> {
  return pump.isNeeded(environment) ? pump.run(environment, signal, turn) : null;
}

function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

/** So long those who were told of the end have to come to theirs. */
const lastMilliseconds = 2000;

/** Settles with the work, or some time after the signal. */
async function orAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const begin = () => setTimeout(resolve, lastMilliseconds).unref();
  if (signal.aborted) begin();
  else signal.addEventListener("abort", begin, { once: true });
  await Promise.race([work, promise]);
  signal.removeEventListener("abort", begin);
}
