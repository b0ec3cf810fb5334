import { type NextRequest, NextResponse } from "next/server";
import { makeNonce, pageHeaders } from "#server/http/securityHeaders.ts";

/** Tells layouts which page was asked for, so that signing in can lead back to it; bounds what a page may do. */
export function proxy(request: NextRequest) {
  const nonce = makeNonce();
  const bounds = pageHeaders(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-gantry-page", request.nextUrl.pathname + request.nextUrl.search);
  // Next.js reads the nonce of its own scripts from the policy; the layout hands it on to what else writes inline.
  headers.set("content-security-policy", bounds["content-security-policy"]);
  headers.set("x-gantry-nonce", nonce);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(bounds)) response.headers.set(name, value);
  return response;
}

/** Pages only: bodies that Git and the APIs stream must not pass through here. */
export const config = { matcher: "/((?!api/|git/|_next/|cli/).*)" };
