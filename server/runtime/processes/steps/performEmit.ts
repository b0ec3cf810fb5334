import type { EmitStep } from "#lib/model/processTypes.ts";
import { valuesBelow } from "#lib/model/runs/slotsOf.ts";
import type { Performed } from "#lib/model/runs/WalkEffects.ts";
import { emitEvent } from "../../events/tellEvents.ts";
import { causeOf } from "./causeOf.ts";
import type { StepDoing } from "./StepDoing.ts";

/** Tells of an event of the app's own: it is told of once, with the note that it is. */
export async function performEmit({ held, work }: StepDoing, step: EmitStep): Promise<Performed> {
  const { environment, run } = held;
  const note = work.succeeded(null);
  await held.transaction(async (sql) => {
    await emitEvent(sql, { type: step.type, data: valuesBelow(work.values, "data"), cause: causeOf(run) });
    environment.database.afterCommit(sql, environment.engine.poke);
    return [note];
  });
  return { kind: "done", result: null, note };
}
