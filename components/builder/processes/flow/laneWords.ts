import type { Step } from "#lib/model/processTypes.ts";
import type { Lane } from "../tree/lanes.ts";
import type { Say } from "../words/stepSentence.ts";

/** What a list of steps within a step is for. */
export function laneWords(step: Step, lane: Lane, say: Say): string {
  switch (lane.kind) {
    case "branch": {
      const at = Number(lane.key.split(".")[1]);
      const when = step.kind === "branch" ? (step.branches[at]?.when ?? "") : "";
      if (when.trim() === "true") return "Always, until you write a condition";
      return at === 0 ? `If ${say(when)}` : `Or if ${say(when)}`;
    }
    case "otherwise":
      return "Otherwise";
    case "parallel": {
      const at = Number(lane.key.split(".")[1]);
      return step.kind === "parallel" ? (step.branches[at]?.name ?? "") : "";
    }
    case "body":
      return "Each time";
    case "onError":
      return "If it fails";
    case "compensate":
      return "To undo it later";
  }
}
