import { tellLive, withSpecLock } from "./switchOver.ts";

export { createApiKey, createTesterKey, listApiKeys, liveModel, liveRoles, revokeApiKey } from "./apiKeys.ts";
export { approve, reject } from "./approval.ts";
export { appUrl } from "./appUrl.ts";
export { contract, contractPlan } from "./contract.ts";
export type { Deployment } from "./Deployment.ts";
export { endOpenDeployments } from "./endOpenDeployments.ts";
export { environmentStates, keepStrategy } from "./environmentStates.ts";
export { previewDeployment } from "./preview.ts";
export { deploymentChanges, getDeployment, listDeployments, wasDeployed } from "./releases.ts";
export { requestDeployment } from "./requestDeployment.ts";
export { previewRollback, rollback } from "./rollback.ts";
export { hold, promote, rollBackCandidate } from "./rollouts/endRollout.ts";
export { shownRollout } from "./rollouts/shownRollout.ts";
export { rotateEncryption } from "./rotateEncryption.ts";
export { strategySchema } from "./strategy.ts";
export { tellLive, withSpecLock } from "./switchOver.ts";

/** Tells the runtime again what it should serve; for after anything that the desired state is made of has changed. */
export async function syncEnvironment(environmentId: string): Promise<void> {
  await withSpecLock(environmentId, tellLive);
}
