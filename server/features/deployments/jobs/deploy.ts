import { NonRetriableError } from "inngest";
import { database } from "../../../database.ts";
import { inngest } from "../../../jobs/client.ts";
import { deploymentChanged, deploymentRequested } from "../../../jobs/events.ts";
import { logDefect } from "../../../log.ts";
import { answerTo, wasAsked } from "../approval.ts";
import type { DeploymentStepName } from "../deploymentSteps.ts";
import { mayPass, publicFailure } from "../failure.ts";
import { currentStep, DeploymentOverError, failDeployment, isTried, trackStep } from "../progress.ts";
import { announceNext } from "../requestDeployment.ts";
import { settle } from "../settle.ts";
import { begin } from "./begin.ts";
import { stepWork } from "./stepWork.ts";
import { announceWatch } from "./watchRollout.ts";

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
    const { deploymentId, environmentId } = event.data;
    const isLastTry = attempt + 1 >= (maxAttempts ?? 1);
    try {
      for (const name of await step.run("begin", () => begin(deploymentId))) {
        await step.run(name, () => takeStep(deploymentId, name, isLastTry));
        if (name !== "approve") continue;
        for (let round = 0; ; round += 1) {
          const wait = await step.run(`answer ${round}`, () => waitFor(deploymentId, round));
          if (wait === null) break;
          const waking = { event: deploymentChanged, timeout: wait, match: "data.deploymentId" } as const;
          await step.waitForEvent(`decision ${round}`, waking);
        }
      }
    } catch {
      await step.run("give up", () => giveUp(deploymentId));
    }
    try {
      await step.run("watch", () => announceWatch(deploymentId));
      await step.run("settle", () => settle(environmentId));
    } catch (error) {
      // What serves does so all the same: both are looked after again, by whoever keeps environments or deploys next.
      logDefect("What follows a deployment could not be done.", error, { deploymentId });
    }
    await step.run("next", () => announceNext(environmentId));
    return { deploymentId };
  },
);

/** Decisions wake the job; it looks by itself too, at first soon, in case one came before it waited. */
const waits = [5, 60, 600, 3600, 21_600];
const longestWait = 86_400;

async function waitFor(deploymentId: string, round: number): Promise<`${number}s` | null> {
  const answer = await answerTo(deploymentId);
  if (answer.kind === "decided") return null;
  const left = Math.ceil(answer.milliseconds / 1000) + 1;
  return `${Math.min(waits[round] ?? longestWait, left)}s`;
}

async function takeStep(deploymentId: string, name: DeploymentStepName, isLastTry: boolean): Promise<void> {
  if (name === "approve" && (await wasAsked(deploymentId))) return;
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
  // A release that is tried already is brought as far as this job brings it.
  if (await isTried(db, deploymentId)) return;
  const message = "This step was interrupted too often. Deploy again.";
  await failDeployment(db, deploymentId, { step: await currentStep(db, deploymentId), code: "internal", message });
}
