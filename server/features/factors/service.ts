export { requireFactor } from "./checkFactor.ts";
export { type Factors, findFactors, hasSecondFactor } from "./findFactors.ts";
export { checkPasskey, passkeyOptions } from "./passkeys.ts";
export { type FactorProof, factorProof, passkeyAnswer } from "./proof.ts";
