export { branchesOf, environmentsOf } from "./branchesOf.ts";
export { endBranch, startBranch } from "./changeBranches.ts";
export { createLasting, deployBranch, removeByHand } from "./environments.ts";
export { followBranch } from "./followBranch.ts";
export { mergeBranches } from "./mergeBranches.ts";
export { mergedFiles } from "./mergedFiles.ts";
export { beginRemoval, finishRemoval } from "./removal.ts";
