import type { InngestFunction } from "inngest";
import { deploy } from "../features/deployments/jobs/deploy.ts";
import { keepEnvironments } from "../features/deployments/jobs/keepEnvironments.ts";
import { importDatabase } from "../features/imports/jobs/importDatabase.ts";
import { sweepImports } from "../features/imports/jobs/sweepImports.ts";

/** Every Inngest function of the features, by which `/api/inngest` serves them. */
export const functions: readonly InngestFunction.Like[] = [deploy, keepEnvironments, importDatabase, sweepImports];
