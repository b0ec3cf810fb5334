import { isRead } from "#lib/plan/isRead.ts";
import type { RunPlan } from "#lib/plan/types.ts";
import type { Environment } from "../host/Environment.ts";

/** Whoever keeps something of users in one release of an environment. */
export interface UserListener {
  /** The record or account of a user was changed, that with the key or any. */
  forget(key: string | null): void;
  /** These sessions have ended. */
  end(sessions: readonly string[]): void;
}

const listening = new WeakMap<Environment, UserListener>();

export function onUserChange(environment: Environment, listener: UserListener): void {
  listening.set(environment, listener);
}

/** Tells of a change on whichever release it was made: users are the same on all that this process serves. */
export function userListeners({ siblings }: Environment): UserListener {
  const all = () => [...siblings.releases].flatMap((release) => listening.get(release) ?? []);
  return {
    forget: (key) => {
      for (const listener of all()) listener.forget(key);
    },
    end: (sessions) => {
      for (const listener of all()) listener.end(sessions);
    },
  };
}

/** Runs plans, and tells at once whoever keeps something of users that a record of theirs was changed. */
export function tellingUserChanges(environment: Environment, run: RunPlan): RunPlan {
  const { auth, users } = environment.app.model.app;
  if (!auth || users === undefined) return run;
  const told = userListeners(environment);
  return (actor, plan) => {
    const answer = run(actor, plan);
    const { shape } = plan;
    if (shape.resource !== users || isRead(shape) || shape.kind === "create" || shape.kind === "createMany")
      return answer;
    const key = shape.kind === "update" || shape.kind === "destroy" ? plan.parameters[shape.key] : null;
    return answer.finally(() => told.forget(typeof key === "string" ? key : null));
  };
}
