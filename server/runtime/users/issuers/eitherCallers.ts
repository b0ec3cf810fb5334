import type { TokenCallers } from "../../auth/Callers.ts";
import type { ExternalCallers } from "./ExternalCallers.ts";

/** Takes the tokens of the issuers outside, and the app's own. */
export function eitherCallers(own: TokenCallers, external: ExternalCallers): TokenCallers {
  const takerOf = (token: string) => (external.take(token) ? external : own);
  return { of: (token) => takerOf(token).of(token), knows: (token) => takerOf(token).knows(token) };
}
