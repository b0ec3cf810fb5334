import { checkedProcessExpression, expressionsOfProcess } from "#lib/model/processes/expressionsOfProcess.ts";
import { withInner } from "#lib/model/processes/stepsWithin.ts";
import type { Process, Step } from "#lib/model/processTypes.ts";
import { evaluateJson, memberAt } from "#lib/model/runs/evaluateJson.ts";
import { jsonOfValue } from "#lib/model/runs/jsonOfValue.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";

export interface ReferenceRun {
  readonly status: "succeeded" | "failed";
  /** What is written, in its order. */
  readonly said: readonly string[];
}

/** What a process does, told as plainly as it can be: recursion, exceptions, nothing that is kept. */
export function referenceRun(model: Model, process: Process, n: number): ReferenceRun {
  const said: string[] = [];
  /** What undoes the steps that were done, in the order in which those were. */
  const undo: (() => void)[] = [];
  const texts = new Map(expressionsOfProcess(model, process).map((one) => [`${one.step}#${one.slot}`, one]));

  const value = (step: Step, slot: string, scope: Scope): JsonValue => {
    const placed = texts.get(`${step.name}#${slot}`);
    const expression = placed && checkedProcessExpression(placed).expression;
    if (!expression) throw new Error(`No expression ${step.name}#${slot}.`);
    const found = evaluateJson(expression, ([root = "", ...rest]) => {
      if (root === "input") return memberAt({ n }, rest);
      if (root === "steps") return memberAt(scope.counters.get(rest[0] ?? "") ?? null, rest.slice(1));
      return scope.items[root];
    });
    return jsonOfValue(expression.type, found);
  };

  const all = (steps: readonly Step[], scope: Scope) => {
    for (const step of steps) one(step, scope);
  };

  const one = (step: Step, scope: Scope) => {
    if (step.when !== undefined && value(step, "when", scope) !== true) return;
    try {
      perform(step, scope);
    } catch (error) {
      if (!(error instanceof Failure) || !step.onError) throw error;
      all(step.onError, scope);
      return;
    }
    const { compensate } = step;
    if (compensate) undo.push(() => all(compensate, scope));
  };

  const perform = (step: Step, scope: Scope) => {
    switch (step.kind) {
      case "action":
        said.push(String(value(step, "input.text", scope)));
        return;
      case "transform":
        scope.counters.set(step.name, { v: value(step, "values.v", scope) });
        return;
      case "fail":
        throw new Failure();
      case "branch": {
        const chosen = step.branches.find((_, index) => value(step, `branches.${index}.when`, scope) === true);
        all(chosen?.steps ?? step.otherwise ?? [], scope);
        return;
      }
      case "forEach":
        for (const item of value(step, "items", scope) as readonly JsonValue[]) {
          all(step.steps, { counters: new Map(scope.counters), items: { ...scope.items, [step.as]: item } });
        }
        return;
      case "repeat": {
        // What its steps came to before, and in a repetition that has failed, is not seen.
        const forget = () => {
          for (const { name } of withInner(step)) scope.counters.delete(name);
        };
        forget();
        try {
          for (let round = 0; value(step, "while", scope) === true; round++) {
            if (round === step.atMost) throw new Failure();
            all(step.steps, scope);
          }
        } catch (error) {
          forget();
          throw error;
        }
        return;
      }
      default:
        return;
    }
  };

  try {
    all(process.steps, { counters: new Map(), items: {} });
    return { status: "succeeded", said };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    for (const undoing of undo.toReversed()) undoing();
    return { status: "failed", said };
  }
}

interface Scope {
  readonly counters: Map<string, JsonValue>;
  readonly items: Readonly<Record<string, JsonValue>>;
}

class Failure extends Error {}
