import { isRead } from "#lib/plan/isRead.ts";
import type { RunPlan } from "#lib/plan/types.ts";
import type { Environment } from "../host/Environment.ts";

/** Called with the key of a record of the users that was changed; null where that may be any. */
type Listener = (key: string | null) => void;

const listening = new WeakMap<Environment, Listener>();

export function onUserChange(environment: Environment, listener: Listener): void {
  listening.set(environment, listener);
}

/** Runs plans, and tells at once whoever keeps something of users that a record of theirs was changed. */
export function tellingUserChanges(environment: Environment, run: RunPlan): RunPlan {
  const { auth, users } = environment.app.model.app;
  if (!auth || users === undefined) return run;
  return (actor, plan) => {
    const answer = run(actor, plan);
    const { shape } = plan;
    if (shape.resource !== users || isRead(shape) || shape.kind === "create" || shape.kind === "createMany")
      return answer;
    const key = shape.kind === "update" || shape.kind === "destroy" ? plan.parameters[shape.key] : null;
    return answer.finally(() => listening.get(environment)?.(typeof key === "string" ? key : null));
  };
}
