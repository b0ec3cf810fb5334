import type { Deployment } from "./Deployment.ts";

type State = Deployment["state"];

/** Deployments that are not over. Of an environment the one with the smallest release has its turn, the others wait. */
export const openStates = ["queued", "running", "awaiting", "trying"] as const satisfies readonly State[];

/** Of the open ones those that a job is at work on. */
export const workingStates = ["queued", "running"] as const satisfies readonly State[];

export function isOpen(state: State): boolean {
  return openStates.some((open) => open === state);
}
