import { recordPeerAddresses } from "#server/http/clientAddress.ts";

/** Next.js calls it once, before the first request. */
export function register(): void {
  recordPeerAddresses();
}
