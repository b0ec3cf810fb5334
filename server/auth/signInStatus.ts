import { signInErrors } from "./options.ts";

/** next-auth answers every failed sign-in with 401 and the reason in a URL; this gives each reason its own status. */
export async function withSignInStatus(response: Response): Promise<Response> {
  if (response.status !== 401) return response;
  const text = await response.text();
  const [reason, seconds] = reasonOf(text)?.split(":") ?? [];
  const headers = new Headers(response.headers);
  headers.set("cache-control", "no-store");
  if (reason === signInErrors.rateLimited && seconds) headers.set("retry-after", seconds);
  return new Response(text, { status: statusOf(reason), headers });
}

function statusOf(reason: string | undefined): number {
  if (reason === signInErrors.rateLimited) return 429;
  return reason === signInErrors.unavailable ? 503 : 401;
}

function reasonOf(body: string): string | undefined {
  const url = /"url":"([^"]*)"/.exec(body)?.[1];
  return url && URL.canParse(url) ? (new URL(url).searchParams.get("error") ?? undefined) : undefined;
}
