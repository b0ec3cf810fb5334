import { createHash, randomBytes } from "node:crypto";
import type { Visit } from "../features/sessions/Visit.ts";
import { clientAddress } from "../http/clientAddress.ts";
import { cookiesOf } from "../http/cookiesOf.ts";
import { carriedSession, cookieName, setCookie } from "./sessionCookie.ts";

const deviceCookie = "gantry.device";
const deviceSeconds = 400 * 24 * 3600;
const longestUserAgent = 400;

export interface KnownVisit extends Visit {
  /** What makes the browser known the next time; send it when a session begins. */
  readonly deviceCookie: string;
}

/** The browser behind a request. Its lasting cookie opens nothing: it only tells a new browser from a known one. */
export async function visitOf(headers: Headers): Promise<KnownVisit> {
  const cookies = cookiesOf(headers);
  const given = cookies[cookieName(deviceCookie)];
  const device = given && /^[\w-]{22}$/.test(given) ? given : randomBytes(16).toString("base64url");
  return {
    address: clientAddress(headers),
    userAgent: headers.get("user-agent")?.slice(0, longestUserAgent) ?? null,
    deviceHash: createHash("sha256").update(device).digest("hex"),
    sessionId: (await carriedSession(cookies))?.sid ?? null,
    deviceCookie: setCookie(deviceCookie, device, deviceSeconds),
  };
}
