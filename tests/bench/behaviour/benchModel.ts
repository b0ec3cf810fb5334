import { attribute, resource } from "#lib/compile/testing/modelParts.ts";
import type { Process } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";

/** Steps of the process that counts. */
export const stepsOfRun = 10;

/** Nothing but steps: each is worked out and kept. */
const counting: Process = {
  name: "count",
  input: [{ name: "from", type: { kind: "integer" }, required: true }],
  starts: [{ kind: "call" }],
  steps: Array.from({ length: stepsOfRun }, (_, at) => ({
    kind: "transform",
    name: `step${at}`,
    values: [{ name: "value", type: { kind: "integer" }, expression: `input.from + ${at}` }],
  })),
};

/** Begins a run every minute. */
const ticking: Process = {
  name: "tick",
  starts: [{ kind: "schedule", cron: "* * * * *" }],
  steps: [
    {
      kind: "transform",
      name: "note",
      values: [{ name: "done", type: { kind: "boolean" }, expression: "true" }],
    },
  ],
};

function modelOf(processes: readonly Process[]): Model {
  const key = attribute("id", {
    type: { kind: "integer" },
    required: true,
    unique: true,
    default: { kind: "generated" },
  });
  const deals = resource("Deal", {
    plural: "deals",
    key,
    attributes: [attribute("title", { type: { kind: "text" } })],
    features: { events: true, changeFeed: true },
  });
  return { app: { name: "Bench" }, resources: [deals], ...(processes.length > 0 && { processes }) };
}

export const eventsModel = modelOf([]);
export const countingModel = modelOf([counting]);
export const tickingModel = modelOf([ticking]);
