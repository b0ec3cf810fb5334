import type { IncomingMessage } from "node:http";
import { type Address, addressOf, wholeAddress } from "../http/address.ts";
import type { Environments } from "./Environments.ts";

interface Addressed {
  readonly environments: Environments;
  /** Label of the one app that every address is of; absent where hosts and paths say which app is meant. */
  readonly only?: string;
}

/** Which app a request is for; null where there is none. */
export function addressFor({ environments, only }: Addressed, { headers, url = "/" }: IncomingMessage): Address | null {
  if (only !== undefined) return wholeAddress(only, url);
  return addressOf(headers.host, url, (label) => environments.has(label));
}
