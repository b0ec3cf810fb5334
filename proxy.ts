import { type NextRequest, NextResponse } from "next/server";

/** Tells layouts which page was asked for, so that signing in can lead back to it. */
export function proxy(request: NextRequest) {
  const headers = new Headers(request.headers);
  headers.set("x-gantry-page", request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.next({ request: { headers } });
}

/** Pages only: bodies that Git and the APIs stream must not pass through here. */
export const config = { matcher: "/((?!api/|git/|_next/|.*\\.[a-z0-9]+$).*)" };
