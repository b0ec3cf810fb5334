import type { Expression } from "#lib/expression/Expression.ts";
import { isPlain } from "#lib/model/processes/plainFields.ts";
import { allSteps } from "#lib/model/processes/stepsWithin.ts";
import type { Step } from "#lib/model/processTypes.ts";
import { contextsIn } from "#lib/model/runs/evaluateJson.ts";
import { type ProcessProgram, slotKey } from "#lib/model/runs/ProcessProgram.ts";
import type { StepNote } from "#lib/model/runs/StepNote.ts";
import { valueSlots } from "#lib/model/runs/slotsOf.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";

/** Shown in place of what is sensitive. */
const masked = "•••";

/** What of a run is not to be shown: sensitive inputs, and all that is made of them. */
export interface Masks {
  readonly inputs: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
  /** Keys of slots (`slotKey`). */
  readonly slots: ReadonlySet<string>;
  /** Steps whose whole result is, and members of the results of others, such as `total.gross`. */
  readonly results: ReadonlySet<string>;
}

const known = new WeakMap<ProcessProgram, Masks>();

/** The masks of a program, with what the model of now says is sensitive. */
export function masksOf(program: ProcessProgram, model: Model): Masks {
  let masks = known.get(program);
  if (!masks) {
    masks = makeMasks(program, model);
    known.set(program, masks);
  }
  return masks;
}

function makeMasks({ process, expressions }: ProcessProgram, model: Model): Masks {
  const inputs = new Set((process.input ?? []).filter((one) => !isPlain(one)).map(({ name }) => name));
  const [slots, results, items] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const isMade = (expression: Expression | undefined) =>
    expression !== undefined && contextsIn(expression).some(({ path }) => isMasked(path, { inputs, results, items }));
  // Until nothing more is found: a step in a loop may see what a later one made the round before.
  for (let before = -1; before !== slots.size + results.size + items.size; ) {
    before = slots.size + results.size + items.size;
    for (const step of allSteps(process)) {
      const made = valueSlots(step)
        .map(({ slot }) => slot)
        .filter((slot) => isMade(expressions[slotKey(step.name, slot)]));
      for (const slot of made) slots.add(slotKey(step.name, slot));
      for (const name of sensitiveInputs(step, model)) slots.add(slotKey(step.name, `input.${name}`));
      noteResults(step, made, { results, items });
    }
  }
  const outputs = (process.output ?? []).filter(({ name }) => isMade(expressions[slotKey("", `output.${name}`)]));
  return { inputs, outputs: new Set(outputs.map(({ name }) => name)), slots, results };
}

/** What a step comes to where some of its values are masked. Records show no sensitive fields anyway. */
function noteResults(
  step: Step,
  made: readonly string[],
  { results, items }: { readonly results: Set<string>; readonly items: Set<string> },
): void {
  if (made.length === 0) return;
  switch (step.kind) {
    case "transform":
      for (const slot of made) results.add(`${step.name}.${slot.slice("values.".length)}`);
      return;
    case "forEach":
      items.add(step.as);
      return;
    case "function":
    case "process":
    case "ask":
    case "request":
    case "action":
      results.add(step.name);
      return;
    default:
      return;
  }
}

function sensitiveInputs(step: Step, model: Model): readonly string[] {
  if (step.kind === "process") {
    const inputs = model.processes?.find(({ name }) => name === step.process)?.input ?? [];
    return inputs.filter((one) => !isPlain(one)).map(({ name }) => name);
  }
  if (step.kind !== "action") return [];
  const resource = model.resources.find(({ name }) => name === step.resource);
  const action = resource?.definedActions?.find(({ name }) => name === step.action);
  const all = [...(resource?.attributes ?? []), ...(action?.arguments ?? [])];
  return all.filter((one) => !isPlain(one)).map(({ name }) => name);
}

function isMasked(
  [root = "", name = "", member = ""]: readonly string[],
  { inputs, results, items }: Record<"inputs" | "results" | "items", ReadonlySet<string>>,
): boolean {
  if (root === "input") return name === "" ? inputs.size > 0 : inputs.has(name);
  if (root !== "steps") return items.has(root);
  if (results.has(name)) return true;
  if (member !== "") return results.has(`${name}.${member}`);
  return [...results].some((result) => result.startsWith(`${name}.`));
}

export function maskedInput(input: JsonValue, { inputs }: Masks): JsonValue {
  return withMasks(input, (name) => inputs.has(name));
}

export function maskedOutput(output: JsonValue, { outputs }: Masks): JsonValue {
  return withMasks(output, (name) => outputs.has(name));
}

export function maskedNote(note: StepNote, { slots, results }: Masks): StepNote {
  const isWhole = results.has(note.name);
  const hidesItems = note.kind === "forEach" && slots.has(slotKey(note.name, "items"));
  return {
    ...note,
    input: withMasks(note.input, (slot) => hidesItems || slots.has(slotKey(note.name, slot))),
    result:
      isWhole && note.result !== null ? masked : withMasks(note.result, (name) => results.has(`${note.name}.${name}`)),
  };
}

function withMasks(json: JsonValue, isHidden: (name: string) => boolean): JsonValue {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return json;
  const entries = Object.entries(json as Readonly<Record<string, JsonValue>>);
  if (!entries.some(([name]) => isHidden(name))) return json;
  return Object.fromEntries(entries.map(([name, value]) => [name, isHidden(name) && value !== null ? masked : value]));
}
