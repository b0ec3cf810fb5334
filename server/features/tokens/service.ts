export { authorizeGit } from "./authorizeGit.ts";
export { onlyOrganisation } from "./onlyOrganisation.ts";
export { createToken, listTokens, readScopes, revokeToken } from "./personalTokens.ts";
export { recordToken } from "./recordToken.ts";
export { tokenEnd, tokenScopes } from "./tokenInput.ts";
export { verifyToken } from "./verifyToken.ts";
