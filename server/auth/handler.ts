import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { answering } from "../http/answering.ts";
import { limitedText } from "../http/limitBody.ts";
import { requireSameOrigin } from "../http/sameOrigin.ts";
import { Browser } from "./Browser.ts";
import { authOptions } from "./options.ts";
import { attemptCookies, type SignInAttempt } from "./SignInAttempt.ts";
import { withSignInStatus } from "./signInStatus.ts";

const largestForm = 16 * 1024;

interface RouteContext {
  readonly params: Promise<{ nextauth: string[] }>;
}

/** next-auth's own routes, with bounds on what may be posted and from where. */
export const handleAuth = answering(async (request: NextRequest, context: RouteContext): Promise<Response> => {
  const attempt: SignInAttempt = { browser: new Browser(request.headers), admission: null };
  const answer = await NextAuth(await bounded(request), context, authOptions(attempt));
  const response = request.method === "POST" ? await withSignInStatus(answer) : answer;
  for (const cookie of await attemptCookies(attempt)) response.headers.append("set-cookie", cookie);
  return response;
});

async function bounded(request: NextRequest): Promise<NextRequest> {
  if (request.method !== "POST") return request;
  requireSameOrigin(request);
  const body = await limitedText(request, largestForm);
  return new NextRequest(request.url, { method: "POST", headers: request.headers, body });
}
