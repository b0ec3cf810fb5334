import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { guardFor, type Place } from "./EgressGuard.ts";

export interface GuardedSocketOptions {
  /** `EgressSpec.allow`. */
  readonly allow: readonly string[];
  readonly tls: boolean;
  readonly onConnect: () => void;
}

/**
 * A socket that connects under the rules of `outConnect`, for clients that want one at once and go where servers tell them
 * to. It fails with an EgressError where the app may not reach the place.
 */
export function guardedSocket({ host, port }: Place, { allow, tls, onConnect }: GuardedSocketOptions): Socket {
  const guard = guardFor(allow);
  // Every name is asked of the guard, which answers addresses of its own choice; so is an address, which is its own name.
  const place = { port, host: isIP(host) ? `address-${host.replaceAll(/[.:]/g, "-")}` : host };
  const lookup = guard.lookup(port, { host, anyPort: true });
  if (!tls) return connect({ ...place, lookup }, onConnect);
  return connectTls({ ...place, lookup, servername: isIP(host) ? "" : host }, onConnect);
}
