import type { Plan, RunPlan } from "#lib/plan/types.ts";
import { logDefect } from "../log.ts";
import type { Sighting } from "../telemetry/Sighting.ts";
import { type SlowStatements, slowMilliseconds } from "./SlowStatements.ts";

/** Tells the request that a plan was made for, without the caller's values; asked only for what was slow. */
export type DescribeRequest = (plan: Plan) => string;

interface Watching {
  readonly slow: SlowStatements;
  readonly sighting: Sighting | undefined;
  readonly tell: DescribeRequest;
}

/** Runs plans and notes those that took long. Of all others it costs two looks at the clock. */
export function watchedRun(run: RunPlan, { slow, sighting, tell }: Watching): RunPlan {
  return (actor, plan) => {
    sighting?.ran(plan.shape);
    const began = performance.now();
    const answer = run(actor, plan);
    const done = () => {
      const milliseconds = performance.now() - began;
      sighting?.took(milliseconds);
      if (milliseconds < slowMilliseconds) return;
      try {
        slow.note({ actor, plan, milliseconds, request: tell(plan) });
      } catch (error) {
        logDefect("A slow statement could not be noted.", error);
      }
    };
    answer.then(done, done);
    return answer;
  };
}
