import { checkExpression } from "../../expression/check/checkExpression.ts";
import type { ExpressionScope } from "../../expression/ExpressionScope.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { actorType } from "../expressions/actorType.ts";
import { resourceNamed } from "../expressions/resourceAlong.ts";
import { resourceTypes } from "../expressions/resourceTypes.ts";
import type { ForEachStep, Process, Start } from "../processTypes.ts";
import type { Model } from "../types.ts";
import { isPlain, recordType } from "./plainFields.ts";
import type { Sight } from "./sightOfSteps.ts";
import { sightOfSteps } from "./sightOfSteps.ts";
import { objectMembers, stepResultType } from "./stepResultType.ts";
import { stepNamed } from "./stepsWithin.ts";

/*
 * What expressions of processes may name. None is about a record of its own: every name is one of the context, so that all
 * are worked out over one JSON object with these members.
 */

type Context = Map<string, ValueType>;

/** In references to members the place of a resource's name, which no resource can have. */
export const stepsKey = "steps";
export const inputKey = "input";

/** Defaults of inputs: they see nothing but `now()` and `today()`. */
export function inputScope(model: Model): ExpressionScope {
  return scope(model, new Map());
}

/**
 * A start: a change sees the record's plain fields by their names, all of them as `record`, those before the change as
 * `previous` (null for a create; the record itself is as it was for a destroy), and `actor`; a schedule `scheduledAt`; what
 * allows a call `actor` and `input`. A hook has no expressions.
 */
export function startScope(model: Model, process: Process, start: Start): ExpressionScope {
  switch (start.kind) {
    case "change":
      return recordScope(model, start.resource, new Map([["actor", keptActorType(model)]]));
    case "schedule":
      return scope(model, new Map([["scheduledAt", { kind: "timestamp" }]]));
    case "call":
      return scope(
        model,
        new Map<string, ValueType>([
          ["actor", actorType(model)],
          ["input", inputType(model, process)],
        ]),
      );
    case "hook":
      return inputScope(model);
  }
}

/**
 * A step: `input`, `steps` with the results of those before it, what the loops around it are at by their names, and `error`
 * (`code`, `message`) in steps for an error. `while`: what the condition of a repetition sees, asked before each round.
 * `match`: what a step that waits for a change compares, which sees the record as a start by a change does besides.
 */
export function stepScope(model: Model, process: Process, step: string, part?: "while" | "match"): ExpressionScope {
  let byProcess = scopes.get(model);
  if (!byProcess) {
    byProcess = new WeakMap();
    scopes.set(model, byProcess);
  }
  const byStep = byProcess.get(process) ?? new Map<string, ExpressionScope>();
  byProcess.set(process, byStep);
  const key = part ? `${step} ${part}` : step;
  const found = byStep.get(key) ?? makeStepScope(model, process, { step, part });
  byStep.set(key, found);
  return found;
}

const scopes = new WeakMap<Model, WeakMap<Process, Map<string, ExpressionScope>>>();

function makeStepScope(
  model: Model,
  process: Process,
  { step, part }: { readonly step: string; readonly part: "while" | "match" | undefined },
): ExpressionScope {
  const sights = sightOfSteps(process);
  const sight = (part === "while" ? sights.rounds.get(step) : undefined) ?? sights.at.get(step) ?? sights.output;
  const context = contextOf(model, process, sight);
  const waiting = part === "match" ? stepNamed(process, step) : null;
  if (waiting?.kind !== "waitFor") return scope(model, context);
  return recordScope(model, waiting.resource, context);
}

/** What a run comes to: `input` and the results of all steps. */
export function outputScope(model: Model, process: Process): ExpressionScope {
  return scope(model, contextOf(model, process, sightOfSteps(process).output));
}

/** The type of `input`. */
function inputType(model: Model, { input = [] }: Process): ValueType {
  const members = objectMembers(model, input).map((member) => ({
    ...member,
    field: { resource: inputKey, member: member.name },
  }));
  return { kind: "object", name: "input", members };
}

/** What is kept of an actor with a change: nothing sensitive. */
function keptActorType(model: Model): ValueType {
  const type = actorType(model);
  if (type.kind !== "object") return type;
  const users = resourceNamed(model, model.app.users ?? "");
  const hidden = (users?.attributes ?? []).filter((attribute) => !isPlain(attribute)).map(({ name }) => name);
  return { ...type, members: type.members.filter(({ name, field }) => !field || !hidden.includes(name)) };
}

const errorType: ValueType = {
  kind: "object",
  name: "error",
  members: [
    { name: "code", type: { kind: "text" } },
    { name: "message", type: { kind: "text" } },
  ],
};

function contextOf(model: Model, process: Process, { steps, loops, error }: Sight): Context {
  const members = steps.flatMap((step) => {
    const type = stepResultType(model, step);
    return type.kind === "null" ? [] : [{ name: step.name, type, field: { resource: stepsKey, member: step.name } }];
  });
  const context: Context = new Map([
    ["input", inputType(model, process)],
    ["steps", { kind: "object", name: "steps", members }],
  ]);
  if (error) context.set("error", errorType);
  for (const loop of loops) if (!context.has(loop.as)) context.set(loop.as, itemType(model, process, loop));
  return context;
}

const items = new WeakMap<Model, WeakMap<ForEachStep, ValueType>>();

/** The type of what a loop is at; `json` where its list has problems. */
function itemType(model: Model, process: Process, loop: ForEachStep): ValueType {
  let known = items.get(model);
  if (!known) {
    known = new WeakMap();
    items.set(model, known);
  }
  const found = known.get(loop);
  if (found) return found;
  const { expression } = checkExpression(loop.items, stepScope(model, process, loop.name));
  const list = expression?.type;
  const type: ValueType = list?.kind === "list" ? list.of : { kind: "json" };
  known.set(loop, type);
  return type;
}

/** The plain fields of a record by their names, as far as these mean nothing else here. */
function recordScope(model: Model, resource: string, context: Context): ExpressionScope {
  const record = recordType(model, resource, "record");
  const all: Context = new Map([...context, ["record", record], ["previous", recordType(model, resource, "previous")]]);
  const shown = new Map<string, { readonly resource: string; readonly member: string }>();
  for (const { name, type } of record.kind === "object" ? record.members : []) {
    if (all.has(name)) continue;
    all.set(name, type);
    shown.set(name, { resource, member: name });
  }
  return { ...scope(model, all), shown };
}

function scope(model: Model, context: Context): ExpressionScope {
  return { resource: null, context, resources: resourceTypes(model) };
}
