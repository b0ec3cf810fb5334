import type { Process, Start } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { behaviourNameProblem } from "../editor/behaviourNameProblem.ts";
import { newStart } from "../starts/newStart.ts";

const names: Readonly<Record<Start["kind"], string>> = {
  change: "whenChanged",
  schedule: "onSchedule",
  hook: "onHook",
  call: "onCall",
};

/** A process to begin with; its inputs are those that its start can fill. */
export function starterProcess(kind: Start["kind"], model: Model, wanted = names[kind]): Process {
  const resource = kind === "change" ? model.resources[0] : undefined;
  const name = freeName(model, wanted);
  const input = resource ? [{ name: "id", type: resource.key.type, required: true }] : undefined;
  const process = { name, ...(input ? { input } : {}) };
  return { ...process, starts: [newStart(kind, model, process)], steps: [] };
}

function freeName(model: Model, wanted: string): string {
  if (behaviourNameProblem(model, wanted) === null) return wanted;
  for (let number = 2; ; number++) {
    if (behaviourNameProblem(model, `${wanted}${number}`) === null) return `${wanted}${number}`;
  }
}
