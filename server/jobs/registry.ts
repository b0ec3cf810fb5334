import type { InngestFunction } from "inngest";
import { followBranches } from "../features/branches/jobs/followBranches.ts";
import { keepAllBranches, keepBranches } from "../features/branches/jobs/keepBranches.ts";
import { removeEnvironments } from "../features/branches/jobs/removeEnvironments.ts";
import { afterSwitch } from "../features/deployments/jobs/afterSwitch.ts";
import { deploy } from "../features/deployments/jobs/deploy.ts";
import { keepEnvironments } from "../features/deployments/jobs/keepEnvironments.ts";
import { watchRollout } from "../features/deployments/jobs/watchRollout.ts";
import { importDatabase } from "../features/imports/jobs/importDatabase.ts";
import { sweepImports } from "../features/imports/jobs/sweepImports.ts";

/** Every Inngest function of the features, by which `/api/inngest` serves them. */
export const functions: readonly InngestFunction.Like[] = [
  deploy,
  afterSwitch,
  watchRollout,
  keepEnvironments,
  followBranches,
  keepBranches,
  keepAllBranches,
  removeEnvironments,
  importDatabase,
  sweepImports,
];
