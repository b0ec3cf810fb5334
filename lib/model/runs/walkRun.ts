import { allSteps } from "../processes/stepsWithin.ts";
import type { Step } from "../processTypes.ts";
import type { JsonValue } from "../types.ts";
import { evaluateJson } from "./evaluateJson.ts";
import { jsonOfTyped } from "./jsonOfValue.ts";
import { slotKey } from "./ProcessProgram.ts";
import type { StepFailure, StepNote } from "./StepNote.ts";
import { loopsOf } from "./stepsAround.ts";
import type { Outcome, Walking } from "./Walking.ts";
import { itemPrefix, itemScope, topScope, type WalkScope } from "./WalkScope.ts";
import { itemsOf, recalled, roundScope } from "./walkBlock.ts";

export type RunEnd =
  | { readonly kind: "succeeded"; readonly output: JsonValue }
  | { readonly kind: "failed"; readonly failure: StepFailure }
  | { readonly kind: "waiting"; readonly until: number | null }
  | { readonly kind: "stopped" };

/** Goes as far as it can through the steps of a run. */
export async function walkRun(walk: Walking, deadline: number | null): Promise<RunEnd> {
  const scope = await recalled(walk, topScope(await walk.effects.load(""), deadline));
  const outcome = await walk.steps(walk.program.process.steps, scope);
  if (outcome) return outcome;
  return { kind: "succeeded", output: outputOf(walk, scope) };
}

function outputOf(walk: Walking, scope: WalkScope): JsonValue {
  const { output } = walk.program.process;
  if (!output) return null;
  const source = walk.source(scope, walk.effects.now().toISOString());
  const entries = output.map(({ name, type }): [string, JsonValue] => {
    const expression = walk.program.expressions[slotKey("", `output.${name}`)];
    return [name, expression ? jsonOfTyped(type, expression.type, evaluateJson(expression, source)) : null];
  });
  return Object.fromEntries(entries);
}

/** Undoes what was done, the latest first; null once all of it is. What cannot be undone does not keep back the rest. */
export async function undoRun(walk: Walking): Promise<Outcome> {
  const undoing = new Map(
    allSteps(walk.program.process)
      .filter(({ compensate }) => compensate !== undefined)
      .map((step) => [step.name, step]),
  );
  if (undoing.size === 0) return null;
  const names = [...undoing.keys()];
  for (let note = await walk.effects.latestDone(names); note; note = await walk.effects.latestDone(names)) {
    if (walk.effects.isHalted) return { kind: "stopped" };
    const scope = await scopeAt(walk, note.scope);
    const steps = undoing.get(note.name)?.compensate ?? [];
    const outcome = await walk.steps(steps, { ...scope, undoes: true });
    if (outcome && outcome.kind !== "failed") return outcome;
    const undone: StepNote = { ...note, status: "undone", error: outcome?.failure ?? null };
    walk.keep(scope, undone);
  }
  return null;
}

/** The scope of a prefix such as `rows[3].lines[0].`, without deadlines. */
async function scopeAt(walk: Walking, prefix: string): Promise<WalkScope> {
  const steps = new Map<string, Step>(allSteps(walk.program.process).map((step) => [step.name, step]));
  let scope = await recalled(walk, topScope(await walk.effects.load(""), null));
  for (const { name, index } of loopsOf(prefix)) {
    const step = steps.get(name);
    if (step?.kind === "repeat") {
      scope = await roundScope(walk, scope, { name, index });
    } else if (step?.kind === "forEach") {
      const item = itemsOf(scope.notes.get(name)?.input)[index] ?? null;
      const notes = await walk.effects.load(itemPrefix(scope, name, index));
      scope = await recalled(walk, itemScope(scope, { name, index, notes, items: { [step.as]: item } }));
    }
  }
  return scope;
}
