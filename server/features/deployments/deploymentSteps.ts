/** The steps of a deployment in their order. */
export const deploymentStepNames = ["verify", "compile", "provision", "plan", "apply", "rows", "switch"] as const;

export type DeploymentStepName = (typeof deploymentStepNames)[number];
