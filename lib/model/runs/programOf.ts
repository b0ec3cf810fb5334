import type { Expression } from "../../expression/Expression.ts";
import { asDeclared } from "../expressions/computedExpression.ts";
import { checkedProcessExpression, expressionsOfProcess } from "../processes/expressionsOfProcess.ts";
import type { Process } from "../processTypes.ts";
import type { Model } from "../types.ts";
import { type ProcessProgram, slotKey } from "./ProcessProgram.ts";

/** The program of a process of a verified model. What begins runs is no part of it: that is the model's of the moment. */
export function programOf(model: Model, process: Process): ProcessProgram {
  const expressions: Record<string, Expression> = {};
  for (const placed of expressionsOfProcess(model, process)) {
    const { step, slot, place } = placed;
    if (place.at !== "step" && place.at !== "output") continue;
    const { expression, problems } = checkedProcessExpression(placed);
    if (!expression) throw new Error(`${process.name}, ${step ?? "output"}, ${slot}: ${problems[0]?.message}`);
    const { expects } = placed;
    expressions[slotKey(step ?? "", slot)] = expects.is === "type" ? asDeclared(expects.type, expression) : expression;
  }
  const { starts: _, ...kept } = process;
  return { process: kept, expressions };
}
