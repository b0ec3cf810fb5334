export { isOwnAddress, verifiedDomains } from "./domains/service.ts";
export { accountFor } from "./joining/accountFor.ts";
export { roleByGroups, rulesOf } from "./joining/rules.ts";
