import { type NextRequest, NextResponse } from "next/server";
import { pageHeaders } from "#server/http/securityHeaders.ts";

/** Tells layouts which page was asked for, so that signing in can lead back to it; bounds what a page may do. */
export function proxy(request: NextRequest) {
  const headers = new Headers(request.headers);
  headers.set("x-gantry-page", request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(pageHeaders())) response.headers.set(name, value);
  return response;
}

/** Pages only: bodies that Git and the APIs stream must not pass through here. */
export const config = { matcher: "/((?!api/|git/|_next/|.*\\.[a-z0-9]+$).*)" };
