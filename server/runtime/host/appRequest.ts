import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "../auth/Callers.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import type { Address } from "../http/address.ts";
import { callerAddress } from "../http/limits/callerAddress.ts";
import { readBody } from "../http/readBody.ts";
import type { Transfers } from "../http/Transfers.ts";
import type { Sighting } from "../telemetry/Sighting.ts";

const bodyLimit = 1 << 20;

export interface AppRequestParts {
  readonly request: IncomingMessage;
  /** Where the caller waits for a word before it sends the body (`Expect: 100-continue`). */
  readonly waiting: ServerResponse | null;
  readonly address: Address;
  readonly caller: Caller;
  readonly sighting: Sighting;
  readonly transfers: Transfers;
  readonly appsUrl: string | null;
  readonly trustedProxies: number;
}

/** A request as the parts of an app's API see it. */
export function appRequest(parts: AppRequestParts): AppRequest {
  const { request, waiting, address, caller, sighting, transfers } = parts;
  const { admission } = sighting;
  const begin = (stalled: () => void) => {
    transfers.watchBody(request, stalled);
    waiting?.writeContinue();
  };
  return {
    method: request.method ?? "GET",
    path: address.path,
    query: address.query,
    headers: request.headers,
    actor: caller.actor,
    mayExplain: caller.mayExplain,
    session: caller.session,
    from: () => callerAddress(request, parts.trustedProxies),
    base: address.base,
    url: publicUrl(parts),
    body: () => readBody(request, bodyLimit, { begin, end: () => transfers.forgetBody(request) }),
    content: () => {
      begin(() => request.destroy());
      return request;
    },
    sighting,
    charge: admission ? (requests) => admission.charge(requests) : free,
  };
}

function free(): void {}

function publicUrl({ appsUrl, request, address: { label, base } }: AppRequestParts): string {
  return appsUrl ? appsUrl.replace("{app}", label) : `http://${request.headers.host ?? "localhost"}${base}`;
}
