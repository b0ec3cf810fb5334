import type { FunctionStep } from "#lib/model/processTypes.ts";
import { valuesBelow } from "#lib/model/runs/slotsOf.ts";
import type { Performed } from "#lib/model/runs/WalkEffects.ts";
import { lazily } from "../../host/lazily.ts";
import type { StepDoing } from "./StepDoing.ts";

const functions = lazily(() => import("../../functions/callFunction.ts"));

/** Runs a function of the app. */
export async function performFunction({ held, work }: StepDoing, step: FunctionStep): Promise<Performed> {
  const { app, telemetry } = held.environment;
  const input = valuesBelow(work.values, "input");
  telemetry.use("functionCalls");
  const result = await functions(({ callFunction }) => callFunction({ app, name: step.function, input }));
  return { kind: "done", result };
}
