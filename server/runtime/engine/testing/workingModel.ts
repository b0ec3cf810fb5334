import { salesModel } from "#lib/compile/testing/salesModel.ts";
import type { ScheduleStart } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";

/** An app whose environment has a queue: it has a process, which does next to nothing. */
export function workingModel(starts: readonly ScheduleStart[] = []): Model {
  return { ...salesModel, processes: [{ name: "doNothing", starts, steps: [] }] };
}
