export { isOwnAddress } from "./domains/service.ts";
export { accountFor } from "./joining/accountFor.ts";
export { roleByGroups, rulesOf } from "./joining/rules.ts";
