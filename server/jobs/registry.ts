import type { InngestFunction } from "inngest";
import { deploy } from "../features/deployments/jobs/deploy.ts";
import { keepEnvironments } from "../features/deployments/jobs/keepEnvironments.ts";

/** Every Inngest function of the features, by which `/api/inngest` serves them. */
export const functions: readonly InngestFunction.Like[] = [deploy, keepEnvironments];
