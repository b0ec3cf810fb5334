import { stepNamed, withInner } from "../processes/stepsWithin.ts";
import type { Step } from "../processTypes.ts";
import type { JsonValue } from "../types.ts";
import type { StepNote, StepState } from "./StepNote.ts";
import { type Attempt, type BlockStep, earlier, type Here, type Outcome, type Walking } from "./Walking.ts";
import { type ItemPlace, isStopped, itemPrefix, itemScope, type StepGroup, type WalkScope } from "./WalkScope.ts";

/** A loop over more is a mistake. */
const maxItems = 10_000;
const maxAtOnce = 100;

/** One attempt of a step that has steps in it. */
export function walkBlock(walk: Walking, step: BlockStep, here: Here): Promise<Attempt> {
  switch (step.kind) {
    case "branch":
      return branch(walk, step, here);
    case "forEach":
      return forEach(walk, step, here);
    case "repeat":
      return repeat(walk, step, here);
    case "parallel":
      return parallel(walk, step, here);
  }
}

type Of<Kind extends BlockStep["kind"]> = Extract<Step, { readonly kind: Kind }>;

async function branch(walk: Walking, step: Of<"branch">, { scope, note, source }: Here): Promise<Attempt> {
  let at = note.state && "branch" in note.state ? note.state : null;
  if (!at) {
    const index = step.branches.findIndex(
      (_, index) => walk.value(step.name, `branches.${index}.when`, source) === true,
    );
    at = { branch: index < 0 ? null : index };
    walk.keep(scope, { ...note, state: at });
  }
  const steps = at.branch === null ? step.otherwise : step.branches[at.branch]?.steps;
  return attemptOf(await walk.steps(steps ?? [], scope), null);
}

async function parallel(walk: Walking, step: Of<"parallel">, { scope, note }: Here): Promise<Attempt> {
  walk.keep(scope, note);
  const group: StepGroup = { isStopped: false, outer: scope.group };
  const outcomes = await Promise.all(
    step.branches.map(async ({ steps }) => {
      const outcome = await walk.steps(steps, { ...scope, group });
      if (outcome?.kind === "failed") group.isStopped = true;
      return outcome;
    }),
  );
  return attemptOf(together(outcomes), null);
}

async function forEach(walk: Walking, step: Of<"forEach">, { scope, note, source }: Here): Promise<Attempt> {
  const items = itemsOf(note.state ? note.input : walk.values(step, source));
  if (items.length > maxItems) {
    const message = `A loop goes over at most ${maxItems} items; these are ${items.length}.`;
    return { kind: "failed", failure: { code: "too_many_items", message }, isLasting: true };
  }
  const progress = new Progress(walk, { scope, note: { ...note, input: { items } } });
  const group: StepGroup = { isStopped: false, outer: scope.group };
  const resumed = [...progress.open];
  const outcomes: Outcome[] = [];
  const next = (): number | null => resumed.shift() ?? (progress.next < items.length ? progress.next : null);
  /** Goes from item to item; one that waits keeps its place. */
  const line = async () => {
    for (let index = next(); index !== null; index = next()) {
      const inner = await progress.enter(index, { items: { [step.as]: items[index] ?? null } });
      const outcome = await walk.steps(step.steps, { ...inner, group });
      if (outcome) {
        if (outcome.kind === "failed") group.isStopped = true;
        outcomes.push(outcome);
        return;
      }
      progress.leave(index);
      if (walk.effects.isHalted || isStopped({ ...scope, group })) {
        outcomes.push({ kind: "stopped" });
        return;
      }
    }
  };
  const lines = Math.max(1, Math.min(step.atOnce ?? 1, maxAtOnce, items.length));
  await Promise.all(Array.from({ length: lines }, line));
  return attemptOf(together(outcomes), items.length);
}

async function repeat(walk: Walking, step: Of<"repeat">, here: Here): Promise<Attempt> {
  const attempt = await rounds(walk, step, here);
  // Of one that has failed nothing is seen.
  if (attempt.kind === "failed") here.scope.rounds.delete(step.name);
  return attempt;
}

async function rounds(walk: Walking, step: Of<"repeat">, { scope, note }: Here): Promise<Attempt> {
  const progress = new Progress(walk, { scope, note });
  const { name } = step;
  renew(scope, step);
  let index = progress.open[0] ?? progress.next;
  let before = index > 0 ? await roundScope(walk, scope, { name, index: index - 1 }) : null;
  for (; ; index++) {
    if (before) scope.rounds.set(name, before);
    if (!progress.open.includes(index)) {
      const source = walk.source(scope, walk.effects.now().toISOString());
      if (walk.value(name, "while", source) !== true) return { kind: "done", result: index };
      if (index >= step.atMost) {
        const message = `It was to be over after ${step.atMost} rounds.`;
        return { kind: "failed", failure: { code: "too_many_rounds", message }, isLasting: true };
      }
    }
    const inner = await progress.enter(index, { before });
    const outcome = await walk.steps(step.steps, inner);
    if (outcome) return attemptOf(outcome, null);
    progress.leave(index);
    if (walk.effects.isHalted || isStopped(scope)) return { kind: "stopped" };
    if (scope.deadline !== null && walk.now >= scope.deadline) return timedOut;
    before = inner;
  }
}

interface Round {
  /** Of the repetition. */
  readonly name: string;
  readonly index: number;
}

/** The scope of a round that was begun before. */
export async function roundScope(walk: Walking, scope: WalkScope, { name, index }: Round): Promise<WalkScope> {
  const load = (round: number) => walk.effects.load(itemPrefix(scope, name, round));
  const before = index > 0 ? itemScope(scope, { name, index: index - 1, notes: await load(index - 1) }) : null;
  return recalled(walk, itemScope(scope, { name, index, notes: await load(index), before }));
}

function renew(scope: WalkScope, step: Step): void {
  for (const { name } of withInner(step)) scope.renewed.add(name);
}

/** A scope with the last rounds of the repetitions that are over in sight. */
export async function recalled(walk: Walking, scope: WalkScope): Promise<WalkScope> {
  for (const { kind, name, result } of scope.notes.values()) {
    const step = kind === "repeat" ? stepNamed(walk.program.process, name) : null;
    if (step) renew(scope, step);
    const rounds = kind === "repeat" && typeof result === "number" ? result : 0;
    if (rounds > 0) scope.rounds.set(name, await roundScope(walk, scope, { name, index: rounds - 1 }));
  }
  return scope;
}

const timedOut: Attempt = {
  kind: "failed",
  failure: { code: "timed_out", message: "It took longer than it may." },
  isLasting: false,
};

/** How far a loop is; kept in its note, so that items which are done are never looked at again. */
class Progress {
  readonly #walk: Walking;
  readonly #scope: WalkScope;
  #note: StepNote;
  #next: number;
  #open: readonly number[];
  /** Of these, steps may be noted. */
  readonly #begun: number;

  constructor(walk: Walking, { scope, note }: { readonly scope: WalkScope; readonly note: StepNote }) {
    const { next, open } = note.state && "next" in note.state ? note.state : { next: 0, open: [] };
    this.#walk = walk;
    this.#scope = scope;
    this.#note = note;
    this.#next = next;
    this.#begun = next;
    this.#open = open;
    this.#keep();
  }

  get next(): number {
    return this.#next;
  }

  get open(): readonly number[] {
    return this.#open;
  }

  /** The scope of an item. */
  async enter(index: number, place: Pick<ItemPlace, "items" | "before">): Promise<WalkScope> {
    if (index >= this.#next) {
      this.#next = index + 1;
      this.#open = [...this.#open, index];
      this.#keep();
    }
    const { name } = this.#note;
    const at = { ...place, name, index };
    if (index >= this.#begun) return itemScope(this.#scope, { ...at, notes: [] });
    const notes = await this.#walk.effects.load(itemPrefix(this.#scope, name, index));
    return recalled(this.#walk, itemScope(this.#scope, { ...at, notes }));
  }

  leave(index: number): void {
    this.#open = this.#open.filter((open) => open !== index);
    this.#keep();
  }

  #keep(): void {
    const state: StepState = { next: this.#next, open: this.#open };
    this.#note = this.#walk.keep(this.#scope, { ...this.#note, state });
  }
}

/** Of several things at once: what failed counts before what stopped, and that before what waits. */
function together(outcomes: readonly Outcome[]): Outcome {
  const failed = outcomes.find((outcome) => outcome?.kind === "failed");
  if (failed) return failed;
  const stopped = outcomes.find((outcome) => outcome?.kind === "stopped");
  if (stopped) return stopped;
  const waiting = outcomes.flatMap((outcome) => (outcome?.kind === "waiting" ? [outcome.until] : []));
  if (waiting.length === 0) return null;
  return { kind: "waiting", until: waiting.reduce(earlier) };
}

function attemptOf(outcome: Outcome, result: JsonValue): Attempt {
  if (outcome === null) return { kind: "done", result };
  if (outcome.kind === "failed") return { kind: "failed", failure: outcome.failure, isLasting: false };
  return outcome;
}

/** The list that a loop goes over, from what is noted of it. */
export function itemsOf(input: JsonValue | undefined): readonly JsonValue[] {
  const items = typeof input === "object" && input !== null && "items" in input ? input.items : null;
  return Array.isArray(items) ? items : [];
}
