import type { Principal } from "../access/Principal.ts";
import { Browser } from "../auth/Browser.ts";
import { database } from "../database.ts";
import { clientAddress } from "../http/clientAddress.ts";
import type { Context } from "./context.ts";

const longestUserAgent = 400;

/** What procedures get of a request over HTTP. */
export function requestContext(headers: Headers, who: Principal | null): Context {
  const system = database();
  const userAgent = headers.get("user-agent")?.slice(0, longestUserAgent) ?? null;
  return {
    db: system,
    system,
    who,
    address: clientAddress(headers),
    userAgent,
    browser: new Browser(headers),
    requestId: crypto.randomUUID(),
  };
}
