import { stepResultType } from "../processes/stepResultType.ts";
import type { Process } from "../processTypes.ts";
import type { JsonValue, Model } from "../types.ts";
import { programOf } from "./programOf.ts";
import { pathOf, type StepFailure, type StepNote } from "./StepNote.ts";
import { sampleOfType } from "./sampleOfType.ts";
import { valuesBelow } from "./slotsOf.ts";
import { milliseconds, Walk } from "./Walk.ts";
import type { Performed, PerformedStep, StepWork, WalkEffects } from "./WalkEffects.ts";
import { undoRun, walkRun } from "./walkRun.ts";

/** What a trial of a process is made with. */
export interface DryRunSample {
  readonly input: Readonly<Record<string, JsonValue>>;
  /** When it begins; absent means now. What waits passes in no time. */
  readonly now?: Date;
  /** What steps come to, by their paths (`rows[3].send`) or names; of the others it is made up. */
  readonly results?: Readonly<Record<string, SampleResult>>;
  /** Runs a function of the app; absent: its result is made up. Rejects where it failed. */
  readonly callFunction?: (name: string, input: Readonly<Record<string, JsonValue>>) => Promise<JsonValue>;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

export type SampleResult = { readonly result: JsonValue } | { readonly failure: StepFailure };

export interface DryRun {
  /** `stopped`: it was ended, or goes on for too long. */
  readonly status: "succeeded" | "failed" | "stopped";
  readonly output: JsonValue;
  readonly failure: StepFailure | null;
  /** In the order in which the steps were begun, with their values and what they came to. */
  readonly notes: readonly StepNote[];
  /** When it would have ended. */
  readonly endedAt: Date;
}

const mostSteps = 5000;

/**
 * Goes through a process of a verified model as a run does, with samples in place of what steps do outside of it: nothing
 * is changed, called or sent. Rejects where an expression has a problem.
 */
export async function dryRun(model: Model, process: Process, sample: DryRunSample): Promise<DryRun> {
  const effects = new SampleEffects(model, sample);
  const walk = new Walk({ program: programOf(model, process), effects, input: sample.input, done: 0 });
  const begun = effects.now().getTime();
  const { timeout } = process;
  for (;;) {
    const end = await walkRun(walk, timeout === undefined ? null : begun + milliseconds(timeout));
    switch (end.kind) {
      case "succeeded":
        return effects.ended("succeeded", { output: end.output });
      case "waiting":
        if (!effects.passTo(end.until)) return effects.ended("stopped", {});
        break;
      case "stopped":
        return effects.ended("stopped", {});
      case "failed":
        return (await undone(walk, effects))
          ? effects.ended("failed", { failure: end.failure })
          : effects.ended("stopped", {});
    }
  }
}

async function undone(walk: Walk, effects: SampleEffects): Promise<boolean> {
  for (;;) {
    const outcome = await undoRun(walk);
    if (outcome === null) return true;
    if (outcome.kind !== "waiting" || !effects.passTo(outcome.until)) return false;
  }
}

class SampleEffects implements WalkEffects {
  readonly #model: Model;
  readonly #sample: DryRunSample;
  readonly #notes = new Map<string, StepNote>();
  #now: number;

  constructor(model: Model, sample: DryRunSample) {
    this.#model = model;
    this.#sample = sample;
    this.#now = (sample.now ?? new Date()).getTime();
  }

  get isHalted(): boolean {
    return this.#sample.signal?.aborted === true || this.#notes.size >= mostSteps;
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** False where nothing would ever happen. */
  passTo(until: number | null): boolean {
    if (until === null || this.isHalted) return false;
    this.#now = Math.max(this.#now, until);
    return true;
  }

  async load(scope: string): Promise<readonly StepNote[]> {
    return [...this.#notes.values()].filter((note) => note.scope === scope);
  }

  keep(note: StepNote): void {
    this.#notes.set(pathOf(note), note);
  }

  async reset(scope: string, names: readonly string[]): Promise<void> {
    for (const [path, note] of this.#notes) {
      const isMeant = note.scope.startsWith(scope) && names.includes(note.name);
      if (isMeant && note.status === "failed" && !note.handled) this.#notes.set(path, { ...note, status: "pending" });
    }
  }

  async latestDone(names: readonly string[]): Promise<StepNote | null> {
    const done = [...this.#notes.values()].filter(({ status, name }) => status === "succeeded" && names.includes(name));
    return done.toSorted((one, other) => (other.number ?? 0) - (one.number ?? 0))[0] ?? null;
  }

  async perform(work: StepWork): Promise<Performed> {
    // Shown while it is under way.
    this.keep(work.note);
    const results = this.#sample.results ?? {};
    const given = [pathOf(work.note), work.note.name].find((name) => Object.hasOwn(results, name));
    const sample = given === undefined ? undefined : results[given];
    if (sample && "failure" in sample) return { kind: "failed", ...sample.failure, isLasting: false };
    if (sample) return { kind: "done", result: sample.result };
    const { step } = work;
    const { callFunction } = this.#sample;
    if (step.kind !== "function" || !callFunction) return { kind: "done", result: this.#madeUp(step, work) };
    try {
      return { kind: "done", result: await callFunction(step.function, valuesBelow(work.values, "input")) };
    } catch (error) {
      const message = error instanceof Error ? error.message : "The function failed.";
      return { kind: "failed", code: "function_failed", message, isLasting: true };
    }
  }

  ended(
    status: DryRun["status"],
    { output = null, failure = null }: Partial<Pick<DryRun, "output" | "failure">>,
  ): DryRun {
    return { status, output, failure, notes: [...this.#notes.values()], endedAt: this.now() };
  }

  /** What the step is given shows in what it comes to. */
  #madeUp(step: PerformedStep, { values }: StepWork): JsonValue {
    const type = stepResultType(this.#model, step);
    const made = sampleOfType(type);
    if (type.kind !== "object" || typeof made !== "object" || made === null || Array.isArray(made)) return made;
    if (step.kind === "request") return { ...made, status: 200 };
    const known = Object.entries(valuesBelow(values, "input")).filter(([name]) => Object.hasOwn(made, name));
    return { ...made, ...("key" in values && { id: values.key ?? null }), ...Object.fromEntries(known) };
  }
}
