import { parseDuration } from "../../expression/time/durationText.ts";
import { innerLists } from "../processes/stepsWithin.ts";
import type { Retry, Step, StepKind } from "../processTypes.ts";
import type { JsonValue } from "../types.ts";
import { evaluateJson, type JsonSource } from "./evaluateJson.ts";
import { jsonOfTyped, jsonOfValue } from "./jsonOfValue.ts";
import { type ProcessProgram, slotKey } from "./ProcessProgram.ts";
import { pathOf, type StepNote } from "./StepNote.ts";
import { valueSlots, valuesBelow } from "./slotsOf.ts";
import type { PerformedStep, StepWork, WalkEffects } from "./WalkEffects.ts";
import { type Attempt, earlier, type Here, type Outcome, type Walking } from "./Walking.ts";
import { isStopped, sourceOf, type WalkScope } from "./WalkScope.ts";
import { walkBlock } from "./walkBlock.ts";

const withSteps: ReadonlySet<StepKind> = new Set(["branch", "forEach", "repeat", "parallel"]);
const second = 1000;
const longestPause = 30 * 24 * 3600 * second;
/** What undoes a step is tried again, as nobody is there to do it otherwise. */
const undoRetry: Retry = { attempts: 8, pause: "PT1S" };

/**
 * Goes through the steps of a process: what is noted as done is passed over, the next steps are done, what waits is
 * left. The same for a run in a database and for a trial on samples, which differ in their effects only.
 */
export class Walk implements Walking {
  readonly program: ProcessProgram;
  readonly effects: WalkEffects;
  readonly input: JsonValue;
  /** Steps done so far; the next takes the number after it. */
  #done: number;

  constructor(parts: {
    readonly program: ProcessProgram;
    readonly effects: WalkEffects;
    readonly input: JsonValue;
    readonly done: number;
  }) {
    this.program = parts.program;
    this.effects = parts.effects;
    this.input = parts.input;
    this.#done = parts.done;
  }

  get done(): number {
    return this.#done;
  }

  get now(): number {
    return this.effects.now().getTime();
  }

  async steps(steps: readonly Step[], scope: WalkScope): Promise<Outcome> {
    for (const step of steps) {
      const outcome = await this.#step(step, scope);
      if (outcome) return outcome;
    }
    return null;
  }

  /** The value of an expression as the APIs show it. */
  value(step: string, slot: string, source: JsonSource): JsonValue {
    const expression = this.program.expressions[slotKey(step, slot)];
    if (!expression) throw new Error(`The program has no expression ${slotKey(step, slot)}.`);
    return jsonOfValue(expression.type, evaluateJson(expression, source));
  }

  /** What expressions of a step see. */
  source(scope: WalkScope, now: string): JsonSource {
    return sourceOf(scope, this.input, now);
  }

  /** The values of a step's expressions by their slots. */
  values(step: Step, source: JsonSource): Record<string, JsonValue> {
    const entries = valueSlots(step).map(({ slot, type }): [string, JsonValue] => {
      const expression = this.program.expressions[slotKey(step.name, slot)];
      if (!expression) throw new Error(`The program has no expression ${slotKey(step.name, slot)}.`);
      const value = evaluateJson(expression, source);
      return [slot, type ? jsonOfTyped(type, expression.type, value) : jsonOfValue(expression.type, value)];
    });
    return Object.fromEntries(entries);
  }

  keep(scope: WalkScope, note: StepNote): StepNote {
    scope.notes.set(note.name, note);
    this.effects.keep(note);
    return note;
  }

  async #step(step: Step, scope: WalkScope): Promise<Outcome> {
    const known = scope.notes.get(step.name);
    if (known?.status === "succeeded" || known?.status === "skipped" || known?.status === "undone") return null;
    if (known?.status === "failed") return known.handled ? null : this.#failed(step, scope, known);
    if (this.effects.isHalted || isStopped(scope)) return { kind: "stopped" };
    const isNew = known === undefined || known.status === "pending";
    const note = isNew ? this.#begun(step, scope, known) : known;
    if (scope.deadline !== null && this.now >= scope.deadline) return this.#tooLate(step, scope, note);
    if (isNew && step.when !== undefined) {
      const isMeant = this.value(step.name, "when", this.source(scope, note.startedAt)) === true;
      if (!isMeant) {
        this.keep(scope, { ...note, status: "skipped", endedAt: this.#moment() });
        return null;
      }
    }
    return this.#attempts(step, scope, note);
  }

  #begun({ name, kind }: { name: string; kind: StepKind }, scope: WalkScope, before: StepNote | undefined): StepNote {
    // One with steps in it goes on where it was: what was done in it counts.
    const goesOn = before !== undefined && withSteps.has(kind);
    return {
      scope: scope.prefix,
      name,
      kind,
      status: "running",
      attempt: 1,
      generation: before?.generation ?? 0,
      number: null,
      input: goesOn ? before.input : null,
      result: null,
      state: goesOn ? before.state : null,
      error: null,
      handled: false,
      retryAt: null,
      startedAt: this.#moment(),
      attemptAt: null,
      endedAt: null,
    };
  }

  async #attempts(step: Step, scope: WalkScope, begun: StepNote): Promise<Outcome> {
    for (let note = begun; ; ) {
      if (note.retryAt !== null && this.now < Date.parse(note.retryAt)) {
        return { kind: "waiting", until: earlier(Date.parse(note.retryAt), scope.deadline) };
      }
      const attemptAt = note.attemptAt ?? this.#moment();
      note = { ...note, status: "running", retryAt: null, attemptAt };
      scope.notes.set(step.name, note);
      const limit = step.timeout === undefined ? null : Date.parse(attemptAt) + milliseconds(step.timeout);
      const within = { ...scope, deadline: earlier(limit, scope.deadline) };
      const attempt = await this.#attempt(step, within, note);
      note = scope.notes.get(step.name) ?? note;
      switch (attempt.kind) {
        case "done": {
          const done = attempt.note ?? this.#succeeded(note, attempt.result);
          scope.notes.set(step.name, done);
          if (!attempt.note) this.effects.keep(done);
          return null;
        }
        case "stopped":
          return attempt;
        case "waiting":
          this.keep(scope, { ...note, status: "waiting" });
          return { kind: "waiting", until: earlier(attempt.until, within.deadline) };
        case "failed": {
          const { failure, isLasting } = attempt;
          const retry = step.retry ?? (scope.undoes ? undoRetry : { attempts: 1 });
          if (isLasting || note.attempt >= retry.attempts) {
            note = this.keep(scope, { ...note, status: "failed", error: failure, endedAt: this.#moment() });
            return this.#failed(step, scope, note);
          }
          const retryAt = new Date(this.now + pauseBefore(note.attempt + 1, retry)).toISOString();
          const again = { status: "waiting", attempt: note.attempt + 1, attemptAt: null } as const;
          await this.#resetWithin(step, scope);
          note = this.keep(scope, { ...note, ...again, retryAt, error: failure });
        }
      }
    }
  }

  async #attempt(step: Step, scope: WalkScope, note: StepNote): Promise<Attempt> {
    if (scope.deadline !== null && this.now >= scope.deadline) return timedOut();
    const source = this.source(scope, note.startedAt);
    switch (step.kind) {
      case "branch":
      case "forEach":
      case "repeat":
      case "parallel":
        return walkBlock(this, step, { scope, note, source });
      case "transform":
        return { kind: "done", result: valuesBelow(this.values(step, source), "values") };
      case "fail": {
        const message = this.values(step, source).message;
        const failure = { code: "failed", message: typeof message === "string" ? message : "The process failed." };
        return { kind: "failed", failure, isLasting: true };
      }
      case "wait":
        return this.#wait(step, { scope, note, source });
      default:
        return this.#perform(step, { scope, note, source });
    }
  }

  #wait(step: Extract<Step, { kind: "wait" }>, { scope, note, source }: Here): Attempt {
    let until = note.state && "until" in note.state ? Date.parse(note.state.until) : null;
    if (until === null) {
      const values = this.values(step, source);
      until = typeof values.until === "string" ? Date.parse(values.until) : this.now + durationOf(values.for);
      if (Number.isNaN(until)) until = this.now;
      const state = { until: new Date(Math.min(until, furthest)).toISOString() };
      this.keep(scope, { ...note, state, input: values });
    }
    const { now } = this;
    if (now < until) return { kind: "waiting", until };
    return { kind: "done", result: new Date(now).toISOString() };
  }

  async #perform(step: PerformedStep, { scope, note: begun, source }: Here): Promise<Attempt> {
    const values = step.kind === "waitFor" ? {} : this.values(step, source);
    const note = { ...begun, input: values };
    scope.notes.set(step.name, note);
    const work: StepWork = {
      step,
      note,
      values,
      source,
      deadline: scope.deadline === null ? null : new Date(scope.deadline),
      succeeded: (result) => this.#succeeded(note, result),
    };
    const performed = await this.effects.perform(work);
    switch (performed.kind) {
      case "done":
        return performed;
      case "waiting":
        return { kind: "waiting", until: performed.until?.getTime() ?? null };
      case "halted":
        return { kind: "stopped" };
      case "failed": {
        const { code, message, isLasting } = performed;
        return { kind: "failed", failure: { code, message }, isLasting };
      }
    }
  }

  #succeeded(note: StepNote, result: JsonValue): StepNote {
    this.#done += 1;
    const ended = { status: "succeeded", number: this.#done, retryAt: null, endedAt: this.#moment() } as const;
    return { ...note, ...ended, result };
  }

  /** The run was to be over by now: no other attempt is made, and what deals with failures is too late as well. */
  #tooLate(step: Step, scope: WalkScope, note: StepNote): Outcome {
    const { failure } = timedOut();
    this.keep(scope, { ...note, status: "failed", error: failure, endedAt: this.#moment() });
    return { kind: "failed", failure: { ...failure, step: pathOf({ scope: scope.prefix, name: step.name }) } };
  }

  /** The last attempt has failed. */
  async #failed(step: Step, scope: WalkScope, note: StepNote): Promise<Outcome> {
    const failure = note.error ?? { code: "failed", message: "The step failed." };
    if (!step.onError) return { kind: "failed", failure: { step: pathOf(note), ...failure } };
    const outcome = await this.steps(step.onError, { ...scope, error: failure });
    if (outcome) return outcome;
    this.keep(scope, { ...(scope.notes.get(step.name) ?? note), handled: true });
    return null;
  }

  /** Another attempt of a step with steps in it goes on where the one before has failed. */
  async #resetWithin(step: Step, scope: WalkScope): Promise<void> {
    const names = innerLists(step).flatMap(({ steps }) => steps.flatMap(namesWithin));
    if (names.length === 0) return;
    await this.effects.reset(scope.prefix, names);
    for (const name of names) {
      const note = scope.notes.get(name);
      if (note?.status === "failed" && !note.handled) scope.notes.set(name, { ...note, status: "pending" });
    }
  }

  #moment(): string {
    return this.effects.now().toISOString();
  }
}

/** Names of a step and of all that are done as a part of it; what undoes it is none. */
function namesWithin(step: Step): readonly string[] {
  const inner = [...innerLists(step).flatMap(({ steps }) => steps), ...(step.onError ?? [])];
  return [step.name, ...inner.flatMap(namesWithin)];
}

function timedOut(): Extract<Attempt, { kind: "failed" }> {
  const failure = { code: "timed_out", message: "It took longer than it may." };
  return { kind: "failed", failure, isLasting: false };
}

/** The end of what JavaScript knows of time. */
const furthest = 8.64e15;

export function milliseconds(duration: string): number {
  return Number((parseDuration(duration) ?? 0n) / 1000n);
}

function durationOf(value: JsonValue | undefined): number {
  return typeof value === "string" ? milliseconds(value) : 0;
}

function pauseBefore(attempt: number, { pause = "PT1S" }: Retry): number {
  return Math.min(longestPause, milliseconds(pause) * 2 ** (attempt - 2));
}
