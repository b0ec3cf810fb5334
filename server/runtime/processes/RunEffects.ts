import type { StepNote } from "#lib/model/runs/StepNote.ts";
import type { Performed, StepWork, WalkEffects } from "#lib/model/runs/WalkEffects.ts";
import { failureOf } from "./failureOf.ts";
import { type HeldRun, TurnLost } from "./HeldRun.ts";
import { latestNote, notesIn, resetNotes } from "./stepRows.ts";
import { performAction } from "./steps/performAction.ts";
import { performEmit } from "./steps/performEmit.ts";
import { performFunction } from "./steps/performFunction.ts";
import { performOutward } from "./steps/performOutward.ts";
import { performProcess } from "./steps/performProcess.ts";
import { performRead } from "./steps/performRead.ts";
import { performWaitFor } from "./steps/performWaitFor.ts";
import type { StepDoing } from "./steps/StepDoing.ts";

/** What a step's doing comes to, and with it the end of the turn where that cannot go on. */
type Doing = (doing: StepDoing) => Promise<Performed>;

/** A run in the environment's database. */
export class RunEffects implements WalkEffects {
  readonly #held: HeldRun;
  readonly #signal: AbortSignal;
  readonly #halt = new AbortController();
  /** Why the turn has to end. */
  #defect: unknown = null;
  /** Whether what was done is undone: nothing but the runtime's own end halts that. */
  isUndoing = false;

  constructor(held: HeldRun, signal: AbortSignal) {
    this.#held = held;
    this.#signal = signal;
    held.onCancel = () => {
      if (!this.isUndoing) this.#halt.abort();
    };
    if (held.isCancelled) this.#halt.abort();
  }

  get isHalted(): boolean {
    return this.#defect !== null || this.#signal.aborted || (this.#halt.signal.aborted && !this.isUndoing);
  }

  /** What came in between; null where the runtime ends or the run is cancelled. */
  get defect(): unknown {
    return this.#defect;
  }

  now(): Date {
    return new Date(Date.now() + this.#held.run.clockAhead);
  }

  /** What cannot be kept or read ends the turn. */
  async guard<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      this.#defect ??= error;
      throw error;
    }
  }

  load(scope: string): Promise<readonly StepNote[]> {
    const { run, sealer } = this.#held;
    return this.guard(this.#held.read((sql) => notesIn(sql, { run: run.id, scope, sealer })));
  }

  keep(note: StepNote): void {
    this.#held.note(note);
  }

  async reset(scope: string, names: readonly string[]): Promise<void> {
    await this.guard(this.#held.flush());
    await this.guard(
      this.#held.transaction(async (sql) => {
        await resetNotes(sql, { run: this.#held.run.id, names, scope });
        return [];
      }),
    );
  }

  async latestDone(names: readonly string[]): Promise<StepNote | null> {
    const { run, sealer } = this.#held;
    await this.guard(this.#held.flush());
    return this.guard(this.#held.read((sql) => latestNote(sql, { run: run.id, names, sealer })));
  }

  async perform(work: StepWork): Promise<Performed> {
    if (this.isHalted) return { kind: "halted" };
    const signals = this.isUndoing ? [this.#signal] : [this.#signal, this.#halt.signal];
    const late = new AbortController();
    const wait = work.deadline === null ? null : work.deadline.getTime() - this.now().getTime();
    const timer = wait === null ? null : setTimeout(() => late.abort(), Math.min(Math.max(0, wait), 2 ** 31 - 1));
    const signal = AbortSignal.any([...signals, late.signal]);
    try {
      return await doingOf(work)({ work, held: this.#held, signal });
    } catch (error) {
      if (late.signal.aborted) {
        return { kind: "failed", code: "timed_out", message: "It took longer than it may.", isLasting: false };
      }
      if (this.isHalted) return { kind: "halted" };
      if (error instanceof TurnLost) {
        this.#defect ??= error;
        return { kind: "halted" };
      }
      const failure = failureOf(error, { environment: this.#held.environment.spec.id, run: this.#held.run.id });
      if (failure) return failure;
      this.#defect ??= error;
      return { kind: "halted" };
    } finally {
      if (timer) clearTimeout(timer);
    }
  }
}

function doingOf({ step }: StepWork): Doing {
  switch (step.kind) {
    case "action":
      return (doing) => performAction(doing, step);
    case "find":
    case "select":
      return (doing) => performRead(doing, step);
    case "waitFor":
      return (doing) => performWaitFor(doing, step);
    case "request":
    case "mail":
    case "ask":
      return (doing) => performOutward(doing, step);
    case "function":
      return (doing) => performFunction(doing, step);
    case "process":
      return (doing) => performProcess(doing, step);
    case "emit":
      return (doing) => performEmit(doing, step);
  }
}
