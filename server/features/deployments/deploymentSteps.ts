import type { Strategy } from "#db/schema/rollouts.ts";

/** The steps of a deployment in their order. One ends with `switch` or, where the release is tried first, with `rollout`. */
export const deploymentStepNames = [
  "verify",
  "compile",
  "provision",
  "plan",
  "test",
  "approve",
  "apply",
  "rows",
  "rollout",
  "switch",
] as const;

export type DeploymentStepName = (typeof deploymentStepNames)[number];

/** Those that a deployment with that strategy takes. */
export function stepsOf(strategy: Strategy | null): readonly DeploymentStepName[] {
  const without = new Set<DeploymentStepName>([
    ...(strategy?.approval ? [] : (["approve"] as const)),
    strategy?.rollout ? "switch" : "rollout",
  ]);
  return deploymentStepNames.filter((name) => !without.has(name));
}
