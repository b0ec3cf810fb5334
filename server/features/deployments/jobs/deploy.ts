import { NonRetriableError } from "inngest";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { deploymentRequested } from "../../../jobs/events.ts";
import { logDefect } from "../../../log.ts";
import { type DeploymentStepName, deploymentStepNames } from "../deploymentSteps.ts";
import { mayPass, publicFailure } from "../failure.ts";
import { currentStep, DeploymentOverError, failDeployment, trackStep } from "../progress.ts";
import { settle, stepWork } from "./stepWork.ts";

/** Brings a commit to its environment, step by step; a killed one goes on where it was. */
export const deploy = inngest.createFunction(
  {
    id: "deploy",
    name: "Deploy",
    retries: 4,
    // A newer deployment of the same environment waits for its turn.
    concurrency: { limit: 1, key: "event.data.environmentId" },
    triggers: [deploymentRequested],
  },
  async ({ event, step, attempt, maxAttempts }) => {
    const { deploymentId } = event.data;
    const isLastTry = attempt + 1 >= (maxAttempts ?? 1);
    try {
      for (const name of deploymentStepNames) {
        await step.run(name, () => takeStep(deploymentId, name, isLastTry));
      }
    } catch {
      await step.run("give up", () => giveUp(deploymentId));
      return { deploymentId, state: "failed" };
    }
    try {
      await step.run("settle", () => settle(deploymentId));
    } catch (error) {
      // The release serves. The next deployment plans again what is left.
      logDefect("The database keeps rules of the release before.", error, { deploymentId });
    }
    return { deploymentId, state: "live" };
  },
);

async function takeStep(deploymentId: string, name: DeploymentStepName, isLastTry: boolean): Promise<void> {
  try {
    await trackStep(deploymentId, name, { isLastTry, work: () => stepWork(deploymentId, name) });
  } catch (error) {
    // What reaches the job engine, its screens and its log is public.
    const { message } = publicFailure(error);
    if (error instanceof DeploymentOverError) throw new NonRetriableError("The deployment is over.");
    throw mayPass(error) ? new Error(message) : new NonRetriableError(message);
  }
}

/** The failing step has said why, unless its process died at each try. */
async function giveUp(deploymentId: string): Promise<void> {
  const db = database();
  const message = "This step was interrupted too often. Deploy again.";
  await failDeployment(db, deploymentId, { step: await currentStep(db, deploymentId), code: "internal", message });
}
