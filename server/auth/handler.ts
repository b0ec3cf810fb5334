import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { answering } from "../http/answering.ts";
import { limitedText } from "../http/limitBody.ts";
import { requireSameOrigin } from "../http/sameOrigin.ts";
import { authOptions } from "./options.ts";
import { withSignInStatus } from "./signInStatus.ts";

const largestForm = 16 * 1024;

interface RouteContext {
  readonly params: Promise<{ nextauth: string[] }>;
}

/** next-auth's own routes, with bounds on what may be posted and from where. */
export const handleAuth = answering(async (request: NextRequest, context: RouteContext): Promise<Response> => {
  if (request.method !== "POST") return await NextAuth(request, context, authOptions());
  requireSameOrigin(request);
  const body = await limitedText(request, largestForm);
  const bounded = new NextRequest(request.url, { method: "POST", headers: request.headers, body });
  return await withSignInStatus(await NextAuth(bounded, context, authOptions()));
});
