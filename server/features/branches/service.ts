export { branchesOf, environmentsOf } from "./branchesOf.ts";
export { endBranch, startBranch } from "./changeBranches.ts";
export { type Comparison, compareBranches, type MergeState } from "./compare.ts";
export { createLasting, deployBranch, removeByHand } from "./environments.ts";
export { followBranch } from "./followBranch.ts";
export { type MergeOutcome, mergeBranches } from "./mergeBranches.ts";
export { mergedFiles } from "./mergedFiles.ts";
export type { BranchConflict } from "./mergeTrees.ts";
export { beginRemoval, finishRemoval } from "./removal.ts";
